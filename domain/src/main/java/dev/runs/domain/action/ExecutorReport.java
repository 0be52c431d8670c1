package dev.runs.domain.action;

/** Something that an executor says of an action. */
public sealed interface ExecutorReport {

  /** What it is about. */
  ActionAddress about();

  /** That there is an action. */
  record Recorded(NewAction action) implements ExecutorReport {
    @Override
    public ActionAddress about() {
      return action.address();
    }
  }

  /** How an action is as a whole. */
  record Status(ActionAddress about, StatusReport report) implements ExecutorReport {}

  /** How an attempt of an action is. */
  record Event(ActionEvent event) implements ExecutorReport {
    @Override
    public ActionAddress about() {
      return event.action();
    }
  }

  /** All of these of one action, which stand or fall together. */
  record Update(TrackedUpdate update) implements ExecutorReport {
    @Override
    public ActionAddress about() {
      return update.event().action();
    }
  }
}
