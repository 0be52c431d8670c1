package dev.runs.application.action;

import dev.runs.application.Transactions;
import dev.runs.domain.action.ActionAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Hears reports that came too early, once what they wait for is there.
 *
 * <p>The transaction that makes an action hears what waits for it. Two transactions at the same
 * moment may miss each other: so after its commit who made an action looks whether anybody came to
 * wait, and who waits looks whether the action came; of the two, the later one sees the other.
 */
public final class EarlyHearing {

  /** How many early reports one transaction hears at most. */
  static final int MOST_AT_ONCE = 1_000;

  private final Hearing hearing;
  private final Actions actions;
  private final EarlyReports early;
  private final Transactions transactions;

  public EarlyHearing(
      Hearing hearing, Actions actions, EarlyReports early, Transactions transactions) {
    this.hearing = hearing;
    this.actions = actions;
    this.early = early;
    this.transactions = transactions;
  }

  /** Hears all that waits for one of these actions, if it is there; after a commit. */
  void lookAgain(Collection<ActionAddress> awaited) {
    var left = Set.copyOf(awaited);
    while (!left.isEmpty() && early.isAnyWaitingFor(left)) {
      var heard = hearSome(left);
      if (heard.reports() == 0) {
        return;
      }
      var next = new HashSet<>(left);
      next.addAll(heard.lookFor());
      left = Set.copyOf(next);
    }
  }

  /** Hears some of what waits for one of these actions, in one transaction. */
  Hearing.Released hearSome(Collection<ActionAddress> awaited) {
    return Hearing.retrying(() ->
        transactions.inTransaction(() -> {
          var there = actions.findAll(awaited).keySet();
          return there.isEmpty()
              ? new Hearing.Released(0, Set.of())
              : hearing.hearWaiting(there, MOST_AT_ONCE);
        }));
  }
}
