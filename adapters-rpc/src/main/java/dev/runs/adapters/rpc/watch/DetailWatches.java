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
import dev.runs.application.action.ToldClusterEvent;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventTail;
import dev.runs.application.event.SharedReads;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.run.RunId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows single runs and actions until they have ended. */
public final class DetailWatches {

  private static final int EVENTS_AT_ONCE = 500;

  /** At so many places those who follow one attempt may stand and share what they read. */
  private static final int PLACES_AT_ONCE = 4;

  private final Callers callers;
  private final ShowActions showActions;
  private final EventTail tail;
  private final SharedReads<OfRun, RunId, ActionDetails> details;
  private final SharedReads<OfAttempt, Long, Told> clusterEvents;

  public DetailWatches(Callers callers, ShowActions showActions, EventTail tail) {
    this.callers = callers;
    this.showActions = showActions;
    this.tail = tail;
    this.details = new SharedReads<>(tail, 1);
    this.clusterEvents = new SharedReads<>(tail, PLACES_AT_ONCE);
  }

  /** Those who follow one run and may see the same. */
  private record OfRun(Reach reach, RunId run) {}

  /** Those who follow what happens to one attempt. */
  private record OfAttempt(Reach reach, AttemptKey attempt) {}

  /**
   * What was told of an attempt behind a place.
   *
   * @param isOver whether the action had ended before that
   */
  private record Told(boolean isOver, List<ToldClusterEvent> events) {}

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
    var run = path.run();
    try (var changes = Changes.of(call, tail, EventSelection.ofRun(path));
        var shared = details.join(new OfRun(caller.reach(), run))) {
      @Nullable A last = null;
      for (var next = changes.next(); next.isPresent(); next = changes.next()) {
        if (next.get().isSilent()) {
          if (last != null && changes.mustSpeak()) {
            sink.send(last);
          }
          continue;
        }
        var wanted = next.get().isAnew() ? Long.MAX_VALUE : next.get().position();
        var details =
            shared
                .read(Map.of(run, wanted), runs -> showActions.detailsOf(caller.reach(), runs))
                .get(run);
        if (details == null) {
          throw new ActionRejected.NotFound(address);
        }
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
    try (var changes = Changes.of(call, tail, EventSelection.ofRun(path));
        var shared = clusterEvents.join(new OfAttempt(caller.reach(), attempt))) {
      var place = 0L;
      for (var next = changes.next(); next.isPresent(); next = changes.next()) {
        if (next.get().isSilent()) {
          if (changes.mustSpeak()) {
            sink.send(WatchClusterEventsResponse.getDefaultInstance());
          }
          continue;
        }
        var wanted = next.get().isAnew() ? Long.MAX_VALUE : next.get().position();
        var told = told(shared, place, wanted, caller, address, attempt);
        while (!told.events().isEmpty()) {
          var response = WatchClusterEventsResponse.newBuilder();
          told.events()
              .forEach(event -> response.addClusterEvents(ActionMessages.clusterEvent(event)));
          sink.send(response.build());
          place = told.events().getLast().place();
          told = told(shared, place, wanted, caller, address, attempt);
        }
        if (told.isOver()) {
          return;
        }
      }
    }
  }

  /** What comes behind a place, read once for all who are there. */
  private Told told(
      SharedReads<OfAttempt, Long, Told>.Membership shared,
      long place,
      long wanted,
      Caller caller,
      ActionAddress address,
      AttemptKey attempt) {
    return Objects.requireNonNull(
        shared
            .read(
                Map.of(place, wanted),
                _ -> {
                  // whether it has ended is asked first: what was told before is then sent, too
                  var isOver = showActions.find(caller, address).stateName().isTerminal();
                  return Map.of(
                      place,
                      new Told(isOver, showActions.clusterEvents(attempt, place, EVENTS_AT_ONCE)));
                })
            .get(place));
  }
}
