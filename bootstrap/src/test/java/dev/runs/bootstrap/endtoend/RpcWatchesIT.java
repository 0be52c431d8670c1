package dev.runs.bootstrap.endtoend;

import static dev.runs.bootstrap.endtoend.RunCalls.at;
import static dev.runs.bootstrap.endtoend.RunCalls.filter;
import static dev.runs.bootstrap.endtoend.RunCalls.refused;
import static dev.runs.bootstrap.endtoend.RunCalls.runNames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.ClusterIdentifier;
import dev.runs.adapters.rpc.wire.common.Filter;
import dev.runs.adapters.rpc.wire.common.Sort;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.ClusterEvent;
import dev.runs.adapters.rpc.wire.workflow.EnrichedAction;
import dev.runs.adapters.rpc.wire.workflow.Run;
import dev.runs.adapters.rpc.wire.workflow.TaskGroup;
import dev.runs.adapters.rpc.wire.workflow.WatchActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchClusterEventsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchClusterEventsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchGroupsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchGroupsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The streams of the RunService: first how things are, then how they change, each by what it can be
 * narrowed by, and the end of those that have one.
 */
@Timeout(180)
final class RpcWatchesIT {

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(new OncePerClass(Installation.onSqlite()));
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(new OncePerClass(Installation.onPostgres()));
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {

    private static final Timestamp LONG_AGO = Timestamp.newBuilder().setSeconds(1_000).build();
    private static final Timestamp FAR_OFF =
        Timestamp.newBuilder().setSeconds(4_000_000_000L).build();

    @RegisterExtension final OncePerClass installation;

    private Server server;
    private RunCalls calls;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(OncePerClass installation) {
      this.installation = installation;
    }

    @BeforeAll
    void startAServer() throws IOException {
      server = installation.start();
      calls = RunCalls.of(server);
    }

    // ---- details

    @Test
    void detailsOfARunAreToldAsTheyChangeUntilItHasEnded() throws IOException {
      calls.create("followed", "etl.load");
      try (var stream =
          open(
              "WatchRunDetails",
              WatchRunDetailsRequest.newBuilder().setRunId(calls.runId("followed")).build(),
              WatchRunDetailsResponse.getDefaultInstance())) {
        assertThat(stream.next().orElseThrow().getDetails()).isEqualTo(calls.run("followed"));

        calls.events(calls.event("followed", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1).build());
        var running =
            until(
                stream,
                it ->
                    it.getDetails().getAction().getStatus().getPhase()
                        == ActionPhase.ACTION_PHASE_RUNNING);
        assertThat(running.getDetails().getAction().getAttemptsCount()).isOne();

        calls.status("followed", "a0", ActionPhase.ACTION_PHASE_SUCCEEDED);
        assertThat(last(stream).getDetails()).isEqualTo(calls.run("followed"));
      }
    }

    @Test
    void detailsOfWhatHasEndedAreToldOnce() throws IOException {
      calls.create("over", "etl.load");
      calls.record("over", "task", "a0");
      calls.status("over", "task", ActionPhase.ACTION_PHASE_FAILED);
      calls.abort("over", "enough");

      try (var run =
              open(
                  "WatchRunDetails",
                  WatchRunDetailsRequest.newBuilder().setRunId(calls.runId("over")).build(),
                  WatchRunDetailsResponse.getDefaultInstance());
          var action =
              open(
                  "WatchActionDetails",
                  WatchActionDetailsRequest.newBuilder()
                      .setActionId(calls.actionId("over", "task"))
                      .build(),
                  WatchActionDetailsResponse.getDefaultInstance())) {
        assertThat(run.next().orElseThrow().getDetails()).isEqualTo(calls.run("over"));
        assertThat(run.next()).isEmpty();
        assertThat(action.next().orElseThrow().getDetails())
            .isEqualTo(calls.action("over", "task"));
        assertThat(action.next()).isEmpty();
      }
    }

    @Test
    void anActionIsFollowedThroughItsAttemptsUntilItHasEnded() throws IOException {
      calls.create("retried", "etl.load");
      calls.record("retried", "task", "a0");
      try (var stream =
          open(
              "WatchActionDetails",
              WatchActionDetailsRequest.newBuilder()
                  .setActionId(calls.actionId("retried", "task"))
                  .build(),
              WatchActionDetailsResponse.getDefaultInstance())) {
        calls.events(
            calls.event("retried", "task", ActionPhase.ACTION_PHASE_RUNNING, 1).build(),
            calls.event("retried", "task", ActionPhase.ACTION_PHASE_FAILED, 2).build());
        until(
            stream,
            it ->
                it.getDetails().getAttemptsCount() == 1
                    && it.getDetails().getAttempts(0).getPhase()
                        == ActionPhase.ACTION_PHASE_FAILED);
        calls.events(
            calls
                .event("retried", "task", ActionPhase.ACTION_PHASE_RUNNING, 3)
                .setAttempt(2)
                .build());
        until(stream, it -> it.getDetails().getAttemptsCount() == 2);
        // without any event of its end
        calls.abortAction("retried", "task", "enough");

        assertThat(last(stream).getDetails().getStatus().getPhase())
            .isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);
      }
    }

    // ---- runs

    @Test
    void runsOfAProjectAreToldAsTheyAreThenAsTheyComeAndChange() throws IOException {
      var watched = calls.in("watched");
      watched.create("first", "etl.load");
      watched.create("second", "etl.load");
      try (var stream =
          runs(WatchRunsRequest.newBuilder().setProjectId(watched.projectId()).build())) {
        assertThat(runNames(stream.next().orElseThrow().getRunsList()))
            .containsExactlyInAnyOrder("first", "second");

        calls.in("unwatched").create("stranger", "etl.load");
        watched.create("third", "etl.load");
        assertThat(told(stream, "third").getAction().getStatus().getPhase())
            .isEqualTo(ActionPhase.ACTION_PHASE_QUEUED);
        watched.status("first", "a0", ActionPhase.ACTION_PHASE_RUNNING);
        assertThat(told(stream, "first"))
            .isEqualTo(watched.runs(RunCalls.limit(1).addFilters(named("first"))).getRuns(0));
        watched.abort("second", "enough");
        assertThat(told(stream, "second").getAction().getStatus().getPhase())
            .isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);
      }
    }

    @Test
    void runsAreFollowedByOrganizationTaskAndCluster() throws IOException {
      var places = calls.in("places");
      try (var ofOrganization =
              runs(WatchRunsRequest.newBuilder().setOrg(RunCalls.ORGANIZATION).build());
          var ofTask =
              runs(WatchRunsRequest.newBuilder().setTaskId(places.taskId("etl.clean")).build());
          var ofCluster =
              runs(
                  WatchRunsRequest.newBuilder()
                      .setClusterId(
                          ClusterIdentifier.newBuilder()
                              .setOrganization(RunCalls.ORGANIZATION)
                              .setName("east"))
                      .build())) {
        places.create("loading", "etl.load");
        places.create("cleaning", "etl.clean");
        places.events(
            places
                .event("loading", "a0", ActionPhase.ACTION_PHASE_RUNNING, 1)
                .setCluster("east")
                .build());

        told(ofOrganization, "loading");
        told(ofOrganization, "cleaning");
        assertThat(runNames(firstTold(ofTask).getRunsList())).containsExactly("cleaning");
        assertThat(runNames(firstTold(ofCluster).getRunsList())).containsExactly("loading");
      }
    }

    /** The first answer that tells something; what was told before is how things were. */
    private static WatchRunsResponse firstTold(RpcClient.Stream<WatchRunsResponse> stream) {
      return until(stream, it -> it.getRunsCount() > 0);
    }

    @Test
    void aRunThatWasMadeByRequestIsFollowedLikeAnyOther() throws IOException {
      try (var stream = runs(WatchRunsRequest.newBuilder().setOrg(RunCalls.ORGANIZATION).build())) {
        var id =
            server
                .client()
                .post(
                    "/v1/runs",
                    "{'organizationId':'%s','serviceName':'shop','taskName':'sell'}",
                    organization())
                .is(201)
                .id();
        var told =
            until(
                stream,
                it ->
                    it.getRunsList().stream()
                        .anyMatch(run ->
                            run.getAction().getMetadata().getFuntionName().equals("sell")
                                || run.getAction()
                                    .getMetadata()
                                    .getTask()
                                    .getId()
                                    .getName()
                                    .equals("sell")));
        var run = told.getRunsList().getLast().getAction().getId().getRun();
        try (var details =
            open(
                "WatchRunDetails",
                WatchRunDetailsRequest.newBuilder().setRunId(run).build(),
                WatchRunDetailsResponse.getDefaultInstance())) {
          assertThat(phase(details.next().orElseThrow()))
              .isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
          server.client().patch("/v1/runs/" + id, "{'status':'completed'}").is(200);
          assertThat(phase(last(details))).isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
        }
      }
    }

    private static ActionPhase phase(WatchRunDetailsResponse response) {
      return response.getDetails().getAction().getStatus().getPhase();
    }

    // ---- actions

    @Test
    void actionsAreToldWithWhatIsBelowThemUntilAllHaveEnded() throws IOException {
      calls.create("tree", "etl.load");
      calls.record("tree", "one", "a0");
      calls.record("tree", "two", "one");
      var view = new HashMap<String, EnrichedAction>();
      try (var stream = actions("tree")) {
        follow(stream, view, it -> it.size() == 3);
        assertThat(of(view, "a0").getChildrenPhaseCountsMap()).isEqualTo(Map.of(1, 2));
        assertThat(of(view, "one").getChildrenPhaseCountsMap()).isEqualTo(Map.of(1, 1));
        assertThat(of(view, "two").getChildrenPhaseCountsMap()).isEmpty();
        assertThat(view.values()).allMatch(EnrichedAction::getMeetsFilter);

        calls.record("tree", "three", "two");
        calls.status("tree", "three", ActionPhase.ACTION_PHASE_RUNNING);
        follow(
            stream,
            view,
            it -> of(it, "a0").getChildrenPhaseCountsMap().equals(Map.of(1, 2, 4, 1)));
        follow(
            stream,
            view,
            it ->
                it.containsKey("three")
                    && of(it, "three").getAction().getStatus().getPhase()
                        == ActionPhase.ACTION_PHASE_RUNNING);

        for (var name : List.of("three", "two", "one", "a0")) {
          calls.status("tree", name, ActionPhase.ACTION_PHASE_SUCCEEDED);
        }
        follow(stream, view, _ -> false);
        assertThat(of(view, "a0").getChildrenPhaseCountsMap()).isEqualTo(Map.of(5, 3));
        assertThat(view.values())
            .allMatch(
                it -> it.getAction().getStatus().getPhase() == ActionPhase.ACTION_PHASE_SUCCEEDED);
      }
    }

    @Test
    void theActionsOfARunThatHasEndedAreToldOnce() throws IOException {
      calls.create("tree-over", "etl.load");
      calls.record("tree-over", "one", "a0");
      calls.abort("tree-over", "enough");
      var view = new HashMap<String, EnrichedAction>();

      try (var stream = actions("tree-over")) {
        follow(stream, view, _ -> false);
      }

      assertThat(view).containsOnlyKeys("a0", "one");
      assertThat(of(view, "a0").getChildrenPhaseCountsMap()).isEqualTo(Map.of(7, 1));
    }

    @Test
    void actionsAreNarrowedByPhaseAndNameAndToldWhenTheyNoLongerAre() throws IOException {
      calls.create("narrowed", "etl.load");
      for (var name : List.of("load-one", "load-two", "clean")) {
        calls.record("narrowed", name, "a0");
      }
      calls.status("narrowed", "load-one", ActionPhase.ACTION_PHASE_RUNNING);
      calls.status("narrowed", "clean", ActionPhase.ACTION_PHASE_RUNNING);
      var view = new HashMap<String, EnrichedAction>();
      try (var stream =
          actions(
              "narrowed",
              filter("PHASE", Filter.Function.VALUE_IN, "4"),
              filter("NAME", Filter.Function.CONTAINS_CASE_INSENSITIVE, "LOAD-"))) {
        follow(stream, view, it -> it.containsKey("load-one") && it.containsKey("a0"));
        assertThat(view).containsOnlyKeys("a0", "load-one");
        assertThat(of(view, "load-one").getMeetsFilter()).isTrue();
        assertThat(of(view, "a0").getMeetsFilter()).as("it is above one that does").isFalse();

        calls.status("narrowed", "load-two", ActionPhase.ACTION_PHASE_RUNNING);
        follow(stream, view, it -> it.containsKey("load-two"));
        calls.status("narrowed", "load-one", ActionPhase.ACTION_PHASE_SUCCEEDED);
        follow(stream, view, it -> !of(it, "load-one").getMeetsFilter());
        calls.abort("narrowed", "enough");
        follow(stream, view, _ -> false);
      }
      assertThat(view).doesNotContainKey("clean");
      assertThat(of(view, "load-two").getMeetsFilter()).isFalse();
    }

    @Test
    void otherFiltersOfActionsAreRefused() {
      calls.create("refused", "etl.load");
      for (var filter :
          List.of(
              filter("PHASE", Filter.Function.EQUAL, "4"),
              filter("PHASE", Filter.Function.VALUE_IN, "RUNING"),
              filter("NAME", Filter.Function.EQUAL, "one"),
              filter("GROUP", Filter.Function.VALUE_IN, "one"))) {
        refused("invalid_argument", () -> actions("refused", filter).next());
      }
    }

    // ---- cluster events

    @Test
    void clusterEventsOfAnAttemptAreToldOnceEachUntilItHasEnded() throws IOException {
      calls.create("clustered", "etl.load");
      tell(1, 1, "scheduled", "pulled");
      tell(2, 2, "of the second attempt");
      var told = new ArrayList<String>();
      try (var stream =
          open(
              "WatchClusterEvents",
              WatchClusterEventsRequest.newBuilder()
                  .setId(calls.actionId("clustered", "a0"))
                  .setAttempt(1)
                  .build(),
              WatchClusterEventsResponse.getDefaultInstance())) {
        stream.next().orElseThrow().getClusterEventsList().forEach(it -> told.add(it.getMessage()));
        assertThat(told).containsExactly("scheduled", "pulled");

        tell(1, 3, "pulled", "evicted", "scheduled");
        calls.status(
            "clustered",
            "a0",
            ActionStatus.newBuilder().setPhase(ActionPhase.ACTION_PHASE_SUCCEEDED).setAttempts(2));
        for (var next = stream.next(); next.isPresent(); next = stream.next()) {
          next.get().getClusterEventsList().forEach(it -> told.add(it.getMessage()));
        }
      }

      assertThat(told).containsExactly("scheduled", "pulled", "evicted");
    }

    private void tell(int attempt, int version, String... messages) {
      var event =
          calls
              .event("clustered", "a0", ActionPhase.ACTION_PHASE_RUNNING, version)
              .setAttempt(attempt);
      for (var message : messages) {
        event.addClusterEvents(
            ClusterEvent.newBuilder().setOccurredAt(at(message.length())).setMessage(message));
      }
      calls.events(event.build());
    }

    // ---- groups

    @Test
    void groupsOfAStretchOfTimeAreToldOnce() throws IOException {
      var grouped = calls.in("grouped");
      grouped.create("one", "etl.load");
      grouped.create("two", "etl.load");
      grouped.create("three", "etl.clean");
      grouped.status("one", "a0", ActionPhase.ACTION_PHASE_RUNNING);
      grouped.status("one", "a0", ActionPhase.ACTION_PHASE_FAILED);
      grouped.status("two", "a0", ActionPhase.ACTION_PHASE_SUCCEEDED);
      var all =
          WatchGroupsRequest.newBuilder()
              .setProjectId(grouped.projectId())
              .setStartDate(LONG_AGO)
              .setEndDate(FAR_OFF);

      var groups = groups(all.build());
      assertThat(groups)
          .extracting(TaskGroup::getTaskName)
          .containsExactly("etl.clean", "etl.load");
      var load = groups.getLast();
      assertThat(load.getTotalRuns()).isEqualTo(2);
      assertThat(load.getAverageFailureRate()).isEqualTo(0.5);
      assertThat(load.getRecentStatusesList())
          .extracting(TaskGroup.RecentStatus::getRunName)
          .containsExactly("two", "one");
      assertThat(load.getPhaseCountsList())
          .extracting(TaskGroup.PhaseCounts::getPhase, TaskGroup.PhaseCounts::getCount)
          .containsExactly(
              tuple(ActionPhase.ACTION_PHASE_SUCCEEDED, 1L),
              tuple(ActionPhase.ACTION_PHASE_FAILED, 1L));
      assertThat(load.getErrorCounts().getUserError()).isOne();
      assertThat(load.getLatestRunTime())
          .isEqualTo(grouped.action("two", "a0").getStatus().getStartTime());

      assertThat(groups(all.clone().setRequest(RunCalls.limit(1)).build()))
          .extracting(TaskGroup::getTaskName)
          .containsExactly("etl.clean");
      assertThat(
              groups(
                  all.clone()
                      .addKnownSortFields(
                          WatchGroupsRequest.KnownSortField.newBuilder()
                              .setCreatedAt(Sort.Direction.ASCENDING))
                      .build()))
          .extracting(TaskGroup::getTaskName)
          .containsExactly("etl.load", "etl.clean");
      assertThat(groups(all.clone().setEndDate(LONG_AGO).build())).isEmpty();
      assertThat(groups(all.clone().setProjectId(calls.in("nowhere").projectId()).build()))
          .isEmpty();
    }

    private List<TaskGroup> groups(WatchGroupsRequest request) throws IOException {
      try (var stream = groupsOf(request)) {
        var told = stream.next().orElseThrow();
        assertThat(told.getSentinel()).isTrue();
        assertThat(stream.next()).isEmpty();
        return told.getTaskGroupsList();
      }
    }

    @Test
    void groupsWithoutAnEndAreToldAgainWhenTheyChangeAndWhenTheyAreGone() throws IOException {
      var grouped = calls.in("grouped-on");
      grouped.create("one", "etl.load");
      grouped.create("other", "etl.to-be-deleted");
      try (var stream =
          groupsOf(
              WatchGroupsRequest.newBuilder()
                  .setProjectId(grouped.projectId())
                  .setStartDate(LONG_AGO)
                  .build())) {
        assertThat(stream.next().orElseThrow().getTaskGroupsList()).hasSize(2);

        grouped.create("two", "etl.load");
        var changed = until(stream, it -> it.getTaskGroupsCount() > 0);
        assertThat(changed.getTaskGroupsList())
            .extracting(TaskGroup::getTaskName, TaskGroup::getTotalRuns)
            .containsExactly(tuple("etl.load", 2L));

        delete("etl.to-be-deleted");
        var gone =
            until(
                stream, it -> it.getTaskGroupsList().stream().anyMatch(TaskGroup::getShouldDelete));
        assertThat(gone.getTaskGroupsList())
            .extracting(TaskGroup::getTaskName)
            .containsExactly("etl.to-be-deleted");
      }
    }

    /** Deletes the only run of a task. */
    private void delete(String task) {
      var runs = server.client().get("/v1/runs?limit=200&organizationId=" + organization()).is(200);
      for (var run : runs.at("/runs")) {
        if (run.path("taskName").asString().equals(task)) {
          server.client().delete("/v1/runs/" + run.path("id").asString()).is(204);
        }
      }
    }

    private String organization() {
      return server
          .client()
          .post("/v1/organizations", "{'externalId':'%s'}", RunCalls.ORGANIZATION)
          .id();
    }

    // ---- words

    private RpcClient.Stream<WatchGroupsResponse> groupsOf(WatchGroupsRequest request) {
      return open("WatchGroups", request, WatchGroupsResponse.getDefaultInstance());
    }

    private RpcClient.Stream<WatchRunsResponse> runs(WatchRunsRequest request) {
      return open("WatchRuns", request, WatchRunsResponse.getDefaultInstance());
    }

    private RpcClient.Stream<WatchActionsResponse> actions(String run, Filter... filters) {
      return open(
          "WatchActions",
          WatchActionsRequest.newBuilder()
              .setRunId(calls.runId(run))
              .addAllFilter(List.of(filters))
              .build(),
          WatchActionsResponse.getDefaultInstance());
    }

    private <A extends Message> RpcClient.Stream<A> open(String method, Message request, A empty) {
      return calls.client().open(method, request, empty);
    }

    /** Takes what is told into a view, until that is as wanted or the stream has ended. */
    private static void follow(
        RpcClient.Stream<WatchActionsResponse> stream,
        Map<String, EnrichedAction> view,
        Predicate<Map<String, EnrichedAction>> isWanted) {
      while (!isWanted.test(view)) {
        var next = stream.next();
        if (next.isEmpty()) {
          return;
        }
        for (var action : next.get().getEnrichedActionsList()) {
          view.put(action.getAction().getId().getName(), action);
        }
      }
    }

    private static EnrichedAction of(Map<String, EnrichedAction> view, String name) {
      return Objects.requireNonNull(view.get(name), name);
    }

    private static <A extends Message> A until(RpcClient.Stream<A> stream, Predicate<A> isWanted) {
      var next = stream.next().orElseThrow();
      while (!isWanted.test(next)) {
        next = stream.next().orElseThrow();
      }
      return next;
    }

    /** The last answer before the end. */
    private static <A extends Message> A last(RpcClient.Stream<A> stream) {
      var last = stream.next().orElseThrow();
      for (var next = stream.next(); next.isPresent(); next = stream.next()) {
        last = next.get();
      }
      return last;
    }

    /** Waits until a run is told. */
    private static Run told(RpcClient.Stream<WatchRunsResponse> stream, String name) {
      return until(stream, it -> runNames(it.getRunsList()).contains(name)).getRunsList().stream()
          .filter(run -> run.getAction().getId().getRun().getName().equals(name))
          .findFirst()
          .orElseThrow();
    }

    private static Filter named(String run) {
      return filter("run_name", Filter.Function.EQUAL, run);
    }
  }
}
