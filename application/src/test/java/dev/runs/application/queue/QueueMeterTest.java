package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.WORKER;
import static dev.runs.domain.run.RunFixtures.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Receipt;
import dev.runs.application.UseCaseTest;
import dev.runs.application.queue.ClaimRuns.Claimed;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.ReportOutcomes.Report;
import dev.runs.application.run.NewRun;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunFixtures;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What those are told who count. */
final class QueueMeterTest extends UseCaseTest {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final List<String> told = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final QueueUseCases queue =
      QueueUseCases.over(
          world,
          ids,
          clock,
          random,
          random,
          new Told(),
          (run, worker) -> ended.add(run.stateName() + " " + worker.orElse("-")));

  /** Writes down what it is told, and that it is told outside of any transaction. */
  private final class Told implements QueueMeter {

    @Override
    public void claimed(Kind kind, Duration waited) {
      told.add("claimed %s after %s".formatted(kind, waited));
    }

    @Override
    public void ended(Kind kind, AttemptResult result, Duration took, boolean isTakenAway) {
      told.add(
          "%s %s after %s%s"
              .formatted(result.wireName(), kind, took, isTakenAway ? " reaped" : ""));
    }

    @Override
    public void finished(Kind kind, StateName state) {
      told.add("%s is %s".formatted(kind, state.wireName()));
    }
  }

  @Test
  void hearsHowLongARunWaitedAndHowLongItTook() {
    enqueue(1, Optional.empty());
    clock.advance(A_MINUTE);
    var claimed = claim();
    clock.advance(Duration.ofSeconds(7));
    report(claimed, done());

    assertThat(told)
        .containsExactly(
            "claimed script.pull after PT1M",
            "succeeded script.pull after PT7S",
            "script.pull is succeeded");
    assertThat(ended).containsExactly("SUCCEEDED worker-1");
  }

  @Test
  void countsTheWaitFromWhenTheRunWasDue() {
    enqueue(1, Optional.of(clock.instant().plus(A_MINUTE)));
    clock.advance(Duration.ofSeconds(63));
    queue.readyDueRuns().ready();
    claim();

    assertThat(told).containsExactly("claimed script.pull after PT3S");
  }

  @Test
  void hearsOfAnAttemptThatIsRetriedAndOfTheOneThatIsTheLast() {
    enqueue(2, Optional.empty());
    report(claim(), broken());
    clock.advance(Duration.ofMinutes(10));
    queue.readyDueRuns().ready();
    report(claim(), broken());

    assertThat(told)
        .hasSize(5)
        .contains("retried script.pull after PT0S", "failed script.pull after PT0S")
        .endsWith("script.pull is failed");
    assertThat(ended).containsExactly("FAILED worker-1");
  }

  @Test
  void hearsThatARunWasGivenBack() {
    enqueue(1, Optional.empty());
    report(claim(), new Outcome.Released());

    assertThat(told)
        .containsExactly("claimed script.pull after PT0S", "released script.pull after PT0S");
    assertThat(ended).isEmpty();
  }

  @Test
  void hearsThatALeaseWasTakenAway() {
    enqueue(1, Optional.empty());
    claim();
    clock.advance(LEASE.plusSeconds(1));
    queue.reapLeases().reap();

    assertThat(told)
        .containsExactly(
            "claimed script.pull after PT0S",
            "lost script.pull after PT31S reaped",
            "script.pull is failed");
  }

  @Test
  void hearsThatAWaitingRunWasCanceledWithoutAnAttempt() {
    var run = enqueue(1, Optional.empty());
    queue.cancelRuns().cancel(OF_ACME, run.id(), 10);

    assertThat(told).containsExactly("script.pull is canceled");
    assertThat(ended).containsExactly("CANCELED -");
  }

  @Test
  void hearsNothingOfAReportThatIsRepeatedOrRefused() {
    enqueue(1, Optional.empty());
    var claimed = claim();
    report(claimed, done());
    var before = List.copyOf(told);

    report(claimed, done());
    assertThatExceptionOfType(QueueRejected.StaleLease.class)
        .isThrownBy(() -> report(claimed, broken()));

    assertThat(told).isEqualTo(before);
    assertThat(ended).hasSize(1);
  }

  @Test
  void hearsOfTrackedRunsThatEndOnce() {
    var run = RunFixtures.root(1);
    add(run);
    for (var i = 0; i < 2; i++) {
      queue
          .reportRun()
          .report(OF_ACME, run.id(), at -> RunFixtures.report(StateName.SUCCEEDED, at));
    }

    assertThat(ended).containsExactly("SUCCEEDED -");
    assertThat(told).isEmpty();
  }

  private Run enqueue(int attempts, Optional<Instant> scheduledAt) {
    var request =
        new JobRequest(
            PULL,
            new Payload("{}"),
            Optional.of(attempts),
            Priority.USUAL,
            scheduledAt,
            Optional.empty(),
            Optional.empty(),
            "f",
            Optional.empty());
    return queue
        .createRuns()
        .create(
            OF_ACME,
            NewRun.queued(
                ACME.id(),
                Optional.empty(),
                Optional.empty(),
                request,
                new Input.Members(Map.of())),
            Receipt.none())
        .run();
  }

  private Claimed claim() {
    return queue
        .claimRuns()
        .claim(OF_ACME, new ClaimRuns.Request(WORKER, Set.of(), 1, LEASE), Duration.ZERO)
        .getFirst();
  }

  private void report(Claimed claimed, Outcome outcome) {
    queue.reportOutcomes().report(OF_ACME, new Report(Shown.of(claimed.lease()), outcome));
  }

  private static Outcome done() {
    return new Outcome.Succeeded(Optional.empty(), Optional.empty());
  }

  private static Outcome broken() {
    return new Outcome.Failed("broken", true, RunFailure.Kind.USER);
  }
}
