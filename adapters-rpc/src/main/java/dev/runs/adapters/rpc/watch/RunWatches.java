package dev.runs.adapters.rpc.watch;

import com.google.protobuf.Timestamp;
import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.action.ActionMessages;
import dev.runs.adapters.rpc.action.Identifiers;
import dev.runs.adapters.rpc.action.Moments;
import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.Sink;
import dev.runs.adapters.rpc.wire.common.ProjectIdentifier;
import dev.runs.adapters.rpc.wire.common.Sort;
import dev.runs.adapters.rpc.wire.workflow.WatchGroupsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchGroupsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsResponse;
import dev.runs.application.Caller;
import dev.runs.application.action.ActionView;
import dev.runs.application.action.ListActions;
import dev.runs.application.action.ShowActions;
import dev.runs.application.action.ShowTaskGroups;
import dev.runs.application.action.TaskGroup;
import dev.runs.application.event.Change;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventTail;
import dev.runs.application.event.SharedReads;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Follows the runs of an organization, and their tasks. */
public final class RunWatches {

  /** The newest runs that are told at first. */
  private static final int MOST_AT_FIRST = 200;

  private static final int AT_ONCE = 200;

  /** Each time all runs of the stretch of time are looked at. */
  private static final Duration PACE_OF_GROUPS = Duration.ofSeconds(1);

  /** Runs that changed last and are kept for all who follow an organization. */
  private static final int MOST_SHARED = 1_000;

  private final Callers callers;
  private final ShowActions showActions;
  private final ListActions listActions;
  private final ShowTaskGroups showTaskGroups;
  private final EventTail tail;
  private final SharedReads<Reach, RunId, ActionView> runs;
  private final SharedReads<WantedGroups, Boolean, List<TaskGroup>> groups;

  public RunWatches(
      Callers callers,
      ShowActions showActions,
      ListActions listActions,
      ShowTaskGroups showTaskGroups,
      EventTail tail) {
    this.callers = callers;
    this.showActions = showActions;
    this.listActions = listActions;
    this.showTaskGroups = showTaskGroups;
    this.tail = tail;
    this.runs = new SharedReads<>(tail, MOST_SHARED);
    this.groups = new SharedReads<>(tail, 1);
  }

  /** Sends the newest runs, and then each that is new or has changed. It does not end by itself. */
  public void runs(Call call, WatchRunsRequest request, Sink<WatchRunsResponse> sink)
      throws InterruptedException {
    var caller = callers.in(call, organization(request));
    var target = new Target(request);
    var messages = new ActionMessages(callers.nameOf(caller.organization()));
    var reach = caller.keptWithin().reach();
    try (var changes = Changes.of(call, tail, target.selection(reach));
        var shared = runs.join(reach)) {
      for (var next = changes.next(); next.isPresent(); next = changes.next()) {
        if (next.get().isSilent()) {
          if (changes.mustSpeak()) {
            sink.send(WatchRunsResponse.getDefaultInstance());
          }
          continue;
        }
        var runs =
            next.get().isAnew()
                ? first(caller, target)
                : changed(shared, caller, target, next.get().changes());
        for (var from = 0; from < runs.size(); from += AT_ONCE) {
          var response = WatchRunsResponse.newBuilder();
          runs.subList(from, Math.min(runs.size(), from + AT_ONCE))
              .forEach(view -> response.addRuns(messages.run(view)));
          sink.send(response.build());
        }
      }
    }
  }

  private static String organization(WatchRunsRequest request) {
    return switch (request.getTargetCase()) {
      case ORG -> request.getOrg();
      case CLUSTER_ID -> request.getClusterId().getOrganization();
      case PROJECT_ID -> request.getProjectId().getOrganization();
      case TASK_ID -> request.getTaskId().getOrg();
      case TARGET_NOT_SET -> throw new IllegalStateException("the rules want a target");
    };
  }

  private List<ActionView> first(Caller caller, Target target) {
    var asked =
        new ListActions.Asked(
            MOST_AT_FIRST, "", List.of(), List.of(new ListActions.Sort("created_at", false)));
    var views = listActions.roots(caller, target.scope(), false, asked).items();
    return chosen(caller, target, views).reversed();
  }

  private List<ActionView> changed(
      SharedReads<Reach, RunId, ActionView>.Membership shared,
      Caller caller,
      Target target,
      List<Change> changes) {
    var reach = caller.keptWithin().reach();
    var views = new ArrayList<ActionView>();
    for (var from = 0; from < changes.size(); from += AT_ONCE) {
      var wanted =
          changes.subList(from, Math.min(changes.size(), from + AT_ONCE)).stream()
              .collect(Collectors.toMap(Change::run, Change::position));
      views.addAll(shared.read(wanted, ids -> showActions.showAll(reach, ids)).values());
    }
    views.removeIf(view -> !target.includes(view));
    views.sort(Comparator.comparing(view -> view.run().id().value()));
    return chosen(caller, target, views);
  }

  /** Where a run is executed is known of its attempts alone. */
  private List<ActionView> chosen(Caller caller, Target target, List<ActionView> views) {
    if (target.cluster().isEmpty()) {
      return views;
    }
    var chosen = new ArrayList<ActionView>();
    for (var from = 0; from < views.size(); from += ShowActions.MOST_DETAILS) {
      var some = views.subList(from, Math.min(views.size(), from + ShowActions.MOST_DETAILS));
      var details =
          showActions.detailsOf(
              caller.keptWithin().reach(), some.stream().map(view -> view.run().id()).toList());
      some.stream()
          .filter(view ->
              Optional.ofNullable(details.get(view.run().id())).stream()
                  .flatMap(its -> its.attempts().stream())
                  .anyMatch(attempt -> attempt.cluster().equals(target.cluster())))
          .forEach(chosen::add);
    }
    return chosen;
  }

  /** Which runs a client wants to follow. */
  private record Target(WatchRunsRequest request) {

    Optional<String> cluster() {
      return request.hasClusterId()
          ? Optional.of(request.getClusterId().getName())
          : Optional.empty();
    }

    ListActions.Scope scope() {
      return switch (request.getTargetCase()) {
        case PROJECT_ID ->
            new ListActions.Scope.InProject(
                request.getProjectId().getName(), request.getProjectId().getDomain());
        case TASK_ID -> new ListActions.Scope.OfTask(Identifiers.task(request.getTaskId()));
        case ORG, CLUSTER_ID, TARGET_NOT_SET -> new ListActions.Scope.Organization();
      };
    }

    EventSelection selection(Reach reach) {
      var roots = EventSelection.within(reach).ofRoots();
      return request.hasTaskId() ? roots.ofTask(Optional.of(request.getTaskId().getName())) : roots;
    }

    boolean includes(ActionView view) {
      var space = view.run().space();
      return switch (request.getTargetCase()) {
        case PROJECT_ID ->
            space.project().value().equals(request.getProjectId().getName())
                && space.domain().equals(request.getProjectId().getDomain());
        case TASK_ID -> {
          var task = view.facts().task();
          yield task != null && task.id().equals(Identifiers.task(request.getTaskId()));
        }
        case ORG, CLUSTER_ID, TARGET_NOT_SET -> true;
      };
    }
  }

  /**
   * Sends the runs of a stretch of time by their tasks; with an end once, else those groups again
   * that have changed.
   */
  public void groups(Call call, WatchGroupsRequest request, Sink<WatchGroupsResponse> sink)
      throws InterruptedException {
    var caller = callers.in(call, request.getProjectId().getOrganization());
    var selection = EventSelection.within(caller.keptWithin().reach()).ofRoots();
    try (var changes = Changes.of(call, tail, selection, PACE_OF_GROUPS);
        var shared = groups.join(WantedGroups.of(caller, request))) {
      var told = new LinkedHashMap<String, dev.runs.adapters.rpc.wire.workflow.TaskGroup>();
      for (var next = changes.next(); next.isPresent(); next = changes.next()) {
        if (next.get().isSilent()) {
          if (changes.mustSpeak()) {
            sink.send(WatchGroupsResponse.newBuilder().setSentinel(true).build());
          }
          continue;
        }
        var wanted = next.get().isAnew() ? Long.MAX_VALUE : next.get().position();
        var now = groups(shared, wanted, caller, request);
        var response = WatchGroupsResponse.newBuilder().setSentinel(true);
        now.forEach((name, group) -> {
          if (!group.equals(told.get(name))) {
            response.addTaskGroups(group);
          }
        });
        told.keySet().stream()
            .filter(name -> !now.containsKey(name))
            .forEach(name -> response.addTaskGroups(gone(name)));
        if (next.get().isAnew() || response.getTaskGroupsCount() > 0) {
          sink.send(response.build());
        }
        told.clear();
        told.putAll(now);
        if (request.hasEndDate()) {
          return;
        }
      }
    }
  }

  private static dev.runs.adapters.rpc.wire.workflow.TaskGroup gone(String name) {
    return dev.runs.adapters.rpc.wire.workflow.TaskGroup.newBuilder()
        .setTaskName(name)
        .setShouldDelete(true)
        .build();
  }

  private Map<String, dev.runs.adapters.rpc.wire.workflow.TaskGroup> groups(
      SharedReads<WantedGroups, Boolean, List<TaskGroup>>.Membership shared,
      long position,
      Caller caller,
      WatchGroupsRequest request) {
    var groups =
        new ArrayList<>(
            shared
                .read(Map.of(true, position), _ -> Map.of(true, read(caller, request)))
                .getOrDefault(true, List.of()));
    if (isOldestFirst(request)) {
      groups.sort(Comparator.comparing(TaskGroup::latestRun));
    }
    var limit = request.getRequest().getLimit();
    var byName = new LinkedHashMap<String, dev.runs.adapters.rpc.wire.workflow.TaskGroup>();
    groups.stream()
        .limit(limit <= 0 ? groups.size() : limit)
        .forEach(group -> byName.put(group.taskName(), GroupMessages.of(group)));
    return byName;
  }

  private List<TaskGroup> read(Caller caller, WatchGroupsRequest request) {
    return showTaskGroups.groups(
        caller,
        request.getProjectId().getName(),
        request.getProjectId().getDomain(),
        Moments.read("start_date", request.getStartDate()),
        request.hasEndDate()
            ? Optional.of(Moments.read("end_date", request.getEndDate()))
            : Optional.empty());
  }

  /** Those who follow the same groups and may see the same. */
  private record WantedGroups(
      Reach reach,
      OrganizationId organization,
      ProjectIdentifier project,
      Timestamp start,
      Timestamp end) {

    static WantedGroups of(Caller caller, WatchGroupsRequest request) {
      return new WantedGroups(
          caller.reach(),
          caller.organization(),
          request.getProjectId(),
          request.getStartDate(),
          request.getEndDate());
    }
  }

  private static boolean isOldestFirst(WatchGroupsRequest request) {
    return request.getKnownSortFieldsCount() > 0
        && request.getKnownSortFields(0).getCreatedAt() == Sort.Direction.ASCENDING;
  }
}
