package dev.runs.application.queue;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.event.RunEventLog;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of queued runs, in memory. */
public final class InMemoryKindActivities implements KindActivities {

  private record Cell(OrganizationId organization, Slug project, Kind kind, Instant at) {}

  private record Row(Cell cell, KindActivity activity) {}

  private final InMemoryTransactions.Table<Cell, Row> rows;
  private final RunEventLog log;

  public InMemoryKindActivities(InMemoryTransactions transactions, RunEventLog log) {
    this.rows =
        transactions.table(
            Comparator.comparing((Cell cell) -> cell.organization().value())
                .thenComparing(Cell::kind)
                .thenComparing(Cell::at)
                .thenComparing(cell -> cell.project().value()));
    this.log = log;
  }

  @Override
  public void add(long after, long upTo) {
    for (var entry : log.after(after, Math.toIntExact(upTo - after))) {
      var event = entry.event();
      var activity =
          KindActivity.of(
              event.type(), event.actor(), Optional.ofNullable(event.details().get("why")));
      if (event.origin().service().equals(Kind.SERVICE)
          && Kind.fits(event.origin().task())
          && !activity.equals(KindActivity.NONE)) {
        var cell =
            new Cell(
                event.organization(),
                event.space().project(),
                new Kind(event.origin().task()),
                KindActivities.stretchOf(event.at()));
        var before = rows.get(cell);
        rows.put(cell, new Row(cell, before == null ? activity : before.activity().plus(activity)));
      }
    }
  }

  @Override
  public void forget(Instant before) {
    rows.keys().stream().filter(cell -> cell.at().isBefore(before)).forEach(rows::remove);
  }

  @Override
  public Map<Kind, KindActivity> sums(Reach.Within reach, Collection<Kind> kinds, Instant from) {
    var sums = new TreeMap<Kind, KindActivity>();
    within(reach).stream()
        .filter(row -> kinds.contains(row.cell().kind()))
        .filter(row -> !row.cell().at().isBefore(from))
        .forEach(row -> sums.merge(row.cell().kind(), row.activity(), KindActivity::plus));
    return sums;
  }

  @Override
  public SortedMap<Instant, KindActivity> stretches(Reach.Within reach, Kind kind, Instant from) {
    var stretches = new TreeMap<Instant, KindActivity>();
    within(reach).stream()
        .filter(row -> row.cell().kind().equals(kind))
        .filter(row -> !row.cell().at().isBefore(from))
        .forEach(row -> stretches.merge(row.cell().at(), row.activity(), KindActivity::plus));
    return stretches;
  }

  List<Kind> kinds(Reach reach) {
    return within(reach).stream().map(row -> row.cell().kind()).distinct().toList();
  }

  private List<Row> within(Reach reach) {
    return rows.all().stream()
        .filter(row -> reach.includes(row.cell().organization(), row.cell().project()))
        .toList();
  }
}
