package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.QUEUE_DELAYED;
import static dev.runs.adapters.persistence.generated.Tables.RUN_LEASE;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.queue.QueueDepths;
import dev.runs.domain.access.Reach;
import dev.runs.domain.queue.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;

/**
 * Counts what stands in {@code queue_ready}, {@code queue_delayed} and {@code run_lease}. Ready
 * runs are counted line by line along their index: so a line with a million runs hides no other.
 */
public final class JooqQueueDepths implements QueueDepths {

  /** At how many lines a count looks; other than a claim, at the same each time. */
  private static final int MOST_LINES = 1_000;

  /** Entries of the index that one count reads, shared by all lines. */
  private static final int MOST_READY = 500_000;

  private final Database database;
  private final DatabaseClock clock;
  private final ReadyLines readyLines;

  /**
   * @param clock where the database has none of its own
   */
  public JooqQueueDepths(Database database, InstantSource clock) {
    this.database = database;
    this.clock = new DatabaseClock(database, clock);
    this.readyLines = new ReadyLines(database);
  }

  @Override
  public Depths count() {
    var lines = readyLines.count(MOST_LINES);
    var mostRuns = Math.min(MOST_IN_A_LINE, MOST_READY / Math.max(1, lines));
    var counts = readyLines.counts(Reach.everywhere(), MOST_LINES, mostRuns);
    var ready = new HashMap<Kind, Integer>();
    var oldest = new HashMap<Kind, Instant>();
    for (var one : counts) {
      ready.merge(one.kind(), one.ready(), Integer::sum);
      oldest.merge(one.kind(), one.oldest(), (a, b) -> a.isBefore(b) ? a : b);
    }
    var delayed =
        byKind(
            select(QUEUE_DELAYED.KIND)
                .from(QUEUE_DELAYED)
                .orderBy(QUEUE_DELAYED.READY_AT)
                .limit(inline(MOST_OF_A_STATE)),
            QUEUE_DELAYED.KIND);
    var running =
        byKind(
            select(RUN_LEASE.KIND)
                .from(RUN_LEASE)
                .orderBy(RUN_LEASE.ORGANIZATION_ID, RUN_LEASE.KIND)
                .limit(inline(MOST_OF_A_STATE)),
            RUN_LEASE.KIND);
    var now = clock.instant();
    var kinds = new TreeSet<>(ready.keySet());
    kinds.addAll(delayed.keySet());
    kinds.addAll(running.keySet());
    var depths =
        kinds.stream()
            .map(kind ->
                new Depth(
                    kind,
                    ready.getOrDefault(kind, 0),
                    delayed.getOrDefault(kind, 0),
                    running.getOrDefault(kind, 0),
                    Optional.ofNullable(oldest.get(kind)).map(since -> age(since, now))))
            .toList();
    var isComplete =
        lines < MOST_LINES
            && counts.stream().allMatch(one -> one.ready() < mostRuns)
            && sum(delayed) < MOST_OF_A_STATE
            && sum(running) < MOST_OF_A_STATE;
    return new Depths(depths, isComplete);
  }

  private Map<Kind, Integer> byKind(Select<Record1<String>> some, Field<String> kind) {
    var runs = some.asTable("runs");
    var found = Objects.requireNonNull(runs.field(kind), "the column that was selected");
    return database
        .db()
        .select(found, DSL.count())
        .from(runs)
        .groupBy(found)
        .fetchMap(row -> new Kind(row.value1()), row -> row.value2());
  }

  private static int sum(Map<Kind, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Duration age(Instant since, Instant now) {
    return now.isAfter(since) ? Duration.between(since, now) : Duration.ZERO;
  }
}
