package dev.runs.domain.run;

import dev.runs.domain.Rejection;
import java.util.Set;

/** What can be refused about a run. */
public abstract sealed class RunRejected extends Rejection {

  private RunRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** No such run within the caller's reach, or one that is being deleted. */
  public static final class NotFound extends RunRejected {
    public NotFound() {
      super(Reason.NOT_FOUND, "run.not_found", "Run not found");
    }
  }

  /** No such parent in the organization, or one that is being deleted. */
  public static final class ParentNotFound extends RunRejected {
    private final boolean isLate;

    /**
     * @param parent as the caller named it
     */
    public ParentNotFound(String parent) {
      this(parent, false);
    }

    private ParentNotFound(String parent, boolean isLate) {
      super(
          Reason.NOT_FOUND,
          "run.parent_not_found",
          "parentRunId %s does not exist".formatted(parent));
      this.isLate = isLate;
    }

    /** A parent that was there a moment ago and was deleted while its child was written. */
    public static ParentNotFound late() {
      return new ParentNotFound("of the run", true);
    }

    public boolean isLate() {
      return isLate;
    }
  }

  /** A run under one that is already as deep as a run may be. */
  public static final class TooDeep extends RunRejected {
    public TooDeep(RunId parent) {
      super(
          Reason.UNPROCESSABLE,
          "run.too_deep",
          "Run %s stands at depth %d, the deepest there is; it can have no child."
              .formatted(parent, RunPath.DEEPEST));
    }
  }

  /** A run that has ended, and otherwise than is now reported. */
  public static final class IllegalMove extends RunRejected {
    private final StateName current;

    public IllegalMove(Run run, StateName to) {
      super(
          Reason.CONFLICT,
          "run.illegal_move",
          "Run %s is %s and cannot become %s."
              .formatted(run.id(), run.stateName().wireName(), to.wireName()));
      this.current = run.stateName();
    }

    public StateName currentState() {
      return current;
    }

    public Set<StateName> allowedTransitions() {
      return RunTransition.allowedFrom(current);
    }
  }

  /** A queued run, reported on by somebody who does not hold its lease. */
  public static final class LeasedElsewhere extends RunRejected {
    public LeasedElsewhere(RunId run) {
      super(
          Reason.CONFLICT,
          "run.leased_elsewhere",
          "Run %s is queued here; only the holder of its lease ends it.".formatted(run));
    }
  }

  /** Somebody else changed the run between reading and writing it; the request may be repeated. */
  public static final class ChangedMeanwhile extends RunRejected {
    public ChangedMeanwhile(RunId run) {
      super(
          Reason.CONFLICT,
          "run.changed_meanwhile",
          "Run %s was changed by somebody else at the same moment; try again.".formatted(run));
    }
  }

  /** A text that is too short or too long. */
  public static final class BadField extends RunRejected {
    private final String field;

    public BadField(String field, int least, int most, int length) {
      super(
          Reason.INVALID,
          "run.invalid_field",
          "%s has %d to %d characters, not %d.".formatted(field, least, most, length));
      this.field = field;
    }

    public String field() {
      return field;
    }
  }

  /** A run that names another project than the one its parent is in. */
  public static final class OtherProject extends RunRejected {
    public OtherProject() {
      super(
          Reason.UNPROCESSABLE,
          "run.other_project",
          "A run is in the project of its parent; projectId names another one.");
    }
  }
}
