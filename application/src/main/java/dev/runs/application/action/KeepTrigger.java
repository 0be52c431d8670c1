package dev.runs.application.action;

import dev.runs.application.Transactions;
import dev.runs.domain.action.Trigger;

/** Keeps triggers, so that runs can be started by their names. */
public final class KeepTrigger {

  private final Triggers triggers;
  private final Transactions transactions;

  public KeepTrigger(Triggers triggers, Transactions transactions) {
    this.triggers = triggers;
    this.transactions = transactions;
  }

  /** Adds the trigger, or puts it in the place of the one of its name. */
  public void keep(Trigger trigger) {
    transactions.inTransaction(() -> {
      triggers.save(trigger);
      return true;
    });
  }
}
