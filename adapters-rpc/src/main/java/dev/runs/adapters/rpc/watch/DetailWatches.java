package dev.runs.adapters.rpc.watch;

import com.google.protobuf.Message;
import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.action.ActionMessages;
import dev.runs.adapters.rpc.action.Identifiers;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.Sink;
import dev.runs.adapters.rpc.wire.workflow.WatchActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchClusterEventsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchClusterEventsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsResponse;
import dev.runs.application.Caller;
import dev.runs.application.action.ActionDetails;
import dev.runs.application.action.ShowActions;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventTail;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.AttemptKey;
import org.jspecify.annotations.Nullable;

/** Follows single runs and actions until they have ended. */
public final class DetailWatches {

  private static final int EVENTS_AT_ONCE = 500;

  private final Callers callers;
  private final ShowActions showActions;
  private final EventTail tail;

  public DetailWatches(Callers callers, ShowActions showActions, EventTail tail) {
    this.callers = callers;
    this.showActions = showActions;
    this.tail = tail;
  }

  /** Sends the details of a run whenever they have changed, and ends when the run has. */
  public void runDetails(
      Call call, WatchRunDetailsRequest request, Sink<WatchRunDetailsResponse> sink)
      throws InterruptedException {
    var caller = callers.in(call, request.getRunId().getOrg());
    var address = Identifiers.run(caller.organization(), request.getRunId()).root();
    follow(
        call,
        caller,
        address,
        (messages, details) ->
            WatchRunDetailsResponse.newBuilder().setDetails(messages.runDetails(details)).build(),
        sink);
  }

  /** Sends the details of an action whenever they have changed, and ends when the action has. */
  public void actionDetails(
      Call call, WatchActionDetailsRequest request, Sink<WatchActionDetailsResponse> sink)
      throws InterruptedException {
    var caller = callers.in(call, request.getActionId().getRun().getOrg());
    var address = Identifiers.action(caller.organization(), request.getActionId());
    follow(
        call,
        caller,
        address,
        (messages, details) ->
            WatchActionDetailsResponse.newBuilder().setDetails(messages.details(details)).build(),
        sink);
  }

  private interface Telling<A extends Message> {
    A of(ActionMessages messages, ActionDetails details);
  }

  private <A extends Message> void follow(
      Call call, Caller caller, ActionAddress address, Telling<A> telling, Sink<A> sink)
      throws InterruptedException {
    var path = showActions.find(caller, address).path();
    var messages = new ActionMessages(callers.nameOf(caller.organization()));
    try (var changes = Changes.of(call, tail, EventSelection.ofRun(path))) {
      @Nullable A last = null;
      for (var next = changes.next(); next.isPresent(); next = changes.next()) {
        if (next.get().isSilent()) {
          if (last != null && changes.mustSpeak()) {
            sink.send(last);
          }
          continue;
        }
        var details = showActions.details(caller, address);
        var message = telling.of(messages, details);
        if (!message.equals(last)) {
          sink.send(message);
          last = message;
        }
        if (details.action().phase().isTerminal()) {
          return;
        }
      }
    }
  }

  /** Sends what happens to an attempt, each event once, and ends when the action has. */
  public void clusterEvents(
      Call call, WatchClusterEventsRequest request, Sink<WatchClusterEventsResponse> sink)
      throws InterruptedException {
    var caller = callers.in(call, request.getId().getRun().getOrg());
    var address = Identifiers.action(caller.organization(), request.getId());
    var path = showActions.find(caller, address).path();
    var attempt = new AttemptKey(path.run(), request.getAttempt());
    try (var changes = Changes.of(call, tail, EventSelection.ofRun(path))) {
      var place = 0L;
      for (var next = changes.next(); next.isPresent(); next = changes.next()) {
        if (next.get().isSilent()) {
          if (changes.mustSpeak()) {
            sink.send(WatchClusterEventsResponse.getDefaultInstance());
          }
          continue;
        }
        // whether it has ended is asked first: what was told before that is then sent, too
        var isOver = showActions.find(caller, address).stateName().isTerminal();
        place = sendEvents(attempt, place, sink);
        if (isOver) {
          return;
        }
      }
    }
  }

  /** Returns the place of the last event that was sent. */
  private long sendEvents(AttemptKey attempt, long after, Sink<WatchClusterEventsResponse> sink) {
    var place = after;
    while (true) {
      var told = showActions.clusterEvents(attempt, place, EVENTS_AT_ONCE);
      if (told.isEmpty()) {
        return place;
      }
      var response = WatchClusterEventsResponse.newBuilder();
      told.forEach(event -> response.addClusterEvents(ActionMessages.clusterEvent(event)));
      sink.send(response.build());
      place = told.getLast().place();
    }
  }
}
