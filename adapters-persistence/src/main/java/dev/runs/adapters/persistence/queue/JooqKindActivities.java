package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.KIND_ACTIVITY;
import static dev.runs.adapters.persistence.generated.Tables.RUN_EVENT;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.KindActivityRecord;
import dev.runs.application.queue.KindActivities;
import dev.runs.application.queue.KindActivity;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.EventType;
import dev.runs.domain.queue.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.TableField;

/** Keeps what became of queued runs in the table {@code kind_activity}. */
public final class JooqKindActivities implements KindActivities {

  private record Cell(UUID organization, String kind, Instant at, String project) {}

  private static final List<TableField<KindActivityRecord, Long>> COUNTS =
      List.of(
          KIND_ACTIVITY.SUCCEEDED,
          KIND_ACTIVITY.FAILED,
          KIND_ACTIVITY.TIMED_OUT,
          KIND_ACTIVITY.CANCELED,
          KIND_ACTIVITY.RETRIED,
          KIND_ACTIVITY.LOST);

  /** The events that tell of an end, of a run or of an attempt. */
  private static final List<String> ENDS =
      Stream.of(
              EventType.SUCCEEDED,
              EventType.FAILED,
              EventType.TIMED_OUT,
              EventType.CANCELED,
              EventType.RETRIED)
          .map(EventType::wireName)
          .toList();

  private static final Field<String> WHY = jsonbGetAttributeAsText(RUN_EVENT.DETAILS, "why");

  private final Database database;

  public JooqKindActivities(Database database) {
    this.database = database;
  }

  @Override
  public void add(long after, long upTo) {
    var sums = new HashMap<Cell, KindActivity>();
    database
        .db()
        .select(
            RUN_EVENT.ORGANIZATION_ID,
            RUN_EVENT.TASK,
            RUN_EVENT.AT,
            RUN_EVENT.PROJECT,
            RUN_EVENT.TYPE,
            RUN_EVENT.ACTOR,
            WHY)
        .from(RUN_EVENT)
        .where(RUN_EVENT.POSITION.gt(after))
        .and(RUN_EVENT.POSITION.le(upTo))
        .and(RUN_EVENT.SERVICE.eq(Kind.SERVICE))
        .and(RUN_EVENT.TYPE.in(ENDS))
        .forEach(row -> {
          // a tracked run may name the service of the queue, and any text as its task
          if (Kind.fits(row.value2())) {
            sums.merge(
                new Cell(
                    row.value1(),
                    row.value2(),
                    KindActivities.stretchOf(row.value3()),
                    row.value4()),
                KindActivity.of(
                    EventType.ofWireName(row.value5()),
                    new Principal(row.value6()),
                    Optional.ofNullable(row.value7())),
                KindActivity::plus);
          }
        });
    if (!sums.isEmpty()) {
      addAll(sums);
    }
  }

  private void addAll(Map<Cell, KindActivity> sums) {
    var insert = database.db().insertInto(KIND_ACTIVITY, KIND_ACTIVITY.fields());
    for (var one : sums.entrySet()) {
      insert = insert.valuesOfRecords(toRow(one.getKey(), one.getValue()));
    }
    var counted = new HashMap<Field<?>, Field<?>>();
    COUNTS.forEach(count -> counted.put(count, count.plus(excluded(count))));
    insert.onConflict(KIND_ACTIVITY.getPrimaryKey().getFields()).doUpdate().set(counted).execute();
  }

  @Override
  public void forget(Instant before) {
    database.db().deleteFrom(KIND_ACTIVITY).where(KIND_ACTIVITY.AT.lt(before)).execute();
  }

  @Override
  public Map<Kind, KindActivity> sums(Reach.Within reach, Collection<Kind> kinds, Instant from) {
    if (kinds.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .select(KIND_ACTIVITY.KIND)
        .select(COUNTS.stream().map(count -> sum(count)).toList())
        .from(KIND_ACTIVITY)
        .where(isWithin(reach))
        .and(KIND_ACTIVITY.KIND.in(kinds.stream().map(Kind::value).toList()))
        .and(KIND_ACTIVITY.AT.ge(from))
        .groupBy(KIND_ACTIVITY.KIND)
        .fetchMap(row -> new Kind(row.get(KIND_ACTIVITY.KIND)), JooqKindActivities::toActivity);
  }

  @Override
  public SortedMap<Instant, KindActivity> stretches(Reach.Within reach, Kind kind, Instant from) {
    var stretches = new TreeMap<Instant, KindActivity>();
    database
        .db()
        .select(KIND_ACTIVITY.AT)
        .select(COUNTS.stream().map(count -> sum(count)).toList())
        .from(KIND_ACTIVITY)
        .where(isWithin(reach))
        .and(KIND_ACTIVITY.KIND.eq(kind.value()))
        .and(KIND_ACTIVITY.AT.ge(from))
        .groupBy(KIND_ACTIVITY.AT)
        .forEach(row -> stretches.put(row.get(KIND_ACTIVITY.AT), toActivity(row)));
    return stretches;
  }

  private static Condition isWithin(Reach.Within reach) {
    return KIND_ACTIVITY
        .ORGANIZATION_ID
        .eq(reach.organization().value())
        .and(
            reach.projects().isEmpty()
                ? noCondition()
                : KIND_ACTIVITY.PROJECT.in(
                    reach.projects().stream().map(Slug::value).sorted().toList()));
  }

  private static KindActivityRecord toRow(Cell cell, KindActivity activity) {
    var row = new KindActivityRecord();
    row.setOrganizationId(cell.organization());
    row.setKind(cell.kind());
    row.setAt(cell.at());
    row.setProject(cell.project());
    row.setSucceeded(activity.succeeded());
    row.setFailed(activity.failed());
    row.setTimedOut(activity.timedOut());
    row.setCanceled(activity.canceled());
    row.setRetried(activity.retried());
    row.setLost(activity.lost());
    return row;
  }

  /** The sums stand behind what they are grouped by. */
  private static KindActivity toActivity(Record row) {
    return new KindActivity(
        whole(row, 1), whole(row, 2), whole(row, 3), whole(row, 4), whole(row, 5), whole(row, 6));
  }

  private static long whole(Record row, int column) {
    return row.get(column, BigDecimal.class).longValueExact();
  }
}
