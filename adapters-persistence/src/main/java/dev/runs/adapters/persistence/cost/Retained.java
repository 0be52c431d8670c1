package dev.runs.adapters.persistence.cost;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;

/**
 * Which of the runs that are gone a filter means. They count as if they had been made and begun at
 * midnight. Whose children they were and what they were called is forgotten, so a filter that asks
 * for it means none of them.
 */
record Retained(Reach.Within reach, RunFilter filter) {

  private static final Field<Instant> CREATED = RUN.CREATED_AT;

  /**
   * @param table one that has the columns of a run that are remembered
   */
  Condition matches(Table<?> table) {
    if (filter.parent().isPresent() || filter.isOfRoots() || filter.text().isPresent()) {
      return falseCondition();
    }
    var created = day(table, "created_day");
    var started = day(table, "started_day");
    return of(table, RUN.ORGANIZATION_ID)
        .eq(reach.organization().value())
        .and(
            reach.projects().isEmpty()
                ? noCondition()
                : of(table, RUN.PROJECT)
                    .in(reach.projects().stream().map(Slug::value).sorted().toList()))
        .and(is(of(table, RUN.SERVICE), filter.service()))
        .and(is(of(table, RUN.TASK), filter.task()))
        .and(is(of(table, RUN.USER_ID), filter.user().map(UserId::value)))
        .and(is(of(table, RUN.APP_ID), filter.app()))
        .and(is(of(table, RUN.BRAND_ID), filter.brand()))
        .and(is(of(table, RUN.CAMPAIGN_ID), filter.campaign()))
        .and(is(of(table, RUN.PROJECT), filter.project().map(Slug::value)))
        .and(filter.createdFrom().map(created::ge).orElse(noCondition()))
        .and(filter.createdBefore().map(created::lt).orElse(noCondition()))
        .and(filter.startedFrom().map(started::ge).orElse(noCondition()))
        .and(filter.startedTo().map(started::le).orElse(noCondition()))
        .and(
            filter.states().isEmpty()
                ? noCondition()
                : of(table, RUN.STATE)
                    .in(filter.states().stream().sorted().map(StateName::wireName).toList()));
  }

  private static <T> Field<T> of(Table<?> table, Field<T> column) {
    return Objects.requireNonNull(table.field(column), "a column of this name");
  }

  private static Field<Instant> day(Table<?> table, String column) {
    return field(name(table.getName(), column), CREATED.getDataType());
  }

  private static <T> Condition is(Field<T> field, Optional<T> value) {
    return value.map(field::eq).orElse(noCondition());
  }
}
