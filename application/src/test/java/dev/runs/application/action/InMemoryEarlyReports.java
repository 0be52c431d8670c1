package dev.runs.application.action;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.action.ActionAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Early reports in memory. */
public final class InMemoryEarlyReports implements EarlyReports {

  private final InMemoryTransactions.Table<Long, EarlyReport> rows;

  public InMemoryEarlyReports(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.<Long>naturalOrder());
  }

  @Override
  public void keepAll(List<EarlyReport> reports) {
    for (var report : reports) {
      var last = rows.lastKey();
      rows.put(last == null ? 1L : last + 1, report);
    }
  }

  @Override
  public List<EarlyReport> take(Collection<ActionAddress> awaited, int most) {
    return removed(report -> awaited.contains(report.awaits()), most);
  }

  @Override
  public boolean isAnyWaitingFor(Collection<ActionAddress> awaited) {
    return rows.all().stream().anyMatch(report -> awaited.contains(report.awaits()));
  }

  @Override
  public List<ActionAddress> awaited(@Nullable ActionAddress after, int most) {
    return rows.all().stream()
        .map(EarlyReport::awaits)
        .filter(address -> after == null || address.compareTo(after) > 0)
        .distinct()
        .sorted()
        .limit(most)
        .toList();
  }

  @Override
  public int dropBefore(Instant moment, int most) {
    return removed(report -> report.reportedAt().isBefore(moment), most).size();
  }

  @Override
  public long count() {
    return rows.size();
  }

  /** When they came, the earliest first. */
  public List<Instant> keptSince() {
    return rows.all().stream().map(EarlyReport::reportedAt).sorted().toList();
  }

  private List<EarlyReport> removed(Predicate<EarlyReport> which, int most) {
    var taken = new ArrayList<EarlyReport>();
    for (var key : rows.keys()) {
      var report = Objects.requireNonNull(rows.get(key));
      if (taken.size() < most && which.test(report)) {
        rows.remove(key);
        taken.add(report);
      }
    }
    return taken;
  }
}
