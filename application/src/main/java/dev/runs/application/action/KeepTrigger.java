package dev.runs.application.action;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Slug;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.Trigger;

/**
 * Keeps triggers, so that runs can be started by their names. Nothing here starts any by itself.
 */
public final class KeepTrigger {

  private final Triggers triggers;
  private final Transactions transactions;

  public KeepTrigger(Triggers triggers, Transactions transactions) {
    this.triggers = triggers;
    this.transactions = transactions;
  }

  /**
   * Adds the trigger as its first revision, or puts it as the next one in the place of the one of
   * its name. Runs that were started keep the revision that started them.
   *
   * @param trigger its revision is the one in whose place it is put; of a new trigger it means
   *     nothing
   * @return the trigger as it is kept, with its own revision
   * @throws ActionRejected.TriggerChanged when another revision than that is kept
   * @throws ActionRejected.BadProject when its project can be none
   * @throws AccessRejected.UnknownProject when its project is beyond the caller's reach
   */
  public Trigger keep(Caller caller, Trigger trigger) {
    caller.require(Scope.RUNS_WRITE);
    checkReach(caller, trigger);
    return transactions.inTransaction(() -> {
      var kept = triggers.find(trigger.organization(), trigger.name());
      var revision = kept.map(Trigger::revision).orElse(0L);
      if (kept.isPresent() && revision != trigger.revision()) {
        throw new ActionRejected.TriggerChanged(trigger.name(), revision);
      }
      var next = trigger.ofRevision(revision + 1);
      if (!triggers.save(next)) {
        throw new ActionRejected.TriggerChanged(trigger.name(), revision + 1);
      }
      return next;
    });
  }

  private static void checkReach(Caller caller, Trigger trigger) {
    try {
      if (!caller.reach().includes(trigger.organization(), new Slug(trigger.name().project()))) {
        throw new AccessRejected.UnknownProject("project");
      }
    } catch (AccessRejected.BadSlug _) {
      throw new ActionRejected.BadProject(trigger.name().project());
    }
  }
}
