package dev.runs.application.action;

import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that must be so of every action of a list. What an action does not have equals nothing,
 * is in no list and ends with nothing, so it passes the opposite of each; it is neither less nor
 * greater than anything.
 */
public sealed interface ActionCriterion {

  /** How an action is compared with given values. */
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    GREATER_THAN,
    GREATER_THAN_OR_EQUAL,
    LESS_THAN,
    LESS_THAN_OR_EQUAL,
    CONTAINS,
    VALUE_IN,
    VALUE_NOT_IN,
    ENDS_WITH,
    NOT_ENDS_WITH,
    CONTAINS_CASE_INSENSITIVE,
    EXISTS,
    NOT_EXISTS
  }

  /** A text; several values are alternatives. Texts are compared as they are, without wildcards. */
  record OfText(ActionField field, Operator operator, List<String> values)
      implements ActionCriterion {
    public OfText {
      values = List.copyOf(values);
    }
  }

  /** A label of the run; several values are alternatives. */
  record OfLabel(String key, Operator operator, List<String> values) implements ActionCriterion {
    public OfLabel {
      values = List.copyOf(values);
    }
  }

  /** A number, which neither contains nor ends with anything. */
  record OfNumber(ActionField field, Operator operator, List<Long> values)
      implements ActionCriterion {
    public OfNumber {
      values = List.copyOf(values);
    }
  }

  /** A moment, which neither contains nor ends with anything. */
  record OfInstant(ActionField field, Operator operator, List<Instant> values)
      implements ActionCriterion {
    public OfInstant {
      values = List.copyOf(values);
    }
  }

  /** One of these phases. */
  record InPhase(Set<ActionPhase> phases) implements ActionCriterion {
    public InPhase {
      // in one order always, for places in lists are marked with it
      phases = Collections.unmodifiableSet(new TreeSet<>(phases));
    }
  }

  /** One of these types. */
  record OfType(Set<ActionType> types) implements ActionCriterion {
    public OfType {
      types = Collections.unmodifiableSet(new TreeSet<>(types));
    }
  }

  /** A root in whose tree something is paused, itself or below. */
  record HasPaused() implements ActionCriterion {}
}
