package dev.runs.application.queue;

import dev.runs.application.Transactions;
import dev.runs.application.event.RunEvents;
import dev.runs.application.queue.WaitingRuns.NewWaiting;
import dev.runs.application.queue.WaitingRuns.Readiness;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.EndedRuns;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Principal;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.queue.QueuedRun.Step;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunRejected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what queued runs become, with everything that follows from it. */
public final class JobMoves {

  /**
   * @param before the run as it is stored
   * @param readyAt since when the run could be claimed that now is; nothing when it is not claimed
   * @param reason why it is canceled, or what stands against its success; nothing when nobody said
   *     so
   */
  record Move(
      Run before, Step step, Principal actor, Optional<Instant> readyAt, Optional<String> reason) {

    Move(Run before, Step step, Principal actor) {
      this(before, step, actor, Optional.empty(), Optional.empty());
    }

    static Move claim(Run before, Step step, Principal actor, Instant readyAt) {
      return new Move(before, step, actor, Optional.of(readyAt), Optional.empty());
    }

    static Move outcome(Run before, Step step, Principal actor, Optional<String> reason) {
      return new Move(before, step, actor, Optional.empty(), reason);
    }

    static Move cancellation(Run before, Step step, Principal actor, Optional<String> reason) {
      return new Move(before, step, actor, Optional.empty(), reason);
    }

    QueuedRun after() {
      return step.after();
    }
  }

  private final Runs runs;
  private final Jobs jobs;
  private final WaitingRuns waiting;
  private final Ledger ledger;
  private final RunEvents events;
  private final QueueMeter meter;
  private final EndedRuns endedRuns;
  private final Transactions transactions;

  public JobMoves(
      Runs runs,
      Jobs jobs,
      WaitingRuns waiting,
      Ledger ledger,
      RunEvents events,
      QueueMeter meter,
      EndedRuns endedRuns,
      Transactions transactions) {
    this.runs = runs;
    this.jobs = jobs;
    this.waiting = waiting;
    this.ledger = ledger;
    this.events = events;
    this.meter = meter;
    this.endedRuns = endedRuns;
    this.transactions = transactions;
  }

  /**
   * @throws RunRejected.ChangedMeanwhile when one of the runs was changed since it was read
   */
  void write(List<Move> moves) {
    if (moves.isEmpty()) {
      return;
    }
    var attempts = new ArrayList<Attempt>();
    var deltas = new ArrayList<Delta>();
    var told = new ArrayList<RunEvent>();
    var backInLine = new ArrayList<NewWaiting>();
    for (var move : moves) {
      var after = move.after();
      move.step().attempt().ifPresent(attempts::add);
      move.step().retryIn().ifPresent(delay -> backInLine.add(backInLine(after, delay)));
      deltas.addAll(Delta.ofMove(move.before(), after.run()));
      told.add(event(move));
    }
    runs.saveAll(moves.stream().map(move -> move.after().run()).toList(), attempts);
    jobs.saveAll(moves.stream().map(move -> move.after().job()).toList());
    waiting.addAll(backInLine);
    ledger.add(Delta.merged(deltas));
    events.add(told);
    var written = List.copyOf(moves);
    transactions.afterCommit(() -> written.forEach(this::measure));
  }

  private void measure(Move move) {
    var run = move.after().run();
    var job = move.after().job();
    var claim = job.claim();
    if (move.readyAt().isPresent() && claim.isPresent()) {
      meter.claimed(job.kind(), between(move.readyAt().get(), claim.get().at()));
    }
    move.step().attempt().ifPresent(attempt -> measure(move, attempt));
    if (run.stateName().isTerminal()) {
      meter.finished(job.kind(), run.stateName());
      endedRuns.add(run, claim.map(its -> its.worker().value()));
    }
  }

  private void measure(Move move, Attempt attempt) {
    if (attempt.endedAt() != null) {
      meter.ended(
          move.after().job().kind(),
          AttemptResult.of(attempt, move.step().retryIn().isPresent()),
          between(attempt.startedAt(), attempt.endedAt()),
          move.actor().equals(ReapLeases.ACTOR));
    }
  }

  /** The clocks of two nodes may differ a little. */
  private static Duration between(Instant begin, Instant end) {
    return end.isAfter(begin) ? Duration.between(begin, end) : Duration.ZERO;
  }

  private static NewWaiting backInLine(QueuedRun queued, Duration delay) {
    return new NewWaiting(
        waiting(queued.run(), queued.job()),
        delay.isZero() ? new Readiness.Now() : new Readiness.After(delay));
  }

  private static Waiting waiting(Run run, Job job) {
    return new Waiting(
        run.id(),
        run.organization(),
        run.space().project(),
        job.kind(),
        job.priority(),
        run.updatedAt());
  }

  private static RunEvent event(Move move) {
    var after = move.after().run();
    return move.step().retryIn().isPresent()
        ? RunEvent.retried(after, move.step().attempt().orElseThrow(), move.actor())
        : RunEvent.moved(after, move.before().stateName(), move.actor(), move.reason());
  }
}
