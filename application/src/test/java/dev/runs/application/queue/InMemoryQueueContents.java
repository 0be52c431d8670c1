package dev.runs.application.queue;

import dev.runs.domain.access.Reach;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.Waiting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands in the queue in memory; all of it is counted. */
public final class InMemoryQueueContents implements QueueContents {

  private final InMemoryWaitingRuns waiting;
  private final InMemoryLeases leases;
  private final InMemoryKindPolicies policies;
  private final InMemoryKindActivities activities;

  public InMemoryQueueContents(
      InMemoryWaitingRuns waiting,
      InMemoryLeases leases,
      InMemoryKindPolicies policies,
      InMemoryKindActivities activities) {
    this.waiting = waiting;
    this.leases = leases;
    this.policies = policies;
    this.activities = activities;
  }

  @Override
  public List<KindLoad> loads(Reach.Within reach, Optional<Kind> after, int limit) {
    var kinds = new TreeSet<Kind>();
    readyOf(reach).map(Waiting::kind).forEach(kinds::add);
    delayedOf(reach).map(Waiting::kind).forEach(kinds::add);
    leases.allWithin(reach).stream().map(Executed::kind).forEach(kinds::add);
    policies.page(reach.organization(), Optional.empty(), Integer.MAX_VALUE).stream()
        .map(KindPolicy::kind)
        .forEach(kinds::add);
    kinds.addAll(activities.kinds(reach));
    return kinds.stream()
        .filter(kind -> after.isEmpty() || kind.compareTo(after.get()) > 0)
        .limit(limit)
        .map(kind -> load(reach, kind))
        .toList();
  }

  @Override
  public KindLoad load(Reach.Within reach, Kind kind) {
    return new KindLoad(
        kind,
        amount(readyOf(reach).filter(one -> one.kind().equals(kind)).count()),
        amount(delayedOf(reach).filter(one -> one.kind().equals(kind)).count()),
        amount(running(reach, kind, Integer.MAX_VALUE).size()),
        readyOf(reach)
            .filter(one -> one.kind().equals(kind))
            .map(Waiting::readyAt)
            .min(Comparator.<Instant>naturalOrder()));
  }

  @Override
  public List<Waiting> ready(Reach.Within reach, Kind kind, int most) {
    return readyOf(reach)
        .filter(one -> one.kind().equals(kind))
        .sorted(
            Comparator.comparing((Waiting one) -> -one.priority().value())
                .thenComparing(Waiting::readyAt)
                .thenComparing(Waiting::run))
        .limit(most)
        .toList();
  }

  @Override
  public List<Waiting> delayed(Reach.Within reach, Kind kind, int most) {
    return delayedOf(reach)
        .filter(one -> one.kind().equals(kind))
        .sorted(Comparator.comparing(Waiting::readyAt))
        .limit(most)
        .toList();
  }

  @Override
  public List<Executed> running(Reach.Within reach, Kind kind, int most) {
    return leases.allWithin(reach).stream()
        .filter(one -> one.kind().equals(kind))
        .sorted(Comparator.comparing(Executed::claimedAt))
        .limit(most)
        .toList();
  }

  @Override
  public Workers workers(Reach.Within reach, int most) {
    return new Workers(all(reach).stream().limit(most).toList(), true);
  }

  private List<Worker> all(Reach.Within reach) {
    return leases.allWithin(reach).stream()
        .collect(
            Collectors.groupingBy(one -> one.worker().value(), TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(InMemoryQueueContents::worker)
        .toList();
  }

  private static Worker worker(List<Executed> its) {
    return new Worker(
        its.getFirst().worker(),
        its.size(),
        its.stream().map(Executed::kind).distinct().sorted().toList(),
        its.stream().map(Executed::heardAt).max(Comparator.<Instant>naturalOrder()).orElseThrow(),
        its.stream()
            .map(Executed::claimedAt)
            .min(Comparator.<Instant>naturalOrder())
            .orElseThrow());
  }

  private Stream<Waiting> readyOf(Reach reach) {
    return waiting.allReady().stream()
        .filter(one -> reach.includes(one.organization(), one.project()));
  }

  private Stream<Waiting> delayedOf(Reach reach) {
    return waiting.allDelayed().stream()
        .filter(one -> reach.includes(one.organization(), one.project()));
  }

  private static Amount amount(long count) {
    return new Amount(Math.toIntExact(count), true);
  }
}
