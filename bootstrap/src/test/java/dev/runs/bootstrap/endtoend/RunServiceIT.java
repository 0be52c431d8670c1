package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.Filter;
import dev.runs.adapters.rpc.wire.common.ListRequest;
import dev.runs.adapters.rpc.wire.common.ProjectIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.common.Sort;
import dev.runs.adapters.rpc.wire.common.TriggerName;
import dev.runs.adapters.rpc.wire.task.Labels;
import dev.runs.adapters.rpc.wire.task.RunSpec;
import dev.runs.adapters.rpc.wire.task.TaskIdentifier;
import dev.runs.adapters.rpc.wire.workflow.AbortRunRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortRunResponse;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListRunsResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionResponse;
import dev.runs.adapters.rpc.wire.workflow.TaskAction;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusRequest;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients of the RunService do with runs, and what they are refused. */
@Timeout(120)
abstract class RunServiceIT {

  static final class OnSqlite extends RunServiceIT {
    OnSqlite() {
      super(Installation.onSqlite());
    }
  }

  static final class OnPostgres extends RunServiceIT {
    OnPostgres() {
      super(Installation.onPostgres());
    }
  }

  private static final String INTERNAL = "flyteidl2.workflow.InternalRunService";
  private static final ProjectIdentifier PROJECT =
      ProjectIdentifier.newBuilder()
          .setOrganization("acme")
          .setName("flytesnacks")
          .setDomain("development")
          .build();

  @RegisterExtension final Installation installation;

  private Server server;
  private RpcClient client;

  @SuppressWarnings("NullAway.Init") // before each test
  RunServiceIT(Installation installation) {
    this.installation = installation;
  }

  @BeforeEach
  void startAServer() throws IOException {
    server = installation.start();
    client = RpcClient.of(server);
  }

  @Test
  void aRunThatIsCreatedIsTheSameRunOnEverySurface() {
    var run = create("nightly", "etl.load");

    var id = run.getRun().getAction().getId();
    assertThat(id.getName()).isEqualTo("a0");
    assertThat(id.getRun()).isEqualTo(run("nightly"));
    var details = details("nightly").getDetails().getAction();
    assertThat(details.getStatus().getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_QUEUED);
    assertThat(details.getMetadata().getTask().getId().getName()).isEqualTo("etl.load");
    var organization =
        server.client().post("/v1/organizations", "{'externalId':'acme'}").textAt("/id");
    var rest = server.client().get("/v1/runs?organizationId=" + organization).is(200).at("/runs/0");
    assertThat(rest.path("taskName").asString()).isEqualTo("etl.load");
    assertThat(rest.path("state").asString()).isIn("queued", "pending");
  }

  @Test
  void aNameCanBeUsedOnce() {
    create("nightly", "etl.load");

    refused("already_exists", () -> create("nightly", "etl.load"));
  }

  @Test
  void listsArePagedToTheLastRunWithNoneLostOrTwice() {
    for (var number = 0; number < 7; number++) {
      create("run-" + number, "etl.load");
    }

    var names = new ArrayList<String>();
    var token = "";
    do {
      var page = list(ListRequest.newBuilder().setLimit(3).setToken(token));
      page.getRunsList().forEach(run -> names.add(run.getAction().getId().getRun().getName()));
      token = page.getToken();
    } while (!token.isEmpty());

    assertThat(names)
        .containsExactly("run-6", "run-5", "run-4", "run-3", "run-2", "run-1", "run-0");
  }

  @Test
  void listsAreFilteredAndSorted() {
    create("first", "etl.load");
    create("second", "etl.clean");
    create("third", "etl.load");
    abort("third");

    assertThat(names(filtered("task_name", Filter.Function.VALUE_IN, "etl.load")))
        .containsExactly("first", "third");
    assertThat(names(filtered("phase", Filter.Function.EQUAL, "ABORTED"))).containsExactly("third");
    assertThat(names(filtered("phase", Filter.Function.VALUE_IN, "1"))).hasSize(2);
    assertThat(names(filtered("labels.team", Filter.Function.EXISTS))).hasSize(3);
    assertThat(names(filtered("labels.team", Filter.Function.EQUAL, "other"))).isEmpty();
    assertThat(names(filtered("run_name", Filter.Function.CONTAINS_CASE_INSENSITIVE, "IR")))
        .containsExactly("first", "third");
    assertThat(names(filtered("created_by", Filter.Function.EQUAL, "key:configured"))).hasSize(3);
  }

  @Test
  void whatIsWrongIsToldByItsField() {
    create("nightly", "etl.load");
    refused("invalid_argument", () -> details("")).withMessageContaining("run_id.name");
    refused(
            "invalid_argument",
            () ->
                client.call(
                    "GetRunDetails",
                    GetRunDetailsRequest.getDefaultInstance(),
                    GetRunDetailsResponse.getDefaultInstance()))
        .withMessageContaining("run_id");
    refused("not_found", () -> details("nobody"));
    refused("invalid_argument", () -> list(ListRequest.newBuilder().setLimit(201)));
    refused("invalid_argument", () -> list(ListRequest.newBuilder().setToken("!")));
    refused("invalid_argument", () -> filtered("colour", Filter.Function.EQUAL, "red"));
    refused(
        "not_found",
        () ->
            client.call(
                "CreateRun",
                CreateRunRequest.newBuilder()
                    .setProjectId(PROJECT)
                    .setTriggerName(
                        TriggerName.newBuilder()
                            .setOrg("acme")
                            .setProject("p")
                            .setDomain("d")
                            .setName("n")
                            .setTaskName("t"))
                    .build(),
                CreateRunResponse.getDefaultInstance()));
  }

  @Test
  void anotherOrganizationIsDenied() {
    create("nightly", "etl.load");
    var other = server.client().post("/v1/organizations", "{'externalId':'other'}").textAt("/id");
    var team =
        server
            .client()
            .with("X-Organization-Id", other)
            .post("/v1/teams", "{'name':'Others'}")
            .is(201)
            .textAt("/id");
    var key =
        server
            .client()
            .with("X-Organization-Id", other)
            .post("/v1/teams/" + team + "/keys", "{'name':'k','scopes':['runs:read','runs:write']}")
            .is(201)
            .textAt("/key");

    var stranger = client.with(key);
    refused(
        "permission_denied",
        () ->
            stranger.call(
                "GetRunDetails",
                GetRunDetailsRequest.newBuilder().setRunId(run("nightly")).build(),
                GetRunDetailsResponse.getDefaultInstance()));
    refused(
        "not_found",
        () ->
            stranger.call(
                "GetRunDetails",
                GetRunDetailsRequest.newBuilder()
                    .setRunId(run("nightly").toBuilder().clearOrg())
                    .build(),
                GetRunDetailsResponse.getDefaultInstance()));
    refused(
        "unauthenticated",
        () ->
            client
                .with("wrong")
                .call(
                    "GetRunDetails",
                    GetRunDetailsRequest.newBuilder().setRunId(run("nightly")).build(),
                    GetRunDetailsResponse.getDefaultInstance()));
  }

  @Test
  void anAbortGoesDownTheTreeWithItsReasonAndWhoDidIt() {
    create("nightly", "etl.load");
    record("child", "a0");
    record("grandchild", "child");

    abort("nightly");

    for (var name : List.of("a0", "child", "grandchild")) {
      var details =
          client
              .call(
                  "GetActionDetails",
                  GetActionDetailsRequest.newBuilder().setActionId(action(name)).build(),
                  GetActionDetailsResponse.getDefaultInstance())
              .getDetails();
      assertThat(details.getStatus().getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);
      assertThat(details.getAbortInfo().getReason()).isEqualTo("enough");
      assertThat(details.getAbortInfo().getAbortedBy().getApplication().getId().getSubject())
          .isEqualTo("key:configured");
    }
    assertThat(
            client
                .call(
                    "ListActions",
                    ListActionsRequest.newBuilder().setRunId(run("nightly")).build(),
                    ListActionsResponse.getDefaultInstance())
                .getActionsCount())
        .isEqualTo(3);
  }

  @Test
  void streamsTellHowThingsAreAndThenHowTheyChangeAndEndWithTheRun() throws Exception {
    create("nightly", "etl.load");
    try (var details =
            client.open(
                "WatchRunDetails",
                WatchRunDetailsRequest.newBuilder().setRunId(run("nightly")).build(),
                WatchRunDetailsResponse.getDefaultInstance());
        var actions =
            client.open(
                "WatchActions",
                WatchActionsRequest.newBuilder().setRunId(run("nightly")).build(),
                WatchActionsResponse.getDefaultInstance());
        var runs =
            client.open(
                "WatchRuns",
                WatchRunsRequest.newBuilder().setOrg("acme").build(),
                WatchRunsResponse.getDefaultInstance())) {
      assertThat(phase(details)).isEqualTo(ActionPhase.ACTION_PHASE_QUEUED);
      assertThat(actions.next().orElseThrow().getEnrichedActionsCount()).isOne();
      assertThat(runs.next().orElseThrow().getRunsCount()).isOne();

      create("another", "etl.load");
      assertThat(runs.next().orElseThrow().getRuns(0).getAction().getId().getRun().getName())
          .isEqualTo("another");
      record("child", "a0");
      var seen = actions.next().orElseThrow().getEnrichedActionsList();
      assertThat(seen).extracting(one -> one.getAction().getId().getName()).contains("child", "a0");
      assertThat(seen.getFirst().getChildrenPhaseCountsMap())
          .containsEntry(ActionPhase.ACTION_PHASE_QUEUED_VALUE, 1);
      status("a0", ActionPhase.ACTION_PHASE_RUNNING);
      assertThat(phaseOtherThan(ActionPhase.ACTION_PHASE_QUEUED, details))
          .isEqualTo(ActionPhase.ACTION_PHASE_RUNNING);
      status("child", ActionPhase.ACTION_PHASE_SUCCEEDED);
      status("a0", ActionPhase.ACTION_PHASE_SUCCEEDED);
      assertThat(phaseOtherThan(ActionPhase.ACTION_PHASE_RUNNING, details))
          .isEqualTo(ActionPhase.ACTION_PHASE_SUCCEEDED);
      assertThat(details.next()).isEmpty();
      while (actions.next().isPresent()) {
        // until the stream ends
      }
    }
  }

  private static boolean isAbout(String name, WatchRunsResponse response) {
    return response.getRunsList().stream()
        .anyMatch(run -> run.getAction().getId().getRun().getName().equals(name));
  }

  private static ActionPhase phase(RpcClient.Stream<WatchRunDetailsResponse> stream) {
    return stream.next().orElseThrow().getDetails().getAction().getStatus().getPhase();
  }

  /** What is told of a run besides its phase may be told first. */
  private static ActionPhase phaseOtherThan(
      ActionPhase before, RpcClient.Stream<WatchRunDetailsResponse> stream) {
    var phase = phase(stream);
    while (phase == before) {
      phase = phase(stream);
    }
    return phase;
  }

  private CreateRunResponse create(String name, String task) {
    return client.call(
        "CreateRun",
        CreateRunRequest.newBuilder()
            .setRunId(run(name))
            .setTaskId(
                TaskIdentifier.newBuilder()
                    .setOrg("acme")
                    .setProject("flytesnacks")
                    .setDomain("development")
                    .setName(task)
                    .setVersion("v1"))
            .setRunSpec(
                RunSpec.newBuilder().setLabels(Labels.newBuilder().putValues("team", "data")))
            .build(),
        CreateRunResponse.getDefaultInstance());
  }

  private GetRunDetailsResponse details(String name) {
    return client.call(
        "GetRunDetails",
        GetRunDetailsRequest.newBuilder().setRunId(run(name)).build(),
        GetRunDetailsResponse.getDefaultInstance());
  }

  private void abort(String name) {
    client.call(
        "AbortRun",
        AbortRunRequest.newBuilder().setRunId(run(name)).setReason("enough").build(),
        AbortRunResponse.getDefaultInstance());
  }

  private void record(String name, String parent) {
    var response =
        client.call(
            INTERNAL,
            "RecordAction",
            RecordActionRequest.newBuilder()
                .setActionId(action(name))
                .setParent(parent)
                .setTask(
                    TaskAction.newBuilder()
                        .setId(TaskIdentifier.newBuilder().setName("etl." + name)))
                .build(),
            RecordActionResponse.getDefaultInstance());
    assertThat(response.getStatus().getMessage()).isEmpty();
  }

  private void status(String name, ActionPhase phase) {
    var response =
        client.call(
            INTERNAL,
            "UpdateActionStatus",
            UpdateActionStatusRequest.newBuilder()
                .setActionId(action(name))
                .setStatus(ActionStatus.newBuilder().setPhase(phase).setAttempts(1))
                .build(),
            UpdateActionStatusResponse.getDefaultInstance());
    assertThat(response.getStatus().getMessage()).isEmpty();
  }

  private ListRunsResponse list(ListRequest.Builder request) {
    return client.call(
        "ListRuns",
        ListRunsRequest.newBuilder().setProjectId(PROJECT).setRequest(request).build(),
        ListRunsResponse.getDefaultInstance());
  }

  private ListRunsResponse filtered(String field, Filter.Function function, String... values) {
    return list(
        ListRequest.newBuilder()
            .addFilters(
                Filter.newBuilder()
                    .setField(field)
                    .setFunction(function)
                    .addAllValues(List.of(values)))
            .addSortByFields(
                Sort.newBuilder().setKey("run_name").setDirection(Sort.Direction.ASCENDING)));
  }

  private static List<String> names(ListRunsResponse page) {
    return page.getRunsList().stream()
        .map(run -> run.getAction().getId().getRun().getName())
        .toList();
  }

  private static ThrowableAssertAlternative<RpcClient.Failed> refused(
      String code, ThrowableAssert.ThrowingCallable call) {
    return assertThatExceptionOfType(RpcClient.Failed.class)
        .isThrownBy(call)
        .matches(failed -> failed.code().equals(code), code);
  }

  private static RunIdentifier run(String name) {
    return RunIdentifier.newBuilder()
        .setOrg("acme")
        .setProject("flytesnacks")
        .setDomain("development")
        .setName(name)
        .build();
  }

  private static ActionIdentifier action(String name) {
    return ActionIdentifier.newBuilder().setRun(run("nightly")).setName(name).build();
  }
}
