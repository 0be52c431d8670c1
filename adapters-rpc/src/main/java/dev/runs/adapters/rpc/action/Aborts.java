package dev.runs.adapters.rpc.action;

import dev.runs.application.Caller;
import dev.runs.application.action.ShowActions;
import dev.runs.application.queue.CancelRuns;
import dev.runs.domain.action.ActionAddress;

/** Aborts actions with everything below them. What has ended already stays as it ended. */
public final class Aborts {

  /** Why, when a client does not say. <em>Source: the RunService.</em> */
  static final String USUAL_REASON = "User requested abort";

  /** How many batches of a cancellation a client waits for; the rest follows in the background. */
  private static final int BATCHES = 10;

  private final ShowActions showActions;
  private final CancelRuns cancelRuns;

  public Aborts(ShowActions showActions, CancelRuns cancelRuns) {
    this.showActions = showActions;
    this.cancelRuns = cancelRuns;
  }

  /**
   * @param reason blank for the usual one
   * @throws dev.runs.domain.action.ActionRejected.NotFound when there is no such action within the
   *     caller's reach
   */
  void abort(Caller caller, ActionAddress address, String reason) {
    var why = reason.isBlank() ? USUAL_REASON : reason;
    cancelRuns.cancelIfLive(caller, showActions.find(caller, address).id(), why, BATCHES);
  }
}
