package dev.runs.application.queue;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.Reach;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Leases in memory. */
public final class InMemoryLeases implements Leases {

  /** A lease, what it was when it was given, and when its worker was heard of last. */
  private record Held(NewLease given, Lease lease, Instant claimedAt, Instant heardAt) {

    Instant dueAt() {
      return Stream.of(lease.timesOutAt(), lease.cancelBy())
          .flatMap(Optional::stream)
          .reduce(lease.expiresAt(), (one, other) -> one.isBefore(other) ? one : other);
    }

    boolean isShownBy(Shown shown) {
      return lease.attempt() == shown.attempt()
          && lease.token().equals(shown.token())
          && lease.worker().equals(shown.worker());
    }

    boolean isWithin(Reach reach) {
      return reach.includes(given.organization(), given.project());
    }

    Reason reason() {
      if (lease.cancelBy().filter(dueAt()::equals).isPresent()) {
        return Reason.CANCEL_OVERDUE;
      }
      return lease.timesOutAt().filter(dueAt()::equals).isPresent()
          ? Reason.TIMED_OUT
          : Reason.EXPIRED;
    }

    Held with(Instant expiresAt, Optional<Instant> cancelBy) {
      return new Held(
          given,
          new Lease(
              lease.run(),
              lease.attempt(),
              lease.token(),
              lease.worker(),
              expiresAt,
              lease.timesOutAt(),
              cancelBy),
          claimedAt,
          heardAt);
    }

    Held heard(Instant now) {
      return new Held(given, lease, claimedAt, now);
    }

    QueueContents.Executed executed() {
      return new QueueContents.Executed(
          lease.run(),
          given.project(),
          given.kind(),
          lease.attempt(),
          lease.worker(),
          claimedAt,
          heardAt,
          lease.expiresAt(),
          lease.cancelBy());
    }
  }

  private final InMemoryTransactions.Table<RunId, Held> rows;
  private final InstantSource clock;

  public InMemoryLeases(InMemoryTransactions transactions, InstantSource clock) {
    this.rows = transactions.table(Comparator.<RunId>naturalOrder());
    this.clock = clock;
  }

  /** How many there are. */
  public int count() {
    return rows.size();
  }

  /** Of how many the time is over. */
  public int countOverdue() {
    return takeOverdue(Integer.MAX_VALUE).size();
  }

  List<NewLease> allGiven() {
    return rows.all().stream().map(Held::given).toList();
  }

  List<QueueContents.Executed> allWithin(Reach reach) {
    return rows.all().stream().filter(held -> held.isWithin(reach)).map(Held::executed).toList();
  }

  @Override
  public Map<RunId, Lease> addAll(List<NewLease> leases) {
    var now = now();
    var added = new LinkedHashMap<RunId, Lease>();
    for (var given : leases) {
      if (rows.has(given.run())) {
        throw new IllegalStateException("run " + given.run() + " has a lease already");
      }
      var lease =
          new Lease(
              given.run(),
              given.attempt(),
              given.token(),
              given.worker(),
              now.plus(given.length()),
              given.timeout().map(now::plus),
              Optional.empty());
      rows.put(given.run(), new Held(given, lease, now, now));
      added.put(given.run(), lease);
    }
    return added;
  }

  @Override
  public Map<RunId, Lease> takeAll(Reach reach, Collection<Shown> shown) {
    var taken = new LinkedHashMap<RunId, Lease>();
    held(reach, shown).forEach((run, held) -> taken.put(run, held.lease()));
    return taken;
  }

  @Override
  public Map<RunId, Lease> extendAll(
      Reach reach, Collection<Shown> shown, Optional<Duration> length) {
    var now = now();
    var extended = new LinkedHashMap<RunId, Lease>();
    held(reach, shown)
        .forEach((run, held) -> {
          var later =
              held.with(now.plus(length.orElse(held.given().length())), held.lease().cancelBy())
                  .heard(now);
          rows.put(run, later);
          extended.put(run, later.lease());
        });
    return extended;
  }

  @Override
  public void removeAll(Collection<RunId> runs) {
    runs.forEach(rows::remove);
  }

  @Override
  public List<RunId> cancelWithin(Collection<RunId> runs, Duration grace) {
    var cancelBy = now().plus(grace);
    var leased = new TreeSet<RunId>();
    for (var run : runs) {
      var held = rows.get(run);
      if (held != null) {
        leased.add(run);
        rows.put(
            run,
            held.with(
                held.lease().expiresAt(), held.lease().cancelBy().or(() -> Optional.of(cancelBy))));
      }
    }
    return List.copyOf(leased);
  }

  @Override
  public List<Overdue> takeOverdue(int most) {
    var now = now();
    return rows.all().stream()
        .filter(held -> !held.dueAt().isAfter(now))
        .sorted(Comparator.comparing(Held::dueAt))
        .limit(most)
        .map(held -> new Overdue(held.lease(), held.reason()))
        .toList();
  }

  @Override
  public Map<OwnedKind, Integer> count(Collection<OwnedKind> kinds) {
    var counts = new LinkedHashMap<OwnedKind, Integer>();
    kinds.forEach(kind -> counts.put(kind, 0));
    for (var held : rows.all()) {
      counts.computeIfPresent(
          new OwnedKind(held.given().organization(), held.given().kind()), (_, count) -> count + 1);
    }
    return counts;
  }

  private Map<RunId, Held> held(Reach reach, Collection<Shown> shown) {
    var found = new LinkedHashMap<RunId, Held>();
    for (var one : shown) {
      var held = rows.get(one.run());
      if (held != null && held.isShownBy(one) && held.isWithin(reach)) {
        found.put(one.run(), held);
      }
    }
    return found;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
