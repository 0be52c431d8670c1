package dev.runs.adapters.persistence.event;

import static dev.runs.adapters.persistence.generated.Tables.ORGANIZATION_ACTIVITY;
import static dev.runs.adapters.persistence.generated.Tables.RUN_EVENT;
import static org.jooq.impl.DSL.concat;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.substring;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Database;
import dev.runs.domain.event.EventType;
import dev.runs.domain.run.StateName;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/**
 * Counts the runs that came and ended in each hour, from the entries that have just got their
 * places: each is counted once, in the transaction in which it got its place. A run that was made
 * ended is told of once and counts as both. Whoever counts holds the last position, so that nobody
 * waits for anybody here.
 */
final class ActivityTally {

  private static final List<EventType> COUNTED =
      List.of(
          EventType.CREATED,
          EventType.SUCCEEDED,
          EventType.FAILED,
          EventType.TIMED_OUT,
          EventType.CANCELED);

  private static final List<String> ENDS =
      Arrays.stream(StateName.values())
          .filter(StateName::isTerminal)
          .map(StateName::wireName)
          .toList();

  private static final Field<String> STATE = jsonbGetAttributeAsText(RUN_EVENT.DETAILS, "state");

  /** Of a run that was made ended; earlier versions did not tell it. */
  private static final Field<String> ENDED_AT =
      jsonbGetAttributeAsText(RUN_EVENT.DETAILS, "endedAt");

  /** The beginning of the hour of UTC. */
  private static final Field<String> END_HOUR =
      concat(substring(ENDED_AT, inline(1), inline(13)), inline(":00:00Z"));

  private static final Field<UUID> ORGANIZATION =
      field(name("happened", "organization_id"), RUN_EVENT.ORGANIZATION_ID.getDataType());

  private static final Field<String> HOUR =
      field(name("happened", "hour"), ORGANIZATION_ACTIVITY.HOUR.getDataType());

  private static final Field<String> PROJECT =
      field(name("happened", "project"), RUN_EVENT.PROJECT.getDataType());

  private static final Field<String> WHAT =
      field(name("happened", "what"), RUN_EVENT.TYPE.getDataType());

  private final Database database;

  ActivityTally(Database database) {
    this.database = database;
  }

  /**
   * @param after the position behind which the new entries begin
   * @param last the position of the last one
   */
  void count(long after, long last) {
    var told =
        select(
                RUN_EVENT.ORGANIZATION_ID,
                database.dialect().hourOf(RUN_EVENT.AT).as(HOUR),
                RUN_EVENT.PROJECT,
                RUN_EVENT.TYPE.as(WHAT))
            .from(RUN_EVENT)
            .where(isBetween(after, last))
            .and(RUN_EVENT.TYPE.in(COUNTED.stream().map(EventType::wireName).toList()));
    var madeEnded =
        select(
                RUN_EVENT.ORGANIZATION_ID,
                END_HOUR.as(HOUR),
                RUN_EVENT.PROJECT,
                concat(inline("run."), STATE).as(WHAT))
            .from(RUN_EVENT)
            .where(isBetween(after, last))
            .and(RUN_EVENT.TYPE.eq(EventType.CREATED.wireName()))
            .and(STATE.in(ENDS))
            .and(ENDED_AT.isNotNull());
    var happened = told.unionAll(madeEnded).asTable("happened");
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
                    ORGANIZATION,
                    HOUR,
                    PROJECT,
                    number(EventType.CREATED),
                    number(EventType.SUCCEEDED),
                    number(EventType.FAILED),
                    number(EventType.TIMED_OUT),
                    number(EventType.CANCELED))
                .from(happened)
                .groupBy(ORGANIZATION, HOUR, PROJECT))
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

  private static Condition isBetween(long after, long last) {
    return RUN_EVENT.POSITION.gt(after).and(RUN_EVENT.POSITION.le(last));
  }

  private static Field<Long> number(EventType type) {
    var one = when(WHAT.eq(inline(type.wireName())), inline(1L)).otherwise(inline(0L));
    return sum(one).cast(SQLDataType.BIGINT);
  }

  private static Field<Long> more(Field<Long> count) {
    return count.plus(excluded(count));
  }
}
