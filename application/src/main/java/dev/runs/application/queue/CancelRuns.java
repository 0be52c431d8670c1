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
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.queue.ErrorText;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** How many runs one transaction cancels. */
  private static final int AT_ONCE = 100;

  /** How many cancellations it goes on with: as many, for most are of one run that waits. */
  static final int MARKS_AT_ONCE = AT_ONCE;

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
      var mark =
          new Cancellation(
              marked.path(), marked.organization(), caller.principal(), clock.instant(), why);
      for (var batch = 0; batch < batches && sweepOnce(List.of(mark)); batch++) {
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
   * Goes on with some of the cancellations that were begun: with all of them in turn, for one that
   * waits for a worker to stop must not hold up the others.
   *
   * @return whether there may be more to do at once; not when each has had its turn
   */
  public boolean sweep() {
    var marks = cancellations.next(Optional.ofNullable(sweptLast.get()), MARKS_AT_ONCE);
    if (marks.isEmpty()) {
      sweptLast.set(null);
      return false;
    }
    if (!sweepOnce(marks)) {
      sweptLast.set(marks.getLast());
    }
    return true;
  }

  /** A run that is to end, and the mark that says so. */
  private record Ending(Run run, Cancellation mark) {}

  private Run mark(Caller caller, RunId id, Optional<String> reason) {
    var run = runs.get(caller.reach(), id);
    if (run.stateName().isTerminal()) {
      return canceledBefore(run);
    }
    if (cancelMark.set(caller, run, reason, Map.of())) {
      return run;
    }
    // it has ended since it was read
    return canceledBefore(runs.get(caller.reach(), id));
  }

  private static Run canceledBefore(Run ended) {
    if (ended.stateName() != StateName.CANCELED) {
      throw new RunRejected.IllegalMove(ended, StateName.CANCELED);
    }
    return ended;
  }

  /**
   * @return whether there may be more to do at once
   */
  private boolean sweepOnce(List<Cancellation> marks) {
    for (var attempt = 1; ; attempt++) {
      try {
        return transactions.inTransaction(() -> cancelSome(marks));
      } catch (RunRejected.ChangedMeanwhile e) {
        if (attempt == TRIES) {
          return true;
        }
      }
    }
  }

  private boolean cancelSome(List<Cancellation> marks) {
    var subtrees = marks.stream().map(Cancellation::path).toList();
    var untouched = cancellations.untouched(subtrees, AT_ONCE);
    var areAllTouched = untouched.isEmpty() || touch(marks, untouched);
    var finished = cancellations.finish(subtrees);
    return !finished.containsAll(subtrees) && !(areAllTouched && untouched.size() < AT_ONCE);
  }

  /**
   * @return whether each of the runs has ended or its worker is asked to stop
   */
  private boolean touch(List<Cancellation> marks, List<Run> untouched) {
    var ids = untouched.stream().map(Run::id).toList();
    waiting.removeAll(ids);
    var leased = leases.cancelWithin(ids, grace);
    var found = runs.findAll(Reach.everywhere(), ids);
    var jobOf = jobs.findAll(ids);
    var now = clock.instant();
    var tracked = new ArrayList<Ending>();
    var moved = new ArrayList<Move>();
    var asked = new ArrayList<Ending>();
    var touched = new HashMap<Cancellation, List<RunId>>();
    var areAllTouched = true;
    for (var run : found.values()) {
      var mark = markOf(run, marks);
      var ending = new Ending(run, mark);
      touched.computeIfAbsent(mark, _ -> new ArrayList<>()).add(run.id());
      var job = jobOf.get(run.id());
      if (job == null) {
        if (run.stateName().isLive()) {
          tracked.add(ending);
        }
      } else if (leased.contains(run.id())) {
        asked.add(ending);
      } else if (run.stateName() == StateName.QUEUED) {
        var step = new QueuedRun(run, job).cancelWaiting(now);
        moved.add(Move.cancellation(run, step, mark.actor(), mark.reason()));
      } else {
        // claimed a moment ago: the next batch finds its lease
        areAllTouched &= run.stateName().isTerminal();
      }
    }
    endTracked(tracked, now);
    moves.write(moved);
    touched.forEach(
        (mark, some) -> mark.reason().ifPresent(why -> endReasons.addAll(some, why, mark.actor())));
    ask(asked, jobOf, now);
    return areAllTouched;
  }

  /** The first in whose subtree it is: what was said first stays. */
  private static Cancellation markOf(Run run, List<Cancellation> marks) {
    return marks.stream()
        .filter(mark -> run.path().isWithin(mark.path()))
        .findFirst()
        .orElseThrow();
  }

  private void endTracked(List<Ending> endings, Instant now) {
    if (endings.isEmpty()) {
      return;
    }
    var canceled = new ArrayList<Run>();
    var deltas = new ArrayList<Delta>();
    var told = new ArrayList<RunEvent>();
    for (var ending : endings) {
      var before = ending.run();
      var after = before.ended(new RunState.Canceled(now));
      canceled.add(after);
      deltas.addAll(Delta.ofMove(before, after));
      told.add(
          RunEvent.moved(after, before.stateName(), ending.mark().actor(), ending.mark().reason()));
    }
    runs.saveAll(canceled, List.of());
    ledger.add(Delta.merged(deltas));
    events.add(told);
    transactions.afterCommit(() -> canceled.forEach(run -> endedRuns.add(run, Optional.empty())));
  }

  private void ask(List<Ending> asked, Map<RunId, Job> jobOf, Instant now) {
    if (asked.isEmpty()) {
      return;
    }
    jobs.saveAll(
        asked.stream()
            .map(ending -> {
              var job = Objects.requireNonNull(jobOf.get(ending.run().id()), "it has a job");
              return new QueuedRun(ending.run(), job).requestCancel(now).job();
            })
            .toList());
    events.add(
        asked.stream()
            .map(ending ->
                RunEvent.cancelRequested(
                    ending.run(), ending.mark().actor(), now, ending.mark().reason()))
            .toList());
  }
}
