package dev.runs.application.action;

import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.Document;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of an action.
 *
 * @param action with all its facts
 * @param taskSpec the specification of its task
 * @param attempts by number, at most {@value #MOST_ATTEMPTS}, the last ones
 * @param end how it ended
 */
public record ActionDetails(
    ActionView action, Optional<Document> taskSpec, List<AttemptView> attempts, End end) {

  /** The most attempts an action is shown with. */
  public static final int MOST_ATTEMPTS = 100;

  public ActionDetails {
    attempts = List.copyOf(attempts);
  }

  /** How an action ended. */
  public sealed interface End {

    /** It has not ended, or nothing more is to be said of it. */
    record None() implements End {}

    /** It failed or timed out; its last attempt's error. */
    record Failed(ActionError error) implements End {}

    /**
     * It was aborted.
     *
     * @param reason nothing when nobody gave one
     * @param by the principal who did so, when a reason was given
     * @param byWhom who did so, as an executor said
     */
    record Aborted(Optional<String> reason, Optional<String> by, Optional<Document> byWhom)
        implements End {}

    /**
     * A condition was signalled.
     *
     * @param value what was signalled
     * @param by who did so, as far as known
     */
    record Signalled(Document value, Optional<Document> by) implements End {}
  }
}
