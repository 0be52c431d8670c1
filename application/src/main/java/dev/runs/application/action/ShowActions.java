package dev.runs.application.action;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.EndReasons;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows actions, also runs that were made on another surface, in a few queries however many. */
public final class ShowActions {

  /** How many actions can be asked for at once. */
  public static final int MOST_AT_ONCE = 1_000;

  /** Of how many actions the details can be asked for at once. */
  public static final int MOST_DETAILS = 100;

  /** How many cluster events can be asked for at once. */
  public static final int MOST_CLUSTER_EVENTS = 1_000;

  private final Actions actions;
  private final ShownActions shown;
  private final EndReasons endReasons;
  private final Ledger ledger;
  private final Transactions transactions;

  public ShowActions(
      Actions actions,
      ShownActions shown,
      EndReasons endReasons,
      Ledger ledger,
      Transactions transactions) {
    this.actions = actions;
    this.shown = shown;
    this.endReasons = endReasons;
    this.ledger = ledger;
    this.transactions = transactions;
  }

  /**
   * The run that is found under a name.
   *
   * @throws ActionRejected.NotFound when there is none within the caller's reach
   */
  public Run find(Caller caller, ActionAddress address) {
    return Optional.ofNullable(actions.findAll(List.of(address)).get(address))
        .filter(run -> caller.reach().includes(run.organization(), run.space().project()))
        .orElseThrow(() -> new ActionRejected.NotFound(address));
  }

  /**
   * @throws ActionRejected.NotFound when there is none within the caller's reach
   */
  public ActionView show(Caller caller, ActionAddress address) {
    return transactions.inSnapshot(() -> {
      var run = find(caller, address);
      return Optional.ofNullable(shown.findAll(caller.reach(), List.of(run.id())).get(run.id()))
          .orElseThrow(() -> new ActionRejected.NotFound(address));
    });
  }

  /**
   * Those of these runs that are within reach.
   *
   * @param runs at most {@value #MOST_AT_ONCE}
   */
  public Map<RunId, ActionView> showAll(Reach reach, Collection<RunId> runs) {
    return runs.isEmpty() ? Map.of() : transactions.inSnapshot(() -> shown.findAll(reach, runs));
  }

  /**
   * An action and what stands below it.
   *
   * @param below how many runs below it are in which state
   */
  public record Counted(ActionView view, Map<StateName, Long> below) {}

  /**
   * Those of these runs that are within reach, with what stands below each.
   *
   * @param runs at most {@value #MOST_AT_ONCE}
   */
  public Map<RunId, Counted> showCounted(Reach reach, Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    return transactions.inSnapshot(() -> {
      var views = shown.findAll(reach, runs);
      var below = below(views.values().stream().map(view -> view.run().path()).toList());
      var counted = new LinkedHashMap<RunId, Counted>();
      views.forEach(
          (id, view) -> counted.put(id, new Counted(view, below.getOrDefault(id, Map.of()))));
      return counted;
    });
  }

  /**
   * @throws ActionRejected.NotFound when there is none within the caller's reach
   */
  public ActionDetails details(Caller caller, ActionAddress address) {
    return transactions.inSnapshot(() -> {
      var run = find(caller, address);
      return Optional.ofNullable(detailsOf(caller.reach(), List.of(run.id())).get(run.id()))
          .orElseThrow(() -> new ActionRejected.NotFound(address));
    });
  }

  /**
   * All that is known of those of these runs that are within reach.
   *
   * @param runs at most {@value #MOST_DETAILS}
   */
  public Map<RunId, ActionDetails> detailsOf(Reach reach, Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    return transactions.inSnapshot(() -> {
      var views = shown.findAllInFull(reach, runs);
      var specs = shown.taskSpecs(views.keySet());
      var attempts = shown.attempts(views.keySet());
      var canceled =
          views.values().stream()
              .filter(view -> view.run().stateName() == StateName.CANCELED)
              .map(view -> view.run().id())
              .toList();
      var reasons =
          canceled.isEmpty() ? Map.<RunId, EndReasons.EndReason>of() : endReasons.findAll(canceled);
      var details = new LinkedHashMap<RunId, ActionDetails>();
      views.forEach((id, view) -> {
        var its = attempts.getOrDefault(id, List.of());
        details.put(
            id,
            new ActionDetails(
                view,
                Optional.ofNullable(specs.get(id)),
                its,
                end(view, its, Optional.ofNullable(reasons.get(id)))));
      });
      return details;
    });
  }

  /**
   * What the action was given and gave back.
   *
   * @throws ActionRejected.NotFound when there is none within the caller's reach
   */
  public ActionPayloads data(Caller caller, ActionAddress address) {
    return transactions.inSnapshot(() -> {
      var view = show(caller, address);
      var id = view.run().id();
      var isDone = view.run().stateName() == StateName.SUCCEEDED;
      var attempts =
          isDone ? shown.attempts(List.of(id)).getOrDefault(id, List.of()) : List.<AttemptView>of();
      return new ActionPayloads(
          view,
          shown.inputs(id),
          Optional.ofNullable(view.facts().inputUri()),
          Optional.ofNullable(view.status().output()),
          attempts.isEmpty() ? Optional.empty() : attempts.getLast().outputs());
    });
  }

  /**
   * What happened to an attempt of an action, in the order in which it was told.
   *
   * @param after the place behind which to begin; 0 for the beginning
   * @param limit 1 to {@value #MOST_CLUSTER_EVENTS}
   */
  public List<ToldClusterEvent> clusterEvents(AttemptKey attempt, long after, int limit) {
    return shown.clusterEvents(attempt, after, limit);
  }

  /** How many runs below each of these are in which state; in one statement. */
  public Map<RunId, Map<StateName, Long>> below(Collection<RunPath> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    var rollups = ledger.ofAll(runs);
    var counts = new HashMap<RunId, Map<StateName, Long>>();
    runs.forEach(path ->
        counts.put(path.run(), rollups.getOrDefault(path.run(), Rollup.EMPTY).descendants()));
    return counts;
  }

  private static ActionDetails.End end(
      ActionView view, List<AttemptView> attempts, Optional<EndReasons.EndReason> reason) {
    return switch (view.phase()) {
      case FAILED, TIMED_OUT -> failed(view, attempts);
      case ABORTED ->
          new ActionDetails.End.Aborted(
              reason.map(EndReasons.EndReason::text),
              reason.map(its -> its.by().value()),
              Optional.ofNullable(view.status().endedBy()));
      case SUCCEEDED -> succeeded(view);
      case QUEUED, WAITING_FOR_RESOURCES, INITIALIZING, RUNNING, PAUSED, RECOVERED ->
          new ActionDetails.End.None();
    };
  }

  private static ActionDetails.End succeeded(ActionView view) {
    var value = view.status().output();
    return view.facts().type() == ActionType.CONDITION && value != null
        ? new ActionDetails.End.Signalled(value, Optional.ofNullable(view.status().endedBy()))
        : new ActionDetails.End.None();
  }

  private static ActionDetails.End failed(ActionView view, List<AttemptView> attempts) {
    var ofAttempt = attempts.isEmpty() ? Optional.<ActionError>empty() : attempts.getLast().error();
    if (ofAttempt.isPresent()) {
      return new ActionDetails.End.Failed(ofAttempt.get());
    }
    return view.run().state() instanceof RunState.Failed(_, var failure)
        ? new ActionDetails.End.Failed(ActionError.of(failure))
        : new ActionDetails.End.None();
  }
}
