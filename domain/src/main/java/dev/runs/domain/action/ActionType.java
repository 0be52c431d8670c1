package dev.runs.domain.action;

import java.util.Locale;

/** What an action does. */
public enum ActionType {
  /** Executes a task. */
  TASK(1),
  /** Was measured within another action, and is told of when it has ended. */
  TRACE(2),
  /** Waits for somebody's signal. */
  CONDITION(3);

  private final int number;

  ActionType(int number) {
    this.number = number;
  }

  /** The number that the protocol has for it. */
  public int number() {
    return number;
  }

  /** As it stands in the database and in filters: {@code task}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
