package dev.runs.domain.action;

import org.jspecify.annotations.Nullable;

/**
 * The task of an action as it comes: by its id, or with its whole specification.
 *
 * @param type such as {@code python}; null when unknown
 * @param shortName what people call it; null when unknown
 * @param environment where it is executed; null when unknown
 * @param function the name of the function that is the task; null when unknown
 * @param spec the specification; null when only the id was given. It is kept once for all actions
 *     of the organization that have the same.
 */
public record TaskGiven(
    TaskId id,
    @Nullable String type,
    @Nullable String shortName,
    @Nullable String environment,
    @Nullable String function,
    @Nullable Document spec) {

  /** A task of which only the id is known. */
  public static TaskGiven ofId(TaskId id) {
    return new TaskGiven(id, null, null, null, null, null);
  }

  public TaskGiven {
    ActionRejected.BadName.checkLongest("task type", type, TaskId.MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("short name", shortName, TaskId.MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("environment", environment, TaskId.MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("function", function, TaskId.MOST_CHARACTERS);
  }

  /** What is kept beside the action. */
  public TaskFacts facts() {
    return new TaskFacts(
        id, type, shortName, environment, function, spec == null ? null : spec.digest());
  }
}
