package dev.runs.application.access;

import dev.runs.application.Transactions;

/** Writes down, to the minute, when keys were last seen here. */
public final class NoteKeyUses {

  private final IdentifyCaller identifyCaller;
  private final ApiKeys keys;
  private final Transactions transactions;

  public NoteKeyUses(IdentifyCaller identifyCaller, ApiKeys keys, Transactions transactions) {
    this.identifyCaller = identifyCaller;
    this.keys = keys;
    this.transactions = transactions;
  }

  /**
   * @return whether there may be more to write; there never is
   */
  public boolean note() {
    var uses = identifyCaller.takeUses();
    if (!uses.isEmpty()) {
      transactions.inTransaction(() -> {
        keys.noteUses(uses);
        return uses;
      });
    }
    return false;
  }
}
