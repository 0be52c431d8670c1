package dev.runs.adapters.cli.worker;

import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.secret.Masking;
import dev.runs.adapters.cli.secret.ResolvedInput;
import dev.runs.adapters.cli.secret.SecretSource;
import dev.runs.adapters.cli.secret.UnusableSecrets;
import dev.runs.adapters.cli.worker.Execution.Stop;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.OutputRef;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Claims runs and lets handlers execute them.
 *
 * <p>While a run is executed, and until its outcome is delivered, its lease is kept. An outcome
 * that cannot be delivered is repeated until it is, or until the lease is lost. What a run was
 * canceled for is stopped; what is lost is stopped at once and reported by nobody.
 */
public final class Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** What a claim waits for: a worker that is told to end while it waits ends after this. */
  private static final Duration WAIT = Duration.ofSeconds(3);

  /** Beyond the grace, for telling the source. */
  private static final Duration GIVING_BACK = Duration.ofSeconds(5);

  private static final int MOST_AT_ONCE = 100;
  private static final long SHORTEST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;
  private static final long PAUSE_WITHOUT_ANSWER_MILLIS = 1_000;

  private final WorkSource source;
  private final Settings settings;
  private final Map<Kind, RunHandler> handlers;
  private final SecretSource secrets;
  private final Semaphore places;
  private final Map<RunId, Execution> executions = new ConcurrentHashMap<>();
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean hasGivenUp;

  private Worker(Builder builder) {
    this.source = builder.source;
    this.settings = builder.settings;
    this.handlers = Map.copyOf(builder.handlers);
    this.secrets = builder.secrets;
    this.places = new Semaphore(settings.concurrency());
  }

  /**
   * How a worker works.
   *
   * @param concurrency how many runs it executes at once, 1 to 1000
   * @param lease how long it may be silent before its runs are given to others
   * @param grace how long a handler has for stopping
   * @param drain how long runs may go on when the worker is told to end
   * @param most how many runs it executes before it ends; nothing for no end
   * @param untilEmpty whether it ends when nothing is ready and nothing is being executed
   */
  public record Settings(
      WorkerId id,
      int concurrency,
      Duration lease,
      Duration grace,
      Duration drain,
      Optional<Integer> most,
      boolean untilEmpty) {

    public static final int MOST_CONCURRENT = 1_000;

    /** Four runs at once, a lease of 30 seconds, 10 seconds for stopping, 30 for the end. */
    public static Settings usual(WorkerId id) {
      return new Settings(
          id,
          4,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Optional.empty(),
          false);
    }

    public Settings {
      if (concurrency < 1 || concurrency > MOST_CONCURRENT) {
        throw new IllegalArgumentException("concurrency is 1 to " + MOST_CONCURRENT);
      }
    }
  }

  /** Puts a worker together. */
  public static final class Builder {

    private final WorkSource source;
    private final Settings settings;
    private final Map<Kind, RunHandler> handlers = new HashMap<>();
    private SecretSource secrets = SecretSource.NONE;

    private Builder(WorkSource source, Settings settings) {
      this.source = source;
      this.settings = settings;
    }

    /** Who executes runs of a kind. */
    public Builder handle(String kind, RunHandler handler) {
      handlers.put(new Kind(kind), handler);
      return this;
    }

    /** Where references to secrets are looked up; without it none is known. */
    public Builder secrets(SecretSource found) {
      secrets = found;
      return this;
    }

    /**
     * @throws IllegalStateException when nobody handles anything
     */
    public Worker build() {
      if (handlers.isEmpty()) {
        throw new IllegalStateException("a worker needs a handler");
      }
      return new Worker(this);
    }
  }

  public static Builder over(WorkSource source, Settings settings) {
    return new Builder(source, settings);
  }

  /**
   * Works until it is told to end, or until there is nothing more to do for it; returns when
   * nothing is being executed any more.
   *
   * @throws RuntimeException when the source refuses to give any work
   */
  public void run() {
    var heartbeats = Thread.ofPlatform().name("heartbeats").daemon().start(this::keepLeases);
    LOG.atInfo()
        .addKeyValue("workerId", settings.id())
        .addKeyValue("kinds", handlers.keySet())
        .addKeyValue("concurrency", settings.concurrency())
        .log("Waiting for runs");
    try {
      claimOnAndOn();
    } finally {
      drain();
      ended.countDown();
      heartbeats.interrupt();
      LOG.atInfo().addKeyValue("workerId", settings.id()).log("Ended");
    }
  }

  /** Tells it to end: to claim nothing more, and to end what it executes. Returns at once. */
  public void stop() {
    told.countDown();
  }

  /** Waits until {@link #run} returns. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  private void claimOnAndOn() {
    var left = settings.most().orElse(Integer.MAX_VALUE);
    var pause = SHORTEST_PAUSE_MILLIS;
    while (left > 0 && !isTold()) {
      var free = freePlaces(Math.min(left, MOST_AT_ONCE));
      if (free == 0) {
        continue;
      }
      try {
        var claimed = source.claim(wish(free));
        places.release(free - claimed.size());
        claimed.forEach(this::begin);
        left -= claimed.size();
        pause = SHORTEST_PAUSE_MILLIS;
        if (claimed.isEmpty() && settings.untilEmpty() && !waitsForAnEnd()) {
          return;
        }
      } catch (WorkSourceUnavailable e) {
        places.release(free);
        LOG.warn("No work can be claimed for now: {}", e.getMessage());
        isToldWithin(pause);
        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
      }
    }
  }

  private WorkSource.Wish wish(int limit) {
    return new WorkSource.Wish(
        settings.id(),
        handlers.keySet(),
        limit,
        settings.lease(),
        settings.untilEmpty() ? Duration.ZERO : WAIT);
  }

  /**
   * As many as are free, but at least one, for which it waits a while; none when none came free.
   */
  private int freePlaces(int most) {
    try {
      if (!places.tryAcquire(SHORTEST_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return 0;
      }
    } catch (InterruptedException _) {
      stop();
      return 0;
    }
    var free = 1;
    while (free < most && places.tryAcquire()) {
      free++;
    }
    return free;
  }

  /** What is being executed may fail and be ready again, so that there is more to do. */
  private boolean waitsForAnEnd() {
    if (executions.isEmpty()) {
      return false;
    }
    isToldWithin(SHORTEST_PAUSE_MILLIS);
    return true;
  }

  private boolean isTold() {
    return told.getCount() == 0;
  }

  private boolean isToldWithin(long millis) {
    try {
      return told.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      stop();
      return true;
    }
  }

  private void begin(ClaimedRun run) {
    var execution = new Execution(run, settings.grace());
    executions.put(run.id(), execution);
    Thread.ofPlatform()
        .name("run-" + run.id())
        .start(() -> {
          try {
            execute(execution);
          } finally {
            executions.remove(run.id());
            places.release();
          }
        });
  }

  private void execute(Execution execution) {
    var run = execution.run();
    var begun = System.nanoTime();
    var outcome = isTold() ? Optional.<Outcome>of(new Outcome.Released()) : outcome(execution);
    var delivered = outcome.map(its -> delivered(run, its)).orElse("lost");
    LOG.atInfo()
        .addKeyValue("runId", run.id())
        .addKeyValue("kind", run.kind())
        .addKeyValue("attempt", run.attempt())
        .addKeyValue("outcome", delivered)
        .addKeyValue("wait_ms", run.waited().toMillis())
        .addKeyValue("run_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun))
        .log("Executed");
  }

  /** Nothing when there is nobody to report it. */
  private Optional<Outcome> outcome(Execution execution) {
    var run = execution.run();
    ResolvedInput resolved;
    try {
      resolved = ResolvedInput.of(Documents.read(run.input()), secrets);
    } catch (UnusableSecrets e) {
      return Optional.of(new Outcome.Failed(e.getMessage(), false, RunFailure.Kind.USER));
    }
    var assignment =
        new Assignment(
            run,
            settings.id(),
            Documents.text(resolved.input()),
            resolved.masking(),
            execution::grace);
    return outcome(execution, assignment);
  }

  /** Whatever a handler throws is an outcome of its run. */
  private Optional<Outcome> outcome(Execution execution, Assignment assignment) {
    Outcome outcome;
    try {
      outcome = handled(execution, assignment);
    } catch (RunFailed e) {
      outcome = failed(e.getMessage(), e.isRetryable(), e.kind(), assignment);
    } catch (Exception e) {
      outcome = failed(String.valueOf(e), true, RunFailure.Kind.USER, assignment);
    } catch (Error e) {
      LOG.error("A handler broke", e);
      outcome = failed(String.valueOf(e), true, RunFailure.Kind.SYSTEM, assignment);
    }
    return switch (execution.stopped().orElse(null)) {
      case LOST -> Optional.empty();
      case CANCELED, GIVEN_BACK ->
          Optional.of(outcome instanceof Outcome.Succeeded ? outcome : new Outcome.Released());
      case null -> Optional.of(outcome);
    };
  }

  private Outcome handled(Execution execution, Assignment assignment) throws Exception {
    if (!execution.begin()) {
      return new Outcome.Released();
    }
    try {
      var handler = handlers.get(execution.run().kind());
      if (handler == null) {
        return new Outcome.Released();
      }
      return succeeded(handler.handle(assignment), assignment.masking());
    } finally {
      execution.end();
    }
  }

  private static Outcome succeeded(RunResult result, Masking masking) {
    try {
      return new Outcome.Succeeded(
          result.outputRef().map(ref -> new OutputRef(masking.mask(ref))),
          result
              .output()
              .map(Documents::read)
              .map(masking::mask)
              .map(Documents::text)
              .map(Payload::new));
    } catch (QueueRejected e) {
      return new Outcome.Failed(e.sentence(), false, RunFailure.Kind.USER);
    } catch (JacksonException _) {
      return new Outcome.Failed("The output is no JSON.", false, RunFailure.Kind.USER);
    }
  }

  private static Outcome failed(
      String error, boolean isRetryable, RunFailure.Kind kind, Assignment assignment) {
    return new Outcome.Failed(assignment.mask(error), isRetryable, kind);
  }

  /**
   * Reports until it is known what became of the report.
   *
   * @return how it ended, for the log
   */
  private String delivered(ClaimedRun run, Outcome outcome) {
    var toReport = outcome;
    for (var pause = SHORTEST_PAUSE_MILLIS; ; pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause)) {
      try {
        source.report(settings.id(), run, toReport);
        return word(toReport);
      } catch (LeaseLost _) {
        return "lost";
      } catch (ReportRefused e) {
        if (toReport instanceof Outcome.Released) {
          return "refused";
        }
        toReport =
            toReport instanceof Outcome.Failed
                ? new Outcome.Released()
                : new Outcome.Failed(e.getMessage(), false, RunFailure.Kind.USER);
      } catch (WorkSourceUnavailable e) {
        if (hasGivenUp) {
          return "undelivered";
        }
        LOG.atWarn()
            .addKeyValue("runId", run.id())
            .log("The outcome cannot be delivered for now: {}", e.getMessage());
        rest(pause);
      }
    }
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded _ -> "succeeded";
      case Outcome.Failed(_, var isRetryable, _) -> isRetryable ? "failed" : "failed_for_good";
      case Outcome.Released _ -> "released";
      case Outcome.Lost _, Outcome.TimedOut _, Outcome.Stopped _ ->
          throw new IllegalStateException("no worker reports this: " + outcome);
    };
  }

  private void keepLeases() {
    var usual = settings.lease().toMillis() / 3;
    var pause = usual;
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = keepOnce() ? usual : Math.min(usual, PAUSE_WITHOUT_ANSWER_MILLIS);
      }
    } catch (InterruptedException _) {
      // the worker has ended
    }
  }

  /**
   * @return whether the source has answered
   */
  private boolean keepOnce() {
    var held = List.copyOf(executions.values());
    if (held.isEmpty()) {
      return true;
    }
    try {
      var runs = held.stream().map(Execution::run).toList();
      var kept = source.keep(settings.id(), runs, settings.lease());
      for (var execution : held) {
        switch (kept.get(execution.run().id())) {
          case LOST -> execution.stop(Stop.LOST);
          case ASKED_TO_STOP -> execution.stop(Stop.CANCELED);
          case HELD -> {}
          case null -> {}
        }
      }
      return true;
    } catch (RuntimeException e) {
      LOG.warn("The leases cannot be kept for now: {}", String.valueOf(e.getMessage()));
      return false;
    }
  }

  /**
   * Lets what is executed come to its end. Once the worker is told to end, there is only a while
   * for that; what is left then is stopped and given back.
   */
  private void drain() {
    while (!executions.isEmpty() && !isToldWithin(SHORTEST_PAUSE_MILLIS)) {
      // nobody is in a hurry
    }
    if (isEmptyWithin(settings.drain())) {
      return;
    }
    executions.values().forEach(execution -> execution.stop(Stop.GIVEN_BACK));
    if (!isEmptyWithin(settings.grace().plus(GIVING_BACK))) {
      hasGivenUp = true;
      executions
          .keySet()
          .forEach(run ->
              LOG.atError().addKeyValue("runId", run).log("Left behind; its lease will end"));
    }
  }

  private boolean isEmptyWithin(Duration time) {
    var end = System.nanoTime() + time.toNanos();
    while (!executions.isEmpty() && System.nanoTime() - end < 0 && rest(20)) {
      // some are still executed
    }
    return executions.isEmpty();
  }

  /**
   * @return whether nobody has disturbed it
   */
  private static boolean rest(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
