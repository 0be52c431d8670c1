package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * The runs within a reach that a filter means, as conditions.
 *
 * <p>Each part of a filter has an index of its own, and a database that has never counted what is
 * in the table picks one of them blindly. So whoever asks says which parts are to be found by their
 * index; the columns of the others are wrapped, so that no index fits them.
 */
public record RunConditions(Reach.Within reach, RunFilter filter) {

  /** What a filter can narrow; the narrower ones first, as far as one can say that of all. */
  enum Part {
    PARENT,
    CAMPAIGN,
    BRAND,
    USER,
    APP,
    TASK,
    STATES,
    SERVICE,
    PROJECT,
    ROOTS,
    BEGINNING
  }

  /** The parts that summaries find by their index, beside the start of a run. */
  private static final Set<Part> OF_SUMMARIES =
      EnumSet.of(Part.PARENT, Part.TASK, Part.PROJECT, Part.STATES);

  /** For a summary, in whatever order. */
  public static Condition matches(Reach.Within reach, RunFilter filter) {
    return new RunConditions(reach, filter).all(OF_SUMMARIES, true);
  }

  /** The parts by which the filter narrows. */
  Set<Part> parts() {
    var parts = EnumSet.noneOf(Part.class);
    for (var part : Part.values()) {
      if (narrows(part)) {
        parts.add(part);
      }
    }
    return parts;
  }

  private boolean narrows(Part part) {
    return switch (part) {
      case PARENT -> filter.parent().isPresent();
      case CAMPAIGN -> filter.campaign().isPresent();
      case BRAND -> filter.brand().isPresent();
      case USER -> filter.user().isPresent();
      case APP -> filter.app().isPresent();
      case TASK -> filter.task().isPresent();
      case STATES -> !filter.states().isEmpty();
      case SERVICE -> filter.service().isPresent();
      case PROJECT -> filter.project().isPresent() || reach.projects().size() == 1;
      case ROOTS -> filter.isOfRoots();
      case BEGINNING -> filter.searchedBeginning().isPresent();
    };
  }

  /** Whether the runs of a part lie in the order of their ids in its index. */
  boolean isInOrder(Part part) {
    return switch (part) {
      case STATES -> filter.states().size() == 1;
      case BEGINNING -> false;
      case PARENT, CAMPAIGN, BRAND, USER, APP, TASK, SERVICE, PROJECT, ROOTS -> true;
    };
  }

  /**
   * All that is asked for.
   *
   * @param byIndex the parts that an index may find
   * @param startByIndex whether an index may find the start
   */
  Condition all(Set<Part> byIndex, boolean startByIndex) {
    var condition =
        inOrganization()
            .and(inProjects(byIndex.contains(Part.PROJECT)))
            .and(filter.searchedId().map(RunId::value).map(RUN.ID::eq).orElse(noCondition()))
            .and(filter.createdFrom().map(RUN.CREATED_AT::ge).orElse(noCondition()))
            .and(filter.createdBefore().map(RUN.CREATED_AT::lt).orElse(noCondition()))
            .and(started(startByIndex));
    for (var part : parts()) {
      condition = condition.and(of(part, byIndex.contains(part)));
    }
    return condition;
  }

  Condition inOrganization() {
    return RUN.ORGANIZATION_ID.eq(reach.organization().value());
  }

  /**
   * @param byIndex whether an index may find it
   */
  Condition of(Part part, boolean byIndex) {
    return switch (part) {
      case PARENT -> is(RUN.PARENT_ID, filter.parent().map(RunId::value), byIndex);
      case CAMPAIGN -> is(RUN.CAMPAIGN_ID, filter.campaign(), byIndex);
      case BRAND -> is(RUN.BRAND_ID, filter.brand(), byIndex);
      case USER -> is(RUN.USER_ID, filter.user().map(UserId::value), byIndex);
      case APP -> is(RUN.APP_ID, filter.app(), byIndex);
      case TASK -> is(RUN.TASK, filter.task(), byIndex);
      case STATES -> ofStates(filter.states(), byIndex);
      case SERVICE -> is(RUN.SERVICE, filter.service(), byIndex);
      case PROJECT -> is(RUN.PROJECT, filter.project().map(Slug::value), byIndex);
      case ROOTS -> column(RUN.PARENT_ID, byIndex).isNull();
      case BEGINNING -> begins(column(RUN.NAME, byIndex)).or(begins(column(RUN.TASK, byIndex)));
    };
  }

  /** Roots that have ended have an index of their own, by their states. */
  Condition ofStates(Set<StateName> states, boolean byIndex) {
    var names = states.stream().sorted().map(StateName::wireName).toList();
    var condition = isOne(column(RUN.STATE, byIndex), names);
    return byIndex && hasIndexOfEndedRoots(states)
        ? condition.and(RUN.PARENT_ID.isNull()).and(RUN.ENDED_AT.ge(Instant.EPOCH))
        : condition;
  }

  /** One state, and not the one in which most runs end. */
  boolean isOfOneStateThatFewRunsKeep() {
    return filter.states().size() == 1 && !filter.states().contains(StateName.SUCCEEDED);
  }

  /** Whether an index finds all runs that are meant when they also have to be in a state. */
  boolean isByStateAlone(StateName state) {
    var others = parts();
    others.remove(Part.STATES);
    if (hasIndexOfEndedRoots(Set.of(state))) {
      others.remove(Part.ROOTS);
    }
    return others.isEmpty()
        && reach.projects().isEmpty()
        && filter.searchedId().isEmpty()
        && filter.createdFrom().isEmpty()
        && filter.createdBefore().isEmpty()
        && filter.startedFrom().isEmpty()
        && filter.startedTo().isEmpty();
  }

  boolean hasIndexOfEndedRoots(Set<StateName> states) {
    return filter.isOfRoots() && states.stream().allMatch(StateName::isTerminal);
  }

  /** Whether a column begins with what is searched for. */
  Condition begins(Field<String> column) {
    return filter
        .searchedBeginning()
        .map(text -> column.ge(text).and(endOf(text).map(column::lt).orElse(noCondition())))
        .orElse(noCondition());
  }

  private Condition inProjects(boolean byIndex) {
    return reach.projects().isEmpty()
        ? noCondition()
        : isOne(
            column(RUN.PROJECT, byIndex),
            reach.projects().stream().map(Slug::value).sorted().toList());
  }

  private Condition started(boolean byIndex) {
    var column = column(RUN.STARTED_AT, byIndex);
    return filter
        .startedFrom()
        .map(column::ge)
        .orElse(noCondition())
        .and(filter.startedTo().map(column::le).orElse(noCondition()));
  }

  private static Condition isOne(Field<String> column, Collection<String> values) {
    return values.size() == 1 ? column.eq(values.iterator().next()) : column.in(values);
  }

  private static <T> Condition is(Field<T> column, Optional<T> value, boolean byIndex) {
    return value.map(column(column, byIndex)::eq).orElse(noCondition());
  }

  private static <T> Field<T> column(Field<T> column, boolean byIndex) {
    return byIndex ? column : coalesce(column, column);
  }

  /**
   * The first text, in the order of code points, behind all that begin with this one; nothing when
   * there is none.
   */
  static Optional<String> endOf(String beginning) {
    var points = beginning.codePoints().toArray();
    for (var last = points.length - 1; last >= 0; last--) {
      if (points[last] < Character.MAX_CODE_POINT) {
        var next = points[last] + 1;
        points[last] = next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
        return Optional.of(new String(points, 0, last + 1));
      }
    }
    return Optional.empty();
  }
}
