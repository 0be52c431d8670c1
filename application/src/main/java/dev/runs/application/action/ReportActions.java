package dev.runs.application.action;

import dev.runs.application.Caller;
import dev.runs.application.ItemResult;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.domain.access.Scope;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionEvent;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.ExecutorReport;
import dev.runs.domain.action.NewAction;
import dev.runs.domain.action.StatusReport;
import dev.runs.domain.action.TrackedUpdate;
import dev.runs.domain.run.RunRejected;
import java.util.List;

/**
 * Hears what executors say of actions. Whatever is said twice, or late, changes nothing and is
 * answered like the first time; what is said of an action that is not there yet is kept until it
 * is, for a day at most.
 *
 * <p>An event moves its attempt, and the run as far as the furthest phase of its current attempt.
 * It ends the run only when nobody ever sends the status of this action beside events: whoever
 * records actions or sends a status does. Then only an event of success ends it as well, for the
 * status can say nothing else; whether an attempt that failed, timed out or was aborted ends the
 * run, the status tells.
 */
public final class ReportActions {

  /** The most reports that may come at once. */
  public static final int MOST_AT_ONCE = 1_000;

  private final Hearing hearing;
  private final EarlyHearing earlyHearing;
  private final Transactions transactions;

  public ReportActions(Hearing hearing, EarlyHearing earlyHearing, Transactions transactions) {
    this.hearing = hearing;
    this.earlyHearing = earlyHearing;
    this.transactions = transactions;
  }

  /**
   * That there is an action. One that is there already stays as it is.
   *
   * @throws ActionRejected.NotFound when its project is beyond the caller's reach
   * @throws dev.runs.domain.queue.QueueRejected.CanceledAbove when a run above it is canceled
   * @throws RunRejected.TooDeep when its parent is as deep as a run may be
   */
  public Heard record(Caller caller, NewAction action) {
    return one(caller, new ExecutorReport.Recorded(action));
  }

  /**
   * How an action is. A live phase that it is past is merely late.
   *
   * @throws ActionRejected.NotFound when its project is beyond the caller's reach
   * @throws RunRejected.IllegalMove when it has ended otherwise
   * @throws RunRejected.LeasedElsewhere when it is queued here and a worker executes it
   */
  public Heard status(Caller caller, ActionAddress action, StatusReport report) {
    return one(caller, new ExecutorReport.Status(action, report));
  }

  /**
   * That there is an action, and how it is, in one transaction. An action that is there already
   * stays as it is but for its status.
   *
   * @throws ActionRejected.NotFound when its project is beyond the caller's reach
   * @throws dev.runs.domain.queue.QueueRejected.CanceledAbove when it is new and a run above it is
   *     canceled
   * @throws RunRejected.TooDeep when its parent is as deep as a run may be
   * @throws RunRejected.IllegalMove when it has ended otherwise
   * @throws RunRejected.LeasedElsewhere when it is queued here and a worker executes it
   */
  public void recordWithStatus(Caller caller, NewAction action, StatusReport report) {
    for (var result :
        all(
            caller,
            List.of(
                new ExecutorReport.Recorded(action),
                new ExecutorReport.Status(action.address(), report)))) {
      if (result instanceof ItemResult.Refused<Heard>(var rejection)) {
        throw rejection;
      }
    }
  }

  /**
   * How attempts are; each event stands for itself.
   *
   * @param events at most {@value #MOST_AT_ONCE}
   * @return what became of each, in their order
   */
  public List<ItemResult<Heard>> events(Caller caller, List<ActionEvent> events) {
    return all(caller, events.stream().<ExecutorReport>map(ExecutorReport.Event::new).toList());
  }

  /**
   * What somebody who drives a whole run says of its actions; each update stands for itself.
   *
   * @param updates at most {@value #MOST_AT_ONCE}
   * @return what became of each, in their order
   */
  public List<ItemResult<Heard>> updates(Caller caller, List<TrackedUpdate> updates) {
    return all(caller, updates.stream().<ExecutorReport>map(ExecutorReport.Update::new).toList());
  }

  private Heard one(Caller caller, ExecutorReport report) {
    return switch (all(caller, List.of(report)).getFirst()) {
      case ItemResult.Done<Heard>(var heard) -> heard;
      case ItemResult.Refused<Heard>(var rejection) -> throw rejection;
    };
  }

  private List<ItemResult<Heard>> all(Caller caller, List<ExecutorReport> reports) {
    caller.require(Scope.RUNS_WRITE);
    if (reports.isEmpty()) {
      return List.of();
    }
    if (reports.size() > MOST_AT_ONCE) {
      throw new RequestRejected.TooManyItems(MOST_AT_ONCE, reports.size());
    }
    var told =
        reports.stream()
            .map(report -> new Hearing.Told(report, caller.principal(), caller.reach()))
            .toList();
    var heard = Hearing.retrying(() -> transactions.inTransaction(() -> hearing.hear(told)));
    earlyHearing.lookAgain(heard.lookFor());
    return heard.results();
  }
}
