package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.application.event.RunEvents;
import dev.runs.application.queue.Cancellations.Cancellation;
import dev.runs.application.queue.JobMoves.Move;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.EndReasons;
import dev.runs.application.run.EndedRuns;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.queue.ErrorText;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a run with everything below it. What waits, and what a client executes elsewhere, is
 * canceled at once; a worker is asked to stop, and after a grace its run is canceled all the same.
 * The mark takes effect at once; the sweep goes down in small transactions, which any node can take
 * up where another left off.
 */
public final class CancelRuns {

  /** How long a worker has for stopping. */
  public static final Duration USUAL_GRACE = Duration.ofSeconds(30);

  private static final int AT_ONCE = 100;
  private static final int TRIES = 10;

  private final Runs runs;
  private final Jobs jobs;
  private final WaitingRuns waiting;
  private final Leases leases;
  private final Cancellations cancellations;
  private final EndReasons endReasons;
  private final JobMoves moves;
  private final Ledger ledger;
  private final RunEvents events;
  private final EndedRuns endedRuns;
  private final CancelMark cancelMark;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Duration grace;
  private final AtomicReference<@Nullable Cancellation> sweptLast = new AtomicReference<>();

  /**
   * @param grace how long a worker has for stopping
   */
  public CancelRuns(
      Runs runs,
      Jobs jobs,
      WaitingRuns waiting,
      Leases leases,
      Cancellations cancellations,
      EndReasons endReasons,
      JobMoves moves,
      Ledger ledger,
      RunEvents events,
      EndedRuns endedRuns,
      Auditor auditor,
      Transactions transactions,
      InstantSource clock,
      Duration grace) {
    this.runs = runs;
    this.jobs = jobs;
    this.waiting = waiting;
    this.leases = leases;
    this.cancellations = cancellations;
    this.endReasons = endReasons;
    this.moves = moves;
    this.ledger = ledger;
    this.events = events;
    this.endedRuns = endedRuns;
    this.cancelMark = new CancelMark(cancellations, auditor, clock);
    this.transactions = transactions;
    this.clock = clock;
    this.grace = grace;
  }

  /**
   * Marks the subtree and begins to carry the mark down.
   *
   * @param batches how many batches to do before answering
   * @return the run as it is then; unchanged when it is canceled already
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws RunRejected.IllegalMove when it has ended otherwise
   */
  public Run cancel(Caller caller, RunId id, int batches) {
    return cancel(caller, id, Optional.empty(), batches);
  }

  /**
   * As above, for a reason, which is told of every run that is canceled thereby. When the subtree
   * is being canceled already, what was said first stays.
   *
   * @param reason why; kept in 16 KiB
   */
  public Run cancel(Caller caller, RunId id, Optional<String> reason, int batches) {
    caller.require(Scope.RUNS_WRITE);
    var why = reason.map(ErrorText::capped);
    var marked = transactions.inTransaction(() -> mark(caller, id, why));
    if (marked.stateName().isLive()) {
      for (var batch = 0;
          batch < batches && sweepOnce(marked.path(), caller.principal(), why);
          batch++) {
        // until nothing is left, or the rest is for the loop
      }
    }
    return runs.get(caller.reach(), id);
  }

  /**
   * As above, but a run that has ended stays as it is and is returned.
   *
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   */
  public Run cancelIfLive(Caller caller, RunId id, String reason, int batches) {
    try {
      return cancel(caller, id, Optional.of(reason), batches);
    } catch (RunRejected.IllegalMove _) {
      return runs.get(caller.reach(), id);
    }
  }

  /**
   * Goes on with one of the cancellations that were begun: with each in turn, for one that waits
   * for a worker to stop must not hold up the others.
   *
   * @return whether there may be more to do at once; not when each has had its turn
   */
  public boolean sweep() {
    var found = cancellations.next(Optional.ofNullable(sweptLast.get()));
    if (found.isEmpty()) {
      sweptLast.set(null);
      return false;
    }
    if (!sweepOnce(found.get().path(), found.get().actor(), found.get().reason())) {
      sweptLast.set(found.get());
    }
    return true;
  }

  private Run mark(Caller caller, RunId id, Optional<String> reason) {
    var run = runs.get(caller.reach(), id);
    if (run.stateName() == StateName.CANCELED) {
      return run;
    }
    if (run.stateName().isTerminal()) {
      throw new RunRejected.IllegalMove(run, StateName.CANCELED);
    }
    cancelMark.set(caller, run, reason, Map.of());
    return run;
  }

  /**
   * @return whether there may be more to do at once
   */
  private boolean sweepOnce(RunPath subtree, Principal actor, Optional<String> reason) {
    for (var attempt = 1; ; attempt++) {
      try {
        return transactions.inTransaction(() -> cancelSome(subtree, actor, reason));
      } catch (RunRejected.ChangedMeanwhile e) {
        if (attempt == TRIES) {
          return true;
        }
      }
    }
  }

  private boolean cancelSome(RunPath subtree, Principal actor, Optional<String> reason) {
    var untouched = cancellations.untouched(subtree, AT_ONCE);
    if (untouched.isEmpty()) {
      cancellations.finish(subtree);
      return false;
    }
    var ids = untouched.stream().map(Run::id).toList();
    waiting.removeAll(ids);
    var leased = leases.cancelWithin(ids, grace);
    var found = runs.findAll(Reach.everywhere(), ids);
    var jobOf = jobs.findAll(ids);
    var now = clock.instant();
    var moved = new ArrayList<Move>();
    var asked = new ArrayList<QueuedRun>();
    for (var run : found.values()) {
      var job = jobOf.get(run.id());
      if (job == null) {
        endTracked(run, actor, reason, now);
      } else if (leased.contains(run.id())) {
        asked.add(new QueuedRun(run, job));
      } else if (run.stateName() == StateName.QUEUED) {
        var step = new QueuedRun(run, job).cancelWaiting(now);
        moved.add(Move.cancellation(run, step, actor, reason));
      }
      // else it was claimed a moment ago: the next batch finds its lease
    }
    moves.write(moved);
    reason.ifPresent(why -> endReasons.addAll(found.keySet(), why, actor));
    ask(asked, actor, reason, now);
    return true;
  }

  private void endTracked(Run run, Principal actor, Optional<String> reason, Instant now) {
    if (run.stateName().isLive()) {
      var canceled = run.ended(new RunState.Canceled(now));
      runs.save(canceled);
      ledger.add(Delta.ofMove(run, canceled));
      events.add(List.of(RunEvent.moved(canceled, run.stateName(), actor, reason)));
      transactions.afterCommit(() -> endedRuns.add(canceled, Optional.empty()));
    }
  }

  private void ask(List<QueuedRun> asked, Principal actor, Optional<String> reason, Instant now) {
    jobs.saveAll(asked.stream().map(queued -> queued.requestCancel(now).job()).toList());
    events.add(
        asked.stream()
            .map(queued -> RunEvent.cancelRequested(queued.run(), actor, now, reason))
            .toList());
  }
}
