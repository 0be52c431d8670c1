package dev.runs.application.queue;

import dev.runs.application.Transactions;
import dev.runs.application.queue.JobMoves.Move;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.run.RunRejected;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Takes leases away whose time is over: from workers that died, froze, or do not stop. */
public final class ReapLeases {

  /** In whose name it does so. */
  public static final Principal ACTOR = new Principal("system:reaper");

  private static final int AT_ONCE = 100;

  private final Runs runs;
  private final Jobs jobs;
  private final Leases leases;
  private final KindPolicies policies;
  private final JobMoves moves;
  private final Transactions transactions;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random spreads what is tried again
   */
  public ReapLeases(
      Runs runs,
      Jobs jobs,
      Leases leases,
      KindPolicies policies,
      JobMoves moves,
      Transactions transactions,
      InstantSource clock,
      RandomGenerator random) {
    this.runs = runs;
    this.jobs = jobs;
    this.leases = leases;
    this.policies = policies;
    this.moves = moves;
    this.transactions = transactions;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Takes some overdue leases away.
   *
   * @return whether there may be more
   */
  public boolean reap() {
    try {
      return transactions.inTransaction(this::some);
    } catch (RunRejected.ChangedMeanwhile e) {
      // somebody changed one of the runs at this moment; what is overdue stays so until the next
      // time
      return true;
    }
  }

  private boolean some() {
    var overdue = leases.takeOverdue(AT_ONCE);
    var ids = overdue.stream().map(Leases.Overdue::lease).map(Lease::run).toList();
    if (ids.isEmpty()) {
      return false;
    }
    var found = runs.findAll(Reach.everywhere(), ids);
    var jobOf = jobs.findAll(ids);
    var policyOf = PolicyOf.these(policies, found, jobOf);
    var now = clock.instant();
    var moved = new ArrayList<Move>();
    for (var one : overdue) {
      var run = found.get(one.lease().run());
      var job = jobOf.get(one.lease().run());
      if (run != null && job != null) {
        var queued = new QueuedRun(run, job);
        var step =
            queued.end(
                outcome(one.reason()), Optional.empty(), policyOf.backoff(queued), random, now);
        moved.add(new Move(run, step, ACTOR));
      }
    }
    leases.removeAll(ids);
    moves.write(moved);
    return overdue.size() == AT_ONCE;
  }

  private static Outcome outcome(Leases.Reason reason) {
    return switch (reason) {
      case CANCEL_OVERDUE -> new Outcome.Stopped();
      case TIMED_OUT -> new Outcome.TimedOut();
      case EXPIRED -> new Outcome.Lost();
    };
  }
}
