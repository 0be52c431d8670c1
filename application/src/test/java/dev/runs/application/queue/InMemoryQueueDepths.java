package dev.runs.application.queue;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Counts what waits and is executed in memory; all of it. */
public final class InMemoryQueueDepths implements QueueDepths {

  private final InMemoryWaitingRuns waiting;
  private final InMemoryLeases leases;
  private final InstantSource clock;

  public InMemoryQueueDepths(
      InMemoryWaitingRuns waiting, InMemoryLeases leases, InstantSource clock) {
    this.waiting = waiting;
    this.leases = leases;
    this.clock = clock;
  }

  @Override
  public Depths count() {
    var ready = byKind(waiting.allReady().stream().map(Waiting::kind));
    var delayed = byKind(waiting.allDelayed().stream().map(Waiting::kind));
    var running = byKind(leases.allGiven().stream().map(Leases.NewLease::kind));
    var kinds = new TreeSet<>(ready.keySet());
    kinds.addAll(delayed.keySet());
    kinds.addAll(running.keySet());
    var now = clock.instant();
    return new Depths(
        kinds.stream()
            .map(kind ->
                new Depth(
                    kind,
                    of(kind, ready),
                    of(kind, delayed),
                    of(kind, running),
                    waiting.allReady().stream()
                        .filter(one -> one.kind().equals(kind))
                        .map(Waiting::readyAt)
                        .min(Comparator.<Instant>naturalOrder())
                        .map(since -> Duration.between(since, now))))
            .toList(),
        true);
  }

  private static Map<Kind, Long> byKind(Stream<Kind> kinds) {
    return kinds.collect(groupingBy(kind -> kind, counting()));
  }

  private static int of(Kind kind, Map<Kind, Long> counts) {
    return Math.toIntExact(counts.getOrDefault(kind, 0L));
  }
}
