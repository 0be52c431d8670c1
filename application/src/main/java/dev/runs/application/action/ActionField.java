package dev.runs.application.action;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What lists of actions are narrowed and sorted by; labels come beside these. */
public enum ActionField {
  PROJECT(Kind.TEXT),
  DOMAIN(Kind.TEXT),
  RUN_NAME(Kind.TEXT),
  NAME(Kind.TEXT),
  PARENT_NAME(Kind.TEXT),
  GROUP_NAME(Kind.TEXT),
  PHASE(Kind.PHASE),
  ACTION_TYPE(Kind.TYPE),
  RUN_SOURCE(Kind.TEXT),
  CREATED_BY(Kind.TEXT),
  TRIGGER_TASK_NAME(Kind.TEXT),
  TRIGGER_NAME(Kind.TEXT),
  TRIGGER_REVISION(Kind.NUMBER),
  TRIGGER_TYPE(Kind.TEXT),
  TASK_PROJECT(Kind.TEXT),
  TASK_DOMAIN(Kind.TEXT),
  TASK_NAME(Kind.TEXT),
  TASK_VERSION(Kind.TEXT),
  FUNCTION_NAME(Kind.TEXT),
  ENVIRONMENT_NAME(Kind.TEXT),
  CREATED_AT(Kind.INSTANT),
  UPDATED_AT(Kind.INSTANT),
  ENDED_AT(Kind.INSTANT),
  DURATION_MS(Kind.NUMBER);

  /** What its values are. */
  public enum Kind {
    TEXT,
    NUMBER,
    INSTANT,
    PHASE,
    TYPE
  }

  private final Kind kind;

  ActionField(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Such as {@code task_name}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds nothing when there is no such field; {@code created_by_subject} is another name. */
  public static Optional<ActionField> ofWireName(String name) {
    var known = name.equals("created_by_subject") ? "created_by" : name;
    return Arrays.stream(values()).filter(field -> field.wireName().equals(known)).findFirst();
  }
}
