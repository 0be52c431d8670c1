package dev.runs.adapters.cli.worker;

import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that a test hands out by itself. */
final class FakeWork implements WorkSource {

  static final Kind KIND = new Kind("test");

  /** What was reported. */
  record Reported(RunId run, Outcome outcome) {}

  private final BlockingQueue<ClaimedRun> ready = new LinkedBlockingQueue<>();
  private final Map<RunId, Kept> kept = new ConcurrentHashMap<>();
  private final BlockingQueue<Reported> reports = new LinkedBlockingQueue<>();
  private final AtomicInteger silences = new AtomicInteger();
  private final AtomicInteger heartbeats = new AtomicInteger();

  RunId add(String input) {
    var id = new RunId(UUID.randomUUID());
    ready.add(
        new ClaimedRun(
            id,
            id,
            KIND,
            "default",
            1,
            3,
            Duration.ZERO,
            new LeaseToken(UUID.randomUUID()),
            input));
    return id;
  }

  /** Says so from the next heartbeat on. */
  void answer(RunId run, Kept answer) {
    kept.put(run, answer);
  }

  /** Does not take the next reports. */
  void beSilentFor(int times) {
    silences.set(times);
  }

  int heartbeats() {
    return heartbeats.get();
  }

  Outcome reported() throws InterruptedException {
    var report = reports.poll(30, TimeUnit.SECONDS);
    if (report == null) {
      throw new AssertionError("nothing was reported");
    }
    return report.outcome();
  }

  List<Reported> reports() {
    return List.copyOf(reports);
  }

  @Override
  public List<ClaimedRun> claim(Wish wish) {
    var claimed = new ArrayList<ClaimedRun>();
    ready.drainTo(claimed, wish.limit());
    if (claimed.isEmpty() && !wish.patience().isZero()) {
      try {
        var one = ready.poll(50, TimeUnit.MILLISECONDS);
        if (one != null) {
          claimed.add(one);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return claimed;
  }

  @Override
  public Map<RunId, Kept> keep(WorkerId worker, List<ClaimedRun> held, Duration lease) {
    heartbeats.incrementAndGet();
    var answers = new HashMap<RunId, Kept>();
    held.forEach(run -> answers.put(run.id(), kept.getOrDefault(run.id(), Kept.HELD)));
    return answers;
  }

  @Override
  public void report(WorkerId worker, ClaimedRun run, Outcome outcome) {
    if (silences.getAndDecrement() > 0) {
      throw new WorkSourceUnavailable("silent", new IllegalStateException("silent"));
    }
    if (kept.get(run.id()) == Kept.LOST) {
      throw new LeaseLost("lost");
    }
    reports.add(new Reported(run.id(), outcome));
  }

  @Override
  public void close() {}
}
