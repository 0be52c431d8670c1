package dev.runs.adapters.rpc.watch;

import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.action.ActionMessages;
import dev.runs.adapters.rpc.action.Identifiers;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.Sink;
import dev.runs.adapters.rpc.watch.Changes.Portion;
import dev.runs.adapters.rpc.wire.workflow.EnrichedAction;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsResponse;
import dev.runs.application.Caller;
import dev.runs.application.action.ActionView;
import dev.runs.application.action.ListActions;
import dev.runs.application.action.ShowActions;
import dev.runs.application.action.ShowActions.Counted;
import dev.runs.application.event.Change;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventTail;
import dev.runs.application.event.SharedReads;
import dev.runs.application.tree.ShowEvents;
import dev.runs.application.tree.ShowEvents.Ending;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.event.EventType;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Follows the actions of a run. */
public final class ActionWatches {

  private static final int AT_ONCE = 200;

  /** Actions that changed last and are kept for all who follow a tree. */
  private static final int MOST_SHARED = 1_000;

  private final Callers callers;
  private final ShowActions showActions;
  private final ListActions listActions;
  private final ShowEvents showEvents;
  private final EventTail tail;
  private final SharedReads<OfTree, RunId, Counted> reads;

  public ActionWatches(
      Callers callers,
      ShowActions showActions,
      ListActions listActions,
      ShowEvents showEvents,
      EventTail tail) {
    this.callers = callers;
    this.showActions = showActions;
    this.listActions = listActions;
    this.showEvents = showEvents;
    this.tail = tail;
    this.reads = new SharedReads<>(tail, MOST_SHARED);
  }

  /**
   * Sends all actions of a run, and then each that is new or has changed, or below which something
   * has; ends when the run has ended and everything below it.
   */
  public void actions(Call call, WatchActionsRequest request, Sink<WatchActionsResponse> sink)
      throws InterruptedException {
    var filter = ActionFilter.of(request.getFilterList());
    var caller = callers.in(call, request.getRunId().getOrg());
    var address = Identifiers.run(caller.organization(), request.getRunId());
    var root = showActions.find(caller, address.root()).path();
    var messages = new ActionMessages(callers.nameOf(caller.organization()));
    var selection = EventSelection.ofTree(root);
    try (var changes = Changes.of(call, tail, selection);
        var shared = shared(caller, root)) {
      var stream = new Stream(caller, messages, new WantedTree(filter), shared, sink);
      for (var next = changes.next(); next.isPresent(); next = changes.next()) {
        if (next.get().isSilent()) {
          if (changes.mustSpeak()) {
            sink.send(WatchActionsResponse.getDefaultInstance());
          }
        } else if (next.get().isAnew()) {
          stream.sendAll(address);
        } else {
          stream.sendChanged(root, next.get().changes());
        }
        var top = stream.read(Map.of(root.run(), next.get().position())).get(root.run());
        if (top == null) {
          throw new ActionRejected.NotFound(address.root());
        }
        if (top.view().run().stateName().isTerminal() && isOver(selection, next.get())) {
          return;
        }
      }
    }
  }

  /** Those who follow the same tree, or another part of it, and may see the same. */
  private record OfTree(Reach reach, RunId root) {}

  private SharedReads<OfTree, RunId, Counted>.Membership shared(Caller caller, RunPath root) {
    return reads.join(new OfTree(caller.reach(), root.root()));
  }

  /**
   * What has ended was perhaps seen before it was told: all is told before the stream ends. Where
   * the run has ended and something below it has not, its silence counts as the end.
   */
  private boolean isOver(EventSelection selection, Portion told) {
    return switch (showEvents.ending(selection)) {
      case Ending.At(var last) -> last <= told.position();
      case Ending.Soon() -> false;
      case Ending.Live(var isTopLive) -> !isTopLive && told.isSilent();
    };
  }

  /** What one client is sent. */
  private final class Stream {

    private final Caller caller;
    private final ActionMessages messages;
    private final WantedTree tree;
    private final SharedReads<OfTree, RunId, Counted>.Membership shared;
    private final Sink<WatchActionsResponse> sink;

    private Stream(
        Caller caller,
        ActionMessages messages,
        WantedTree tree,
        SharedReads<OfTree, RunId, Counted>.Membership shared,
        Sink<WatchActionsResponse> sink) {
      this.caller = caller;
      this.messages = messages;
      this.tree = tree;
      this.shared = shared;
      this.sink = sink;
    }

    private void sendAll(RunAddress run) {
      var above = new LinkedHashSet<RunId>();
      var token = "";
      do {
        var page =
            listActions.ofRun(
                caller,
                run,
                new ListActions.Asked(
                    AT_ONCE, token, List.of(), List.of(new ListActions.Sort("created_at", true))));
        above.addAll(tree.note(page.items()));
        send(counted(page.items()));
        page.items().forEach(view -> above.remove(view.run().id()));
        token = page.next().orElse("");
      } while (!token.isEmpty());
      sendThese(above.stream().collect(Collectors.toMap(id -> id, _ -> Long.MAX_VALUE)));
    }

    private List<Counted> counted(List<ActionView> views) {
      var below = showActions.below(views.stream().map(view -> view.run().path()).toList());
      return views.stream()
          .map(view -> new Counted(view, below.getOrDefault(view.run().id(), Map.of())))
          .toList();
    }

    private Map<RunId, Counted> read(Map<RunId, Long> wanted) {
      return shared.read(wanted, ids -> showActions.showCounted(caller.reach(), ids));
    }

    /** Each change also changes what is counted below everything that stands above it. */
    private void sendChanged(RunPath root, List<Change> changes) {
      var wanted = new LinkedHashMap<RunId, Long>();
      for (var change : changes) {
        if (change.types().contains(EventType.DELETED)) {
          tree.forget(change.path());
        }
        change.path().ids().stream()
            .skip(root.depth() - 1L)
            .forEach(id -> wanted.merge(id, change.position(), Math::max));
      }
      sendThese(wanted);
    }

    private void sendThese(Map<RunId, Long> wanted) {
      var waiting = new ArrayList<>(wanted.keySet());
      var sent = new HashSet<>(waiting);
      for (var from = 0; from < waiting.size(); from += AT_ONCE) {
        var some = waiting.subList(from, Math.min(waiting.size(), from + AT_ONCE));
        // what stands above a changed one and has not changed itself may be as it was seen last
        var positions =
            some.stream().collect(Collectors.toMap(id -> id, id -> wanted.getOrDefault(id, 0L)));
        var actions = new ArrayList<>(read(positions).values());
        actions.sort(Comparator.comparing(its -> its.view().run().id().value()));
        var touched = tree.note(actions.stream().map(Counted::view).toList());
        send(actions);
        touched.stream().filter(sent::add).forEach(waiting::add);
      }
    }

    private void send(List<Counted> actions) {
      var response = WatchActionsResponse.newBuilder();
      for (var one : actions) {
        var view = one.view();
        tree.isTold(view.run().id())
            .ifPresent(meets ->
                response.addEnrichedActions(
                    EnrichedAction.newBuilder()
                        .setAction(messages.action(view))
                        .setMeetsFilter(meets)
                        .putAllChildrenPhaseCounts(byPhase(one.below()))));
      }
      if (response.getEnrichedActionsCount() > 0) {
        sink.send(response.build());
      }
    }
  }

  private static Map<Integer, Integer> byPhase(Map<StateName, Long> counts) {
    var phases = new HashMap<Integer, Integer>();
    counts.forEach((state, count) -> {
      if (count > 0) {
        phases.merge(ActionPhase.of(state, false).number(), Math.toIntExact(count), Integer::sum);
      }
    });
    return phases;
  }
}
