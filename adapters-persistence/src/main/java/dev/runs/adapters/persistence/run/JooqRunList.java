package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;

/** Lists runs, each list along an index that begins with the organization. */
public final class JooqRunList implements RunList {

  private final Database database;

  public JooqRunList(Database database) {
    this.database = database;
  }

  @Override
  public List<Run> latestStartFirst(Reach.Within reach, RunFilter filter, int limit, int offset) {
    return database
        .db()
        .selectFrom(RUN)
        .where(matches(reach, filter))
        .and(isNotBeingDeleted())
        .orderBy(database.dialect().latestFirst(RUN.STARTED_AT), RUN.ID.desc())
        .limit(limit)
        .offset(offset)
        .fetch(RunRows::toRun);
  }

  @Override
  public List<Run> byCreation(
      Reach.Within reach,
      RunFilter filter,
      Stretch stretch,
      Order order,
      Optional<RunId> after,
      int limit) {
    var isNewestFirst = order == Order.NEWEST_FIRST;
    return database
        .db()
        .selectFrom(RUN)
        .where(matches(reach, filter))
        .and(stretch.from().map(RUN.ID::ge).orElse(noCondition()))
        .and(stretch.before().map(RUN.ID::lt).orElse(noCondition()))
        .and(
            after
                .map(id -> isNewestFirst ? RUN.ID.lt(id.value()) : RUN.ID.gt(id.value()))
                .orElse(noCondition()))
        .and(isNotBeingDeleted())
        .orderBy(isNewestFirst ? RUN.ID.desc() : RUN.ID.asc())
        .limit(limit)
        .fetch(RunRows::toRun);
  }

  /** The runs within a reach that a filter means. */
  public static Condition matches(Reach.Within reach, RunFilter filter) {
    return isWithin(reach)
        .and(is(RUN.SERVICE, filter.service()))
        .and(is(RUN.TASK, filter.task()))
        .and(is(RUN.USER_ID, filter.user().map(UserId::value)))
        .and(is(RUN.PARENT_ID, filter.parent().map(RunId::value)))
        .and(is(RUN.APP_ID, filter.app()))
        .and(is(RUN.BRAND_ID, filter.brand()))
        .and(is(RUN.CAMPAIGN_ID, filter.campaign()))
        .and(is(RUN.PROJECT, filter.project().map(Slug::value)))
        .and(filter.createdFrom().map(RUN.CREATED_AT::ge).orElse(noCondition()))
        .and(filter.createdBefore().map(RUN.CREATED_AT::lt).orElse(noCondition()))
        .and(filter.startedFrom().map(RUN.STARTED_AT::ge).orElse(noCondition()))
        .and(filter.startedTo().map(RUN.STARTED_AT::le).orElse(noCondition()))
        .and(
            filter.states().isEmpty()
                ? noCondition()
                : RUN.STATE.in(
                    filter.states().stream().sorted().map(StateName::wireName).toList()));
  }

  private static <T> Condition is(Field<T> field, Optional<T> value) {
    return value.map(field::eq).orElse(noCondition());
  }
}
