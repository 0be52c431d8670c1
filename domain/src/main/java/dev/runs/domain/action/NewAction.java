package dev.runs.domain.action;

import dev.runs.domain.run.RunName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action that an executor has begun.
 *
 * @param parent the action above; null for the root
 * @param title what it is called: the name of its task, trace or condition
 * @param task of a {@link ActionType#TASK}; null for others
 * @param spec of a trace or a condition all of it, of a task all but the task's specification; null
 *     for nothing
 * @param startedAt null for the moment at which it is heard
 * @param endedAt of a {@link ActionType#TRACE}; null for the moment at which it is heard
 * @param output what a trace gave back; null for nothing
 */
public record NewAction(
    ActionAddress address,
    @Nullable String parent,
    ActionType type,
    String title,
    @Nullable TaskGiven task,
    @Nullable Document spec,
    @Nullable String group,
    @Nullable String subject,
    @Nullable String inputUri,
    @Nullable Document recoveredFrom,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Document output) {

  private static final int MOST_CHARACTERS = 255;
  private static final int MOST_URI_CHARACTERS = 4_096;

  /**
   * @throws ActionRejected.BadName when a text is empty or too long
   */
  public NewAction {
    title = title.length() <= MOST_CHARACTERS ? title : title.substring(0, MOST_CHARACTERS);
    ActionRejected.BadName.check("title", title, MOST_CHARACTERS);
    if (parent != null) {
      ActionRejected.BadName.check("parent", parent, RunName.MOST_CHARACTERS);
    }
    ActionRejected.BadName.checkLongest("group", group, MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("subject", subject, MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("input_uri", inputUri, MOST_URI_CHARACTERS);
  }

  /** Where the action above is found. */
  public ActionAddress parentAddress() {
    return address.run().action(parent == null ? RunName.ROOT_ACTION : parent);
  }

  public ActionFacts facts() {
    return new ActionFacts(
        type,
        group,
        subject,
        task == null ? null : task.facts(),
        spec,
        inputUri,
        null,
        null,
        null,
        null,
        null,
        recoveredFrom,
        null,
        null);
  }
}
