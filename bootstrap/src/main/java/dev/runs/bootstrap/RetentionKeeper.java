package dev.runs.bootstrap;

import dev.runs.application.event.ForgetEvents;
import dev.runs.application.retention.Removed;
import dev.runs.application.retention.SweepExpiredRuns;
import dev.runs.application.retention.SweepLooseValidations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of retention: once an hour it removes runs, validations and events that are due until
 * none is left. After each step it rests as long as the step took, so that everybody else has at
 * least half of the database's time. Several nodes may each run it on one database: what it does is
 * right whoever does it.
 */
final class RetentionKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionKeeper.class);

  /** After a start, when others have more to do. */
  private static final Duration FIRST_REST = Duration.ofMinutes(1);

  private static final Duration REST = Duration.ofHours(1);

  /** After a failure, so that a database that is away is not asked without a pause. */
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private final SweepExpiredRuns sweepExpiredRuns;
  private final SweepLooseValidations sweepLooseValidations;
  private final ForgetEvents forgetEvents;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  private RetentionKeeper(
      SweepExpiredRuns sweepExpiredRuns,
      SweepLooseValidations sweepLooseValidations,
      ForgetEvents forgetEvents) {
    this.sweepExpiredRuns = sweepExpiredRuns;
    this.sweepLooseValidations = sweepLooseValidations;
    this.forgetEvents = forgetEvents;
    this.thread = Thread.ofPlatform().name("retention-keeper").daemon().unstarted(this::run);
  }

  static RetentionKeeper start(
      SweepExpiredRuns sweepExpiredRuns,
      SweepLooseValidations sweepLooseValidations,
      ForgetEvents forgetEvents) {
    var keeper = new RetentionKeeper(sweepExpiredRuns, sweepLooseValidations, forgetEvents);
    keeper.thread.start();
    return keeper;
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var rest = FIRST_REST;
    while (!isClosedAfter(rest)) {
      try {
        sweep();
        rest = REST;
      } catch (RuntimeException e) {
        LOG.warn("The removal of old runs was disturbed and goes on later: {}", e.toString());
        rest = PAUSE_AFTER_FAILURE;
      }
    }
  }

  private void sweep() {
    var sweep = sweepExpiredRuns.begin(Optional.empty());
    repeat(sweep::step);
    repeat(sweepLooseValidations.begin()::step);
    repeat(() -> forgetEvents.forget() > 0);
    var removed = sweep.removed().values().stream().reduce(Removed.NOTHING, Removed::plus);
    if (!removed.isNothing()) {
      LOG.info(
          "Removed {} trees of {} runs with {} cost lines whose time was over.",
          removed.trees(),
          removed.runs(),
          removed.lines());
    }
  }

  private void repeat(BooleanSupplier step) {
    var hasMore = true;
    while (hasMore) {
      var start = System.nanoTime();
      hasMore = step.getAsBoolean() && !isClosedAfter(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private boolean isClosedAfter(Duration rest) {
    try {
      return closing.await(rest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
