package dev.runs.application.access;

import dev.runs.application.Transactions;

/** Writes down, to the minute, when keys were last seen here. */
public final class NoteKeyUses {

  private final BelievedKeys believed;
  private final ApiKeys keys;
  private final Transactions transactions;

  public NoteKeyUses(BelievedKeys believed, ApiKeys keys, Transactions transactions) {
    this.believed = believed;
    this.keys = keys;
    this.transactions = transactions;
  }

  /**
   * @return whether there may be more to write; there never is
   */
  public boolean note() {
    var uses = believed.takeUses();
    if (!uses.isEmpty()) {
      transactions.inTransaction(() -> {
        keys.noteUses(uses);
        return uses;
      });
    }
    return false;
  }
}
