package dev.runs.application.overview;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Counts in memory what is sequenced there. */
public final class InMemoryActivity implements Activity {

  private record Key(OrganizationId organization, Slug project, Instant hour) {}

  private record Counted(Key key, Tally tally) {}

  private final InMemoryTransactions.Table<Key, Counted> rows;

  public InMemoryActivity(InMemoryTransactions transactions) {
    this.rows =
        transactions.table(
            Comparator.comparing(Key::hour)
                .thenComparing(key -> key.organization().value())
                .thenComparing(key -> key.project().value()));
  }

  /** An event got its place. */
  public void count(RunEvent event) {
    add(event, event.at(), one(event.type()));
    if (event.type() == EventType.CREATED && event.details().containsKey("endedAt")) {
      var end = Instant.parse(event.details().get("endedAt"));
      add(event, end, one(EventType.ofWireName("run." + event.details().get("state"))));
    }
  }

  private void add(RunEvent event, Instant at, Tally one) {
    if (!one.equals(Tally.NONE)) {
      var key =
          new Key(event.organization(), event.space().project(), at.truncatedTo(ChronoUnit.HOURS));
      var before = rows.get(key);
      rows.put(key, new Counted(key, before == null ? one : before.tally().plus(one)));
    }
  }

  @Override
  public List<Hour> hours(Reach.Within reach, Instant from, Instant before) {
    var sums = new TreeMap<Instant, Tally>();
    for (var row : rows.all()) {
      var hour = row.key().hour();
      if (reach.includes(row.key().organization(), row.key().project())
          && !hour.isBefore(from)
          && hour.isBefore(before)) {
        sums.merge(hour, row.tally(), Tally::plus);
      }
    }
    return sums.entrySet().stream().map(sum -> new Hour(sum.getKey(), sum.getValue())).toList();
  }

  private static Tally one(EventType type) {
    return switch (type) {
      case CREATED -> new Tally(1, 0, 0, 0, 0);
      case SUCCEEDED -> new Tally(0, 1, 0, 0, 0);
      case FAILED -> new Tally(0, 0, 1, 0, 0);
      case TIMED_OUT -> new Tally(0, 0, 0, 1, 0);
      case CANCELED -> new Tally(0, 0, 0, 0, 1);
      case ENQUEUED,
          STARTED,
          STATE_CHANGED,
          RETRIED,
          CANCEL_REQUESTED,
          COST_ADDED,
          VALIDATION_RECORDED,
          ATTEMPT_CHANGED,
          CLUSTER_EVENT,
          PROGRESS,
          DELETED ->
          Tally.NONE;
    };
  }
}
