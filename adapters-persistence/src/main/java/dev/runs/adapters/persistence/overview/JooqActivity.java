package dev.runs.adapters.persistence.overview;

import static dev.runs.adapters.persistence.generated.Tables.ORGANIZATION_ACTIVITY;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.sum;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.overview.Activity;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jooq.Condition;

/** Reads {@code organization_activity}, to which whoever orders events adds. */
public final class JooqActivity implements Activity {

  private final Database database;

  public JooqActivity(Database database) {
    this.database = database;
  }

  @Override
  public List<Hour> hours(Reach.Within reach, Instant from, Instant before) {
    var hour = ORGANIZATION_ACTIVITY.HOUR;
    return database
        .db()
        .select(
            hour,
            sum(ORGANIZATION_ACTIVITY.CREATED),
            sum(ORGANIZATION_ACTIVITY.SUCCEEDED),
            sum(ORGANIZATION_ACTIVITY.FAILED),
            sum(ORGANIZATION_ACTIVITY.TIMED_OUT),
            sum(ORGANIZATION_ACTIVITY.CANCELED))
        .from(ORGANIZATION_ACTIVITY)
        .where(ORGANIZATION_ACTIVITY.ORGANIZATION_ID.eq(reach.organization().value()))
        .and(isWithin(reach))
        .and(hour.ge(text(from)))
        .and(hour.lt(text(before)))
        .groupBy(hour)
        .orderBy(hour)
        .fetch(row ->
            new Hour(
                Instant.parse(row.value1()),
                new Tally(
                    row.value2().longValueExact(),
                    row.value3().longValueExact(),
                    row.value4().longValueExact(),
                    row.value5().longValueExact(),
                    row.value6().longValueExact())));
  }

  private static Condition isWithin(Reach.Within reach) {
    return reach.projects().isEmpty()
        ? noCondition()
        : ORGANIZATION_ACTIVITY.PROJECT.in(
            reach.projects().stream().map(Slug::value).sorted().toList());
  }

  /** To the second, as the hours of the table. */
  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
