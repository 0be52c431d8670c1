package dev.runs.domain.action;

import dev.runs.domain.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run as an action from its beginning, and never changes.
 *
 * @param group what its parent groups it under; null for nothing
 * @param subject on whose behalf its executor works; null when nobody said
 * @param task what a {@link ActionType#TASK} executes; null for others
 * @param spec what was recorded of it: of a trace or a condition everything, of a task all but the
 *     task's specification; null for nothing
 * @param inputUri where its inputs lie; null when nobody said
 * @param inputsHash of inputs that lie elsewhere; null when nobody said
 * @param executedBy who started it, as far as is known; null when nobody is
 * @param createdBy the subject of who started it, for filters; null when nobody is
 * @param source how it came about, such as {@code RUN_SOURCE_CLI}; null when nobody said
 * @param relation how its run is related to another; null for not at all
 * @param recoveredFrom the action whose success it takes over; null for none
 * @param trigger what started it; null when somebody did by hand
 * @param runSpec how the run is executed; of roots only
 */
public record ActionFacts(
    ActionType type,
    @Nullable String group,
    @Nullable String subject,
    @Nullable TaskFacts task,
    @Nullable Document spec,
    @Nullable String inputUri,
    @Nullable String inputsHash,
    @Nullable Document executedBy,
    @Nullable String createdBy,
    @Nullable String source,
    @Nullable Document relation,
    @Nullable Document recoveredFrom,
    @Nullable TriggerFacts trigger,
    @Nullable Document runSpec) {

  /**
   * What can be told of a run that was made on another surface: it executes the task of its origin,
   * in the project and domain where it is, in no version.
   *
   * @param organization as the organization is called outside
   */
  public static ActionFacts of(Run run, String organization) {
    var task =
        new TaskFacts(
            new TaskId(
                organization,
                run.space().project().value(),
                run.space().domain(),
                run.origin().task(),
                ""),
            null,
            run.origin().task(),
            run.origin().service(),
            null,
            null);
    return new ActionFacts(
        ActionType.TASK,
        null,
        null,
        task,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
