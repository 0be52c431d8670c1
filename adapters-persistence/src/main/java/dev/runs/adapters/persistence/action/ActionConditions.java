package dev.runs.adapters.persistence.action;

import static dev.runs.adapters.persistence.generated.Tables.ACTION_REPORT;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_LABEL;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.length;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.position;
import static org.jooq.impl.DSL.right;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.runs.application.action.ActionCriterion;
import dev.runs.application.action.ActionCriterion.Operator;
import dev.runs.application.action.ActionField;
import dev.runs.application.action.ActionList.Among;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.run.StateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;

/** What lists of actions are narrowed by, in SQL. */
final class ActionConditions {

  private final ActionQuery query;
  private final Among among;

  ActionConditions(ActionQuery query, Among among) {
    this.query = query;
    this.among = among;
  }

  Condition all(List<ActionCriterion> criteria) {
    return criteria.stream().map(this::of).reduce(noCondition(), Condition::and);
  }

  private Condition of(ActionCriterion criterion) {
    return switch (criterion) {
      case ActionCriterion.OfText(var field, var operator, var values) ->
          compared(ActionQuery.text(field), operator, values).and(hint(field, operator, values));
      case ActionCriterion.OfLabel(var key, var operator, var values) ->
          label(key, operator, values);
      case ActionCriterion.OfNumber(var field, var operator, var values) ->
          compared(query.number(field), operator, values);
      case ActionCriterion.OfInstant(var field, var operator, var values) ->
          compared(ActionQuery.instant(field), operator, values);
      case ActionCriterion.InPhase(var phases) -> phase(phases);
      case ActionCriterion.OfType(var types) ->
          ActionQuery.text(ActionField.ACTION_TYPE)
              .in(types.stream().map(ActionType::wireName).sorted().toList());
      case ActionCriterion.HasPaused() -> hasPaused();
    };
  }

  /** The task of a root stands in the run itself, where an index finds it. */
  private Condition hint(ActionField field, Operator operator, List<String> values) {
    var isSought =
        among instanceof Among.Roots
            && field == ActionField.TASK_NAME
            && (operator == Operator.EQUAL || operator == Operator.VALUE_IN);
    return isSought ? RUN.TASK.in(values) : noCondition();
  }

  private <T> Condition compared(Field<T> field, Operator operator, List<T> values) {
    return switch (operator) {
      case EQUAL, VALUE_IN -> field.in(values);
      case NOT_EQUAL, VALUE_NOT_IN -> field.isNull().or(field.notIn(values));
      case GREATER_THAN -> field.gt(values.getFirst());
      case GREATER_THAN_OR_EQUAL -> field.ge(values.getFirst());
      case LESS_THAN -> field.lt(values.getFirst());
      case LESS_THAN_OR_EQUAL -> field.le(values.getFirst());
      case CONTAINS -> any(values, value -> position(text(field), value.toString()).gt(0));
      case CONTAINS_CASE_INSENSITIVE ->
          any(values, value -> position(small(text(field)), small(val(value.toString()))).gt(0));
      case ENDS_WITH -> any(values, value -> endsWith(text(field), value.toString()));
      case NOT_ENDS_WITH ->
          field.isNull().or(not(any(values, value -> endsWith(text(field), value.toString()))));
      case EXISTS -> field.isNotNull();
      case NOT_EXISTS -> field.isNull();
    };
  }

  private static <T> Condition any(List<T> values, Function<T, Condition> one) {
    return or(values.stream().map(one).toList());
  }

  private static Field<String> text(Field<?> field) {
    return field.coerce(String.class);
  }

  private Field<String> small(Field<String> text) {
    return query.dialect().lowerCase(text);
  }

  /** Compared as it is, where LIKE would know wildcards, and on SQLite no case of letters. */
  private static Condition endsWith(Field<String> field, String value) {
    var characters = value.codePointCount(0, value.length());
    return characters == 0
        ? field.isNotNull()
        : length(field).ge(characters).and(right(field, characters).eq(value));
  }

  private Condition label(String key, Operator operator, List<String> values) {
    return switch (operator) {
      case NOT_EQUAL, VALUE_NOT_IN -> not(hasLabel(key, Operator.EQUAL, values));
      case NOT_ENDS_WITH -> not(hasLabel(key, Operator.ENDS_WITH, values));
      case NOT_EXISTS -> not(hasLabel(key, Operator.EXISTS, values));
      case EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          CONTAINS,
          VALUE_IN,
          ENDS_WITH,
          CONTAINS_CASE_INSENSITIVE,
          EXISTS ->
          hasLabel(key, operator, values);
    };
  }

  /** Labels are those of the root. */
  private Condition hasLabel(String key, Operator operator, List<String> values) {
    var whose =
        switch (among) {
          case Among.Roots(var reach) -> RUN_LABEL.ORGANIZATION_ID.eq(reach.organization().value());
          case Among.OfTree(var root) -> RUN_LABEL.RUN_ID.eq(root.value());
        };
    return RUN.ROOT_ID.in(
        select(RUN_LABEL.RUN_ID)
            .from(RUN_LABEL)
            .where(whose)
            .and(RUN_LABEL.LABEL_KEY.eq(key))
            .and(compared(RUN_LABEL.LABEL_VALUE, operator, values)));
  }

  private static Condition phase(Set<ActionPhase> phases) {
    if (phases.size() == ActionPhase.values().length) {
      return noCondition();
    }
    var states = new ArrayList<String>();
    for (var state : StateName.values()) {
      if (state != StateName.SUCCEEDED && phases.contains(ActionPhase.of(state, false))) {
        states.add(state.wireName());
      }
    }
    var succeeded = RUN.STATE.eq(StateName.SUCCEEDED.wireName());
    var isRecovered = ACTION_REPORT.RECOVERED.isNotNull().and(ACTION_REPORT.RECOVERED);
    var own = phases.contains(ActionPhase.SUCCEEDED);
    var taken = phases.contains(ActionPhase.RECOVERED);
    var alternatives = new ArrayList<Condition>();
    if (own && taken) {
      states.add(StateName.SUCCEEDED.wireName());
    } else if (own) {
      alternatives.add(succeeded.and(not(isRecovered)));
    } else if (taken) {
      alternatives.add(succeeded.and(isRecovered));
    }
    if (!states.isEmpty()) {
      alternatives.add(RUN.STATE.in(states));
    }
    return alternatives.isEmpty() ? falseCondition() : or(alternatives);
  }

  private Condition hasPaused() {
    var paused = RUN.as("paused");
    var whose =
        switch (among) {
          case Among.Roots(var reach) -> paused.ORGANIZATION_ID.eq(reach.organization().value());
          case Among.OfTree(var root) -> paused.ROOT_ID.eq(root.value());
        };
    return RUN.ROOT_ID.in(
        select(paused.ROOT_ID)
            .from(paused)
            .where(whose)
            .and(paused.STATE.eq(StateName.PAUSED.wireName())));
  }
}
