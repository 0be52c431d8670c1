package dev.runs.application.queue;

import dev.runs.application.Transactions;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.queue.QueueDepths.Depth;
import dev.runs.application.rollup.LedgerAudit;
import dev.runs.domain.queue.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Measures how much work waits; it looks into the database every few seconds at most. */
public final class MeasureLoad {

  /** The most kinds that are told by name: those with the most runs. */
  public static final int MOST_KINDS = 200;

  /** Up to how many events and changes are counted. */
  public static final int MOST_PENDING = 10_000;

  /** How long a measurement is given to whoever asks again. */
  public static final Duration KEPT = Duration.ofSeconds(5);

  /**
   * As {@link Depth}.
   *
   * @param kind nothing for all other kinds together
   */
  public record KindDepth(
      Optional<Kind> kind, int ready, int delayed, int running, Optional<Duration> oldestReady) {

    private static KindDepth of(Depth depth) {
      return new KindDepth(
          Optional.of(depth.kind()),
          depth.ready(),
          depth.delayed(),
          depth.running(),
          depth.oldestReady());
    }

    private static KindDepth ofOthers(List<Depth> others) {
      return new KindDepth(
          Optional.empty(),
          others.stream().mapToInt(Depth::ready).sum(),
          others.stream().mapToInt(Depth::delayed).sum(),
          others.stream().mapToInt(Depth::running).sum(),
          others.stream()
              .flatMap(depth -> depth.oldestReady().stream())
              .max(Comparator.naturalOrder()));
    }
  }

  /**
   * @param kinds at most {@value #MOST_KINDS} and one for all others, the most numerous first
   * @param isComplete whether every run was counted
   * @param pendingEvents that have no place in the log yet, up to {@value #MOST_PENDING}
   * @param pendingDeltas that were not folded yet, up to {@value #MOST_PENDING}
   */
  public record Load(
      List<KindDepth> kinds, boolean isComplete, int pendingEvents, int pendingDeltas) {

    public Load {
      kinds = List.copyOf(kinds);
    }
  }

  private record Measured(Load load, Instant at) {}

  private static final Comparator<Depth> MOST_NUMEROUS =
      Comparator.<Depth>comparingLong(
              depth -> -((long) depth.ready() + depth.delayed() + depth.running()))
          .thenComparing(Depth::kind);

  private final QueueDepths depths;
  private final RunEventLog events;
  private final LedgerAudit ledger;
  private final Transactions transactions;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Measured> last = new AtomicReference<>();

  public MeasureLoad(
      QueueDepths depths,
      RunEventLog events,
      LedgerAudit ledger,
      Transactions transactions,
      InstantSource clock) {
    this.depths = depths;
    this.events = events;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** As it was at some moment of the last {@link #KEPT}. Who asks meanwhile waits. */
  public synchronized Load measure() {
    var now = clock.instant();
    var before = last.get();
    if (before != null && now.isBefore(before.at().plus(KEPT)) && !now.isBefore(before.at())) {
      return before.load();
    }
    var load = transactions.inSnapshot(this::measured);
    last.set(new Measured(load, now));
    return load;
  }

  private Load measured() {
    var counted = depths.count();
    var sorted = counted.kinds().stream().sorted(MOST_NUMEROUS).toList();
    var named = sorted.subList(0, Math.min(MOST_KINDS, sorted.size()));
    var kinds = new ArrayList<>(named.stream().map(KindDepth::of).toList());
    if (sorted.size() > named.size()) {
      kinds.add(KindDepth.ofOthers(sorted.subList(named.size(), sorted.size())));
    }
    return new Load(
        kinds, counted.isComplete(), events.waiting(MOST_PENDING), ledger.pending(MOST_PENDING));
  }
}
