package dev.runs.application.tree;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.action.AttemptView;
import dev.runs.application.action.ShownActions;
import dev.runs.application.run.RunTree;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Scope;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the run that explains why another one failed. */
public final class TraceFailure {

  private final Runs runs;
  private final RunTree tree;
  private final ShownActions actions;
  private final Transactions transactions;

  public TraceFailure(Runs runs, RunTree tree, ShownActions actions, Transactions transactions) {
    this.runs = runs;
    this.tree = tree;
    this.actions = actions;
    this.transactions = transactions;
  }

  /**
   * One run on the way to the cause.
   *
   * @param error what was said of its failure; nothing when nothing was
   */
  public record Step(Run run, Optional<String> error) {}

  /**
   * A failure and what led to it.
   *
   * @param steps from the run that was asked about down to the cause; at least one
   */
  public record Trace(List<Step> steps) {

    public Trace {
      steps = List.copyOf(steps);
    }

    /** The deepest of the runs that failed; the run itself when none below it did. */
    public Step cause() {
      return steps.getLast();
    }
  }

  /**
   * Goes down from a run, each time to the child that failed or timed out first.
   *
   * @return nothing when the run itself has neither failed nor timed out
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws dev.runs.domain.access.AccessRejected.ScopeMissing when the caller may not read runs
   */
  public Optional<Trace> trace(Caller caller, RunId id) {
    caller.require(Scope.RUNS_READ);
    return transactions.inSnapshot(() -> {
      var run = runs.get(caller.reach(), id);
      return isFailure(run) ? Optional.of(new Trace(steps(way(run)))) : Optional.empty();
    });
  }

  private List<Run> way(Run from) {
    var way = new ArrayList<>(List.of(from));
    while (way.getLast().path().depth() < RunPath.DEEPEST) {
      var next = tree.firstFailedBelow(way.getLast().id());
      if (next.isEmpty()) {
        break;
      }
      way.add(next.get());
    }
    return way;
  }

  /** Only where the run says nothing itself are its attempts asked. */
  private List<Step> steps(List<Run> way) {
    var silent = way.stream().filter(run -> said(run).isEmpty()).map(Run::id).toList();
    var attempts = silent.isEmpty() ? Map.<RunId, List<AttemptView>>of() : actions.attempts(silent);
    return way.stream()
        .map(run ->
            new Step(run, said(run).or(() -> said(attempts.getOrDefault(run.id(), List.of())))))
        .toList();
  }

  private static boolean isFailure(Run run) {
    return switch (run.stateName()) {
      case FAILED, TIMED_OUT -> true;
      case PENDING,
          QUEUED,
          WAITING_FOR_RESOURCES,
          INITIALIZING,
          RUNNING,
          PAUSED,
          SUCCEEDED,
          CANCELED ->
          false;
    };
  }

  private static Optional<String> said(Run run) {
    return run.state() instanceof RunState.Failed(_, var failure)
        ? Optional.ofNullable(failure.message()).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  private static Optional<String> said(List<AttemptView> attempts) {
    return attempts.isEmpty()
        ? Optional.empty()
        : attempts.getLast().error().map(ActionError::message).filter(text -> !text.isBlank());
  }
}
