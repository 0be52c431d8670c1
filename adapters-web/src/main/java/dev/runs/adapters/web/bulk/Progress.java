package dev.runs.adapters.web.bulk;

import dev.runs.application.bulk.BulkAction;
import dev.runs.application.bulk.BulkOperation;
import dev.runs.application.bulk.BulkState;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.StateName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * A bulk operation as pages show it.
 *
 * @param isOwn whether whoever looks has asked for it
 */
public record Progress(BulkOperation operation, boolean isOwn) {

  /** How wide the bar is, in its own units. */
  public static final int WIDTH = 1_000;

  private static final Map<String, String> REASONS =
      Map.of(
          "run.illegal_move", "had ended already",
          "run.not_finished", "had not ended",
          "run.not_queued", "are executed elsewhere and were never in the queue",
          "run.not_found", "were not there any more",
          "run.canceled_above", "lie below a run that is canceled",
          "run.parent_not_found", "lost the run above them",
          "input.credential", "have an input with something that looks like a credential");

  static Progress of(BulkOperation operation, Principal looks) {
    return new Progress(operation, operation.actor().equals(looks));
  }

  /**
   * Why runs were left out.
   *
   * @param code of the refusal
   * @param words how it goes on behind the number of the runs
   */
  public record Reason(String code, String words, long runs) {}

  /** Why runs were left out, the most frequent reason first. */
  public List<Reason> reasons() {
    return operation.tally().reasons().entrySet().stream()
        .sorted(
            Comparator.comparing(Entry<String, Long>::getValue)
                .reversed()
                .thenComparing(Entry::getKey))
        .map(one ->
            new Reason(
                one.getKey(), REASONS.getOrDefault(one.getKey(), "were refused"), one.getValue()))
        .toList();
  }

  public boolean isCancel() {
    return operation.action() == BulkAction.CANCEL;
  }

  /** What is done, as a heading. */
  public String title() {
    return isCancel() ? "Cancel runs" : "Retry runs";
  }

  /** What was done to a run for which it succeeded. */
  public String doneWord() {
    return isCancel() ? "canceled" : "retried";
  }

  /** The state of a run that looks like this one. */
  public StateName look() {
    return switch (operation.state()) {
      case RUNNING -> StateName.RUNNING;
      case DONE -> StateName.SUCCEEDED;
      case STOPPED -> StateName.CANCELED;
    };
  }

  public String stateWord() {
    return operation.state().wireName();
  }

  public boolean isStopped() {
    return operation.state() == BulkState.STOPPED;
  }

  /** How many runs there are; more than were expected when more were found on the way. */
  public long whole() {
    return Math.max(operation.expected(), operation.tally().examined());
  }

  /** Where the part of the bar ends that stands for runs that are done. */
  public long doneWidth() {
    return width(operation.tally().done());
  }

  /** Where the part for runs that were skipped ends. */
  public long skippedEnd() {
    return width(operation.tally().done() + operation.tally().skipped());
  }

  /** Where the part for runs that failed ends. */
  public long failedEnd() {
    return width(operation.tally().examined());
  }

  private long width(long runs) {
    return whole() == 0 ? 0 : runs * WIDTH / whole();
  }
}
