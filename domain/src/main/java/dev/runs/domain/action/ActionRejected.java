package dev.runs.domain.action;

import dev.runs.domain.Rejection;
import org.jspecify.annotations.Nullable;

/** What can be refused about actions. */
public abstract sealed class ActionRejected extends Rejection {

  private ActionRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** No such action within the caller's reach, or one that is being deleted. */
  public static final class NotFound extends ActionRejected {
    public NotFound(ActionAddress action) {
      super(Reason.NOT_FOUND, "action.not_found", "There is no action %s.".formatted(action));
    }
  }

  /** A name that a root of the same project and domain has. */
  public static final class NameTaken extends ActionRejected {
    public NameTaken(RunAddress run) {
      super(Reason.CONFLICT, "action.run_exists", "There is a run %s already.".formatted(run));
    }
  }

  /** No trigger of this name. */
  public static final class TriggerNotFound extends ActionRejected {
    public TriggerNotFound(TriggerName trigger) {
      super(
          Reason.NOT_FOUND,
          "action.trigger_not_found",
          "There is no trigger %s.".formatted(trigger));
    }
  }

  /** A trigger that is put in the place of a revision that is not the present one. */
  public static final class TriggerChanged extends ActionRejected {
    public TriggerChanged(TriggerName trigger, long revision) {
      super(
          Reason.CONFLICT,
          "action.trigger_changed",
          "The trigger %s is in revision %d; the next one is put in its place alone."
              .formatted(trigger, revision));
    }
  }

  /** A text that is empty or too long. */
  public static final class BadName extends ActionRejected {
    public BadName(String field, int least, int most, int length) {
      super(
          Reason.INVALID,
          "action.invalid_name",
          "%s has %d to %d characters, not %d.".formatted(field, least, most, length));
    }

    static void check(String field, String value, int most) {
      if (value.isBlank() || value.length() > most) {
        throw new BadName(field, 1, most, value.strip().length());
      }
    }

    static void checkLongest(String field, @Nullable String value, int most) {
      if (value != null && value.length() > most) {
        throw new BadName(field, 0, most, value.length());
      }
    }
  }

  /** A name that is no name of a project. */
  public static final class BadProject extends ActionRejected {
    public BadProject(String project) {
      super(
          Reason.INVALID,
          "action.invalid_project",
          "project '%s' can be none: a project has 1 to 63 lower-case letters, digits, '-', '_' and '.', and begins and ends with a letter or digit."
              .formatted(project));
    }
  }

  /** A document that is too large. */
  public static final class DocumentTooLarge extends ActionRejected {
    public DocumentTooLarge(int bytes) {
      super(
          Reason.INVALID,
          "action.document_too_large",
          "A document has at most %,d bytes as JSON, not %,d."
              .formatted(Document.MOST_BYTES, bytes));
    }
  }

  /** A number or a list that is larger than a report may have. */
  public static final class BadReport extends ActionRejected {
    public BadReport(String field, long least, long most, long given) {
      super(
          Reason.INVALID,
          "action.invalid_report",
          "%s is %d to %d, not %d.".formatted(field, least, most, given));
    }

    static void checkRange(String field, long least, long most, long given) {
      if (given < least || given > most) {
        throw new BadReport(field, least, most, given);
      }
    }
  }

  /** More labels than a run may have, or one that is empty or too long. */
  public static final class BadLabel extends ActionRejected {
    public BadLabel(int mostLabels, int mostCharacters) {
      super(
          Reason.INVALID,
          "action.invalid_label",
          "A run has at most %d labels; a key has 1 to %d characters and a value at most %d."
              .formatted(mostLabels, mostCharacters, mostCharacters));
    }
  }

  /** A signal for what waits for none. */
  public static final class NotSignalable extends ActionRejected {
    public NotSignalable(ActionAddress action, String why) {
      super(
          Reason.CONFLICT,
          "action.not_signalable",
          "%s takes no signal: %s.".formatted(action, why));
    }
  }

  /** A signal of another type than the condition waits for. */
  public static final class WrongSignal extends ActionRejected {
    public WrongSignal(String expected, String given) {
      super(
          Reason.INVALID,
          "action.wrong_signal",
          "The condition waits for a value of type %s, not %s.".formatted(expected, given));
    }
  }

  /** A list that is asked for by a field, an operator or a value that there is not. */
  public static final class BadFilter extends ActionRejected {
    public BadFilter(String sentence) {
      super(Reason.INVALID, "action.invalid_filter", sentence);
    }
  }
}
