package dev.runs.adapters.persistence.event;

import static dev.runs.adapters.persistence.generated.Tables.ORGANIZATION_ACTIVITY;
import static dev.runs.adapters.persistence.generated.Tables.RUN_EVENT;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Database;
import dev.runs.domain.event.EventType;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * Counts the runs that came and ended in each hour, from the entries that have just got their
 * places: each is counted once, in the transaction in which it got its place. Whoever counts holds
 * the last position, so that nobody waits for anybody here.
 */
final class ActivityTally {

  private static final List<EventType> COUNTED =
      List.of(
          EventType.CREATED,
          EventType.SUCCEEDED,
          EventType.FAILED,
          EventType.TIMED_OUT,
          EventType.CANCELED);

  private final Database database;

  ActivityTally(Database database) {
    this.database = database;
  }

  /**
   * @param after the position behind which the new entries begin
   * @param last the position of the last one
   */
  void count(long after, long last) {
    var hour = database.dialect().hourOf(RUN_EVENT.AT);
    database
        .db()
        .insertInto(ORGANIZATION_ACTIVITY)
        .columns(
            ORGANIZATION_ACTIVITY.ORGANIZATION_ID,
            ORGANIZATION_ACTIVITY.HOUR,
            ORGANIZATION_ACTIVITY.PROJECT,
            ORGANIZATION_ACTIVITY.CREATED,
            ORGANIZATION_ACTIVITY.SUCCEEDED,
            ORGANIZATION_ACTIVITY.FAILED,
            ORGANIZATION_ACTIVITY.TIMED_OUT,
            ORGANIZATION_ACTIVITY.CANCELED)
        .select(
            select(
                    RUN_EVENT.ORGANIZATION_ID,
                    hour,
                    RUN_EVENT.PROJECT,
                    number(EventType.CREATED),
                    number(EventType.SUCCEEDED),
                    number(EventType.FAILED),
                    number(EventType.TIMED_OUT),
                    number(EventType.CANCELED))
                .from(RUN_EVENT)
                .where(RUN_EVENT.POSITION.gt(after))
                .and(RUN_EVENT.POSITION.le(last))
                .and(RUN_EVENT.TYPE.in(COUNTED.stream().map(EventType::wireName).toList()))
                .groupBy(RUN_EVENT.ORGANIZATION_ID, hour, RUN_EVENT.PROJECT))
        .onConflict(
            ORGANIZATION_ACTIVITY.ORGANIZATION_ID,
            ORGANIZATION_ACTIVITY.HOUR,
            ORGANIZATION_ACTIVITY.PROJECT)
        .doUpdate()
        .set(ORGANIZATION_ACTIVITY.CREATED, more(ORGANIZATION_ACTIVITY.CREATED))
        .set(ORGANIZATION_ACTIVITY.SUCCEEDED, more(ORGANIZATION_ACTIVITY.SUCCEEDED))
        .set(ORGANIZATION_ACTIVITY.FAILED, more(ORGANIZATION_ACTIVITY.FAILED))
        .set(ORGANIZATION_ACTIVITY.TIMED_OUT, more(ORGANIZATION_ACTIVITY.TIMED_OUT))
        .set(ORGANIZATION_ACTIVITY.CANCELED, more(ORGANIZATION_ACTIVITY.CANCELED))
        .execute();
  }

  private static Field<Long> number(EventType type) {
    var one = when(RUN_EVENT.TYPE.eq(inline(type.wireName())), inline(1L)).otherwise(inline(0L));
    return sum(one).cast(SQLDataType.BIGINT);
  }

  private static Field<Long> more(Field<Long> count) {
    return count.plus(excluded(count));
  }
}
