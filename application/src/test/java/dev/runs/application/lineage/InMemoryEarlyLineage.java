package dev.runs.application.lineage;

import dev.runs.application.InMemoryTransactions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Early events in memory. */
public final class InMemoryEarlyLineage implements EarlyLineage {

  private static final Comparator<LineageKey> ORDER =
      Comparator.<LineageKey, String>comparing(key -> key.organization().toString())
          .thenComparing(key -> key.id().toString());

  private final InMemoryTransactions.Table<Long, Kept> rows;

  public InMemoryEarlyLineage(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.<Long>naturalOrder());
  }

  @Override
  public void keep(Early early) {
    var last = rows.lastKey();
    var number = last == null ? 1L : last + 1;
    rows.put(number, new Kept(number, early));
  }

  @Override
  public boolean remove(long number) {
    var isThere = rows.has(number);
    if (isThere) {
      rows.remove(number);
    }
    return isThere;
  }

  @Override
  public Optional<Kept> firstAwaiting(LineageKey run) {
    return first(early -> early.awaits().equals(run));
  }

  @Override
  public Optional<Kept> firstAbout(LineageKey run) {
    return first(early -> early.about().equals(run));
  }

  private Optional<Kept> first(Predicate<Early> which) {
    return rows.all().stream().filter(kept -> which.test(kept.early())).findFirst();
  }

  @Override
  public List<LineageKey> awaited(@Nullable LineageKey after, int most) {
    return rows.all().stream()
        .map(kept -> kept.early().awaits())
        .filter(key -> after == null || ORDER.compare(key, after) > 0)
        .distinct()
        .sorted(ORDER)
        .limit(most)
        .toList();
  }

  @Override
  public List<Kept> keptBefore(Instant moment, int most) {
    return rows.all().stream()
        .filter(kept -> kept.early().heardAt().isBefore(moment))
        .sorted(
            Comparator.<Kept, Instant>comparing(kept -> kept.early().heardAt())
                .thenComparing(Kept::number))
        .limit(most)
        .toList();
  }

  @Override
  public long count() {
    return rows.size();
  }

  /** When they came, the earliest first. */
  public List<Instant> keptSince() {
    return rows.all().stream().map(kept -> kept.early().heardAt()).sorted().toList();
  }
}
