package dev.runs.bootstrap.endtoend;

import static dev.runs.bootstrap.endtoend.RunCalls.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.ClusterIdentifier;
import dev.runs.adapters.rpc.wire.common.ListRequest;
import dev.runs.adapters.rpc.wire.common.ProjectIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.common.TriggerName;
import dev.runs.adapters.rpc.wire.task.TaskIdentifier;
import dev.runs.adapters.rpc.wire.task.TaskName;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.workflow.AbortActionRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortActionResponse;
import dev.runs.adapters.rpc.wire.workflow.AbortRunRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortRunResponse;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.adapters.rpc.wire.workflow.EventPayload;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataURIsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDataURIsResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.GetActionLogContextRequest;
import dev.runs.adapters.rpc.wire.workflow.GetActionLogContextResponse;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListRunsResponse;
import dev.runs.adapters.rpc.wire.workflow.RunServiceProto;
import dev.runs.adapters.rpc.wire.workflow.SignalEventRequest;
import dev.runs.adapters.rpc.wire.workflow.SignalEventResponse;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each call of the RunService with what it must refuse, and the code with which it does. */
@Timeout(180)
final class RpcRefusalsIT {

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

    /** What becomes of a call about something that nobody has made. */
    private enum Unknown {
      NOT_FOUND,
      TELLS_NOTHING,
      IS_MADE
    }

    /**
     * A call of the RunService.
     *
     * @param isNeeded the field without which it means nothing
     * @param about what it asks about a run, or about the project where the run is
     */
    private record Rpc(
        String name,
        Message answer,
        String isNeeded,
        Unknown ofUnknown,
        Function<RunIdentifier, Message> about) {

      boolean isStream() {
        return name.startsWith("Watch");
      }

      boolean changes() {
        return Set.of("CreateRun", "AbortRun", "AbortAction", "SignalEvent").contains(name);
      }

      /** The same request without the field that it needs. */
      Message withoutId(RunIdentifier run) {
        var whole = about.apply(run).toBuilder();
        var type = whole.getDescriptorForType();
        var oneof =
            type.getOneofs().stream().filter(it -> it.getName().equals(isNeeded)).findFirst();
        if (oneof.isPresent()) {
          return whole.clearOneof(oneof.get()).build();
        }
        FieldDescriptor field = type.findFieldByName(isNeeded);
        return whole.clearField(field).build();
      }

      /** Calls, and waits for the first answer of a stream. */
      Message call(RpcClient client, Message request) {
        if (!isStream()) {
          return client.call(name, request, answer);
        }
        try (var stream = client.open(name, request, answer)) {
          return stream.next().orElseThrow();
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    private static final Timestamp LONG_AGO = Timestamp.newBuilder().setSeconds(1_000).build();
    private static final Timestamp FAR_OFF =
        Timestamp.newBuilder().setSeconds(4_000_000_000L).build();

    private static final List<Rpc> ALL =
        List.of(
            new Rpc(
                "CreateRun",
                CreateRunResponse.getDefaultInstance(),
                "id",
                Unknown.IS_MADE,
                run -> CreateRunRequest.newBuilder().setRunId(run).setTaskId(task(run)).build()),
            new Rpc(
                "AbortRun",
                AbortRunResponse.getDefaultInstance(),
                "run_id",
                Unknown.NOT_FOUND,
                run -> AbortRunRequest.newBuilder().setRunId(run).build()),
            new Rpc(
                "GetRunDetails",
                GetRunDetailsResponse.getDefaultInstance(),
                "run_id",
                Unknown.NOT_FOUND,
                run -> GetRunDetailsRequest.newBuilder().setRunId(run).build()),
            new Rpc(
                "WatchRunDetails",
                WatchRunDetailsResponse.getDefaultInstance(),
                "run_id",
                Unknown.NOT_FOUND,
                run -> WatchRunDetailsRequest.newBuilder().setRunId(run).build()),
            new Rpc(
                "GetActionDetails",
                GetActionDetailsResponse.getDefaultInstance(),
                "action_id",
                Unknown.NOT_FOUND,
                run -> GetActionDetailsRequest.newBuilder().setActionId(root(run)).build()),
            new Rpc(
                "WatchActionDetails",
                WatchActionDetailsResponse.getDefaultInstance(),
                "action_id",
                Unknown.NOT_FOUND,
                run -> WatchActionDetailsRequest.newBuilder().setActionId(root(run)).build()),
            new Rpc(
                "GetActionData",
                GetActionDataResponse.getDefaultInstance(),
                "action_id",
                Unknown.NOT_FOUND,
                run -> GetActionDataRequest.newBuilder().setActionId(root(run)).build()),
            new Rpc(
                "GetActionDataURIs",
                GetActionDataURIsResponse.getDefaultInstance(),
                "action_id",
                Unknown.NOT_FOUND,
                run -> GetActionDataURIsRequest.newBuilder().setActionId(root(run)).build()),
            new Rpc(
                "GetActionLogContext",
                GetActionLogContextResponse.getDefaultInstance(),
                "action_id",
                Unknown.NOT_FOUND,
                run ->
                    GetActionLogContextRequest.newBuilder()
                        .setActionId(root(run))
                        .setAttempt(1)
                        .build()),
            new Rpc(
                "ListRuns",
                ListRunsResponse.getDefaultInstance(),
                "scope_by",
                Unknown.TELLS_NOTHING,
                run -> ListRunsRequest.newBuilder().setProjectId(project(run)).build()),
            new Rpc(
                "WatchRuns",
                WatchRunsResponse.getDefaultInstance(),
                "target",
                Unknown.TELLS_NOTHING,
                run -> WatchRunsRequest.newBuilder().setProjectId(project(run)).build()),
            new Rpc(
                "ListActions",
                ListActionsResponse.getDefaultInstance(),
                "run_id",
                Unknown.TELLS_NOTHING,
                run -> ListActionsRequest.newBuilder().setRunId(run).build()),
            new Rpc(
                "WatchActions",
                WatchActionsResponse.getDefaultInstance(),
                "run_id",
                Unknown.NOT_FOUND,
                run -> WatchActionsRequest.newBuilder().setRunId(run).build()),
            new Rpc(
                "WatchClusterEvents",
                WatchClusterEventsResponse.getDefaultInstance(),
                "id",
                Unknown.NOT_FOUND,
                run ->
                    WatchClusterEventsRequest.newBuilder().setId(root(run)).setAttempt(1).build()),
            new Rpc(
                "AbortAction",
                AbortActionResponse.getDefaultInstance(),
                "action_id",
                Unknown.NOT_FOUND,
                run -> AbortActionRequest.newBuilder().setActionId(root(run)).build()),
            new Rpc(
                "SignalEvent",
                SignalEventResponse.getDefaultInstance(),
                "action_id",
                Unknown.NOT_FOUND,
                run ->
                    SignalEventRequest.newBuilder()
                        .setActionId(root(run))
                        .setPayload(EventPayload.newBuilder().setBoolValue(true))
                        .build()),
            new Rpc(
                "WatchGroups",
                WatchGroupsResponse.getDefaultInstance(),
                "scope_by",
                Unknown.TELLS_NOTHING,
                run ->
                    WatchGroupsRequest.newBuilder()
                        .setProjectId(project(run))
                        .setStartDate(LONG_AGO)
                        .setEndDate(FAR_OFF)
                        .build()));

    @RegisterExtension final OncePerClass installation;

    private Server server;
    private RunCalls calls;
    private int teams;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(OncePerClass installation) {
      this.installation = installation;
    }

    @BeforeAll
    void startAServerWithARun() throws IOException {
      server = installation.start();
      calls = RunCalls.of(server);
      calls.create("nightly", "etl.load");
    }

    @Test
    void thereAreNoOtherCalls() {
      assertThat(ALL)
          .extracting(Rpc::name)
          .containsExactlyInAnyOrderElementsOf(
              RunServiceProto.getDescriptor().findServiceByName("RunService").getMethods().stream()
                  .map(method -> method.getName())
                  .toList());
    }

    @TestFactory
    Stream<DynamicTest> aCallWithoutItsIdIsRefusedByTheNameOfTheField() {
      return each(rpc ->
          refused(
                  "invalid_argument",
                  () -> rpc.call(calls.client(), rpc.withoutId(calls.runId("nightly"))))
              .withMessageContaining(rpc.isNeeded()));
    }

    @TestFactory
    Stream<DynamicTest> aCallWithAnEmptyNameIsRefusedByTheNameOfTheField() {
      return each(rpc -> {
        var nameless = calls.runId("nightly").toBuilder().clearName().clearProject().build();
        refused("invalid_argument", () -> rpc.call(calls.client(), rpc.about().apply(nameless)))
            .withMessageMatching(".*(project|name)\\b.*");
      });
    }

    @TestFactory
    Stream<DynamicTest> whatNobodyHasMadeIsNotFoundOrHasNothingInIt() {
      return each(rpc -> {
        var unknown =
            calls.runId("nobody").toBuilder().setProject("nowhere").setDomain("never").build();
        switch (rpc.ofUnknown()) {
          case NOT_FOUND ->
              refused("not_found", () -> rpc.call(calls.client(), rpc.about().apply(unknown)));
          case TELLS_NOTHING -> {
            if (!rpc.name().equals("WatchRuns")) { // which waits until there is one
              assertThat(told(rpc.call(calls.client(), rpc.about().apply(unknown)))).isEmpty();
            }
          }
          case IS_MADE -> {
            var first = unknown.toBuilder().setProject("made-on-first-use").build();
            assertThat(told(rpc.call(calls.client(), rpc.about().apply(first)))).isNotEmpty();
          }
        }
      });
    }

    @TestFactory
    Stream<DynamicTest> aKeyIsDeniedWhatBelongsToAnotherOrganization() {
      var stranger = calls.client().with(keyOf("other", "'runs:read','runs:write'"));
      return each(rpc ->
          refused(
                  "permission_denied",
                  () -> rpc.call(stranger, rpc.about().apply(calls.runId("nightly"))))
              .withMessageContaining("other"));
    }

    @TestFactory
    Stream<DynamicTest> whoNamesNoOrganizationActsInTheirOwnAndFindsNothingOfAnother() {
      var stranger = calls.client().with(keyOf("other", "'runs:read','runs:write'"));
      return each(rpc -> {
        var own = calls.runId("nightly").toBuilder().clearOrg().build();
        switch (rpc.ofUnknown()) {
          case NOT_FOUND -> refused("not_found", () -> rpc.call(stranger, rpc.about().apply(own)));
          case TELLS_NOTHING -> {
            if (!rpc.name().equals("WatchRuns")) { // which waits until there is one
              assertThat(told(rpc.call(stranger, rpc.about().apply(own)))).isEmpty();
            }
          }
          case IS_MADE -> {
            var made =
                rpc.call(
                    stranger,
                    rpc.about()
                        .apply(own.toBuilder().setName("own").setProject("its-own").build()));
            assertThat(((CreateRunResponse) made).getRun().getAction().getId().getRun().getOrg())
                .isEqualTo("other");
          }
        }
      });
    }

    @TestFactory
    Stream<DynamicTest> aPlatformKeyFindsNothingInAnOrganizationThatIsUnknown() {
      return each(rpc -> {
        var run = calls.runId("nightly").toBuilder().setOrg("nobody").build();
        if (rpc.ofUnknown() == Unknown.IS_MADE) {
          assertThat(told(rpc.call(calls.client(), rpc.about().apply(run)))).isNotEmpty();
        } else {
          var missing = run.toBuilder().setOrg("nobody-else").build();
          refused("not_found", () -> rpc.call(calls.client(), rpc.about().apply(missing)));
        }
      });
    }

    @TestFactory
    Stream<DynamicTest> aKeyThatMayOnlyReadChangesNothing() {
      var reader = calls.client().with(keyOf(RunCalls.ORGANIZATION, "'runs:read'"));
      return each(rpc -> {
        var request = rpc.about().apply(calls.runId("nightly"));
        if (rpc.changes()) {
          refused("permission_denied", () -> rpc.call(reader, request));
        } else if (rpc.name().equals("GetActionLogContext")) {
          refused("not_found", () -> rpc.call(reader, request));
        } else if (!rpc.name().equals("WatchClusterEvents")) { // which waits until there is one
          rpc.call(reader, request);
        }
      });
    }

    @TestFactory
    Stream<DynamicTest> withoutAnAcceptedKeyNothingIsAnswered() {
      return each(rpc ->
          refused(
              "unauthenticated",
              () ->
                  rpc.call(
                      calls.client().with("wrong"), rpc.about().apply(calls.runId("nightly")))));
    }

    /** Requests that break a rule that their message declares, by what the answer names. */
    @TestFactory
    Stream<DynamicTest> aValueThatBreaksTheRuleOfItsFieldIsRefusedByTheName() {
      var run = calls.runId("nightly");
      var action = calls.actionId("nightly", "a0");
      var longName = run.toBuilder().setName("a".repeat(31)).build();
      var details = "GetRunDetails";
      return Stream.of(
              new Broken(
                  "run_id.name",
                  details,
                  GetRunDetailsRequest.newBuilder().setRunId(longName).build()),
              new Broken(
                  "run_id.org",
                  details,
                  GetRunDetailsRequest.newBuilder()
                      .setRunId(run.toBuilder().setOrg("a".repeat(64)))
                      .build()),
              new Broken(
                  "run_id.domain",
                  details,
                  GetRunDetailsRequest.newBuilder()
                      .setRunId(run.toBuilder().setDomain("a".repeat(64)))
                      .build()),
              new Broken(
                  "action_id.name",
                  "GetActionDetails",
                  GetActionDetailsRequest.newBuilder()
                      .setActionId(action.toBuilder().setName("a".repeat(31)))
                      .build()),
              new Broken(
                  "action_id.run",
                  "GetActionDetails",
                  GetActionDetailsRequest.newBuilder()
                      .setActionId(ActionIdentifier.newBuilder().setName("a0"))
                      .build()),
              new Broken(
                  "attempt",
                  "GetActionLogContext",
                  GetActionLogContextRequest.newBuilder().setActionId(action).build()),
              new Broken(
                  "payload",
                  "SignalEvent",
                  SignalEventRequest.newBuilder().setActionId(action).build()),
              new Broken(
                  "payload.value",
                  "SignalEvent",
                  SignalEventRequest.newBuilder()
                      .setActionId(action)
                      .setPayload(EventPayload.getDefaultInstance())
                      .build()),
              new Broken("task", "CreateRun", CreateRunRequest.newBuilder().setRunId(run).build()),
              new Broken(
                  "task_spec.task_template",
                  "CreateRun",
                  CreateRunRequest.newBuilder()
                      .setRunId(run)
                      .setTaskSpec(TaskSpec.newBuilder().setShortName("load"))
                      .build()),
              new Broken(
                  "task_id.version",
                  "CreateRun",
                  CreateRunRequest.newBuilder()
                      .setRunId(run)
                      .setTaskId(task(run).toBuilder().clearVersion())
                      .build()),
              new Broken(
                  "trigger_name.task_name",
                  "CreateRun",
                  CreateRunRequest.newBuilder()
                      .setRunId(run)
                      .setTriggerName(
                          TriggerName.newBuilder().setProject("p").setDomain("d").setName("n"))
                      .build()),
              new Broken(
                  "task_name.name",
                  "ListRuns",
                  ListRunsRequest.newBuilder()
                      .setTaskName(TaskName.newBuilder().setProject("p").setDomain("d"))
                      .build()),
              new Broken(
                  "cluster_id.name",
                  "WatchRuns",
                  WatchRunsRequest.newBuilder()
                      .setClusterId(ClusterIdentifier.getDefaultInstance())
                      .build()),
              new Broken(
                  "start_date",
                  "WatchGroups",
                  WatchGroupsRequest.newBuilder().setProjectId(project(run)).build()))
          .map(one ->
              dynamicTest(
                  one.field(),
                  () ->
                      refused(
                              "invalid_argument",
                              () -> named(one.rpc()).call(calls.client(), one.request()))
                          .withMessageContaining(one.field())));
    }

    @TestFactory
    Stream<DynamicTest> aNameThatNoRunCanHaveIsRefused() {
      return Stream.of("Nightly", "1st", "night-", "-night", "a b", "a/b", "a_b", "ä")
          .map(name ->
              dynamicTest(
                  name,
                  () ->
                      refused("invalid_argument", () -> calls.create(name, "etl.load"))
                          .withMessageContaining("name")));
    }

    @Test
    void aTriggerThatIsUnknownIsNotFound() {
      var trigger =
          TriggerName.newBuilder()
              .setOrg("acme")
              .setProject("p")
              .setDomain("d")
              .setName("n")
              .setTaskName("t");

      refused(
          "not_found",
          () ->
              calls.create(
                  CreateRunRequest.newBuilder()
                      .setProjectId(calls.projectId())
                      .setTriggerName(trigger)));
    }

    @Test
    void aTriggerOfAnotherOrganizationIsDenied() {
      var stranger = calls.with(calls.client().with(keyOf("other", "'runs:read','runs:write'")));

      refused(
          "permission_denied",
          () ->
              stranger.create(
                  CreateRunRequest.newBuilder()
                      .setProjectId(calls.projectId().toBuilder().clearOrganization())
                      .setTriggerName(
                          TriggerName.newBuilder()
                              .setOrg(RunCalls.ORGANIZATION)
                              .setProject("p")
                              .setDomain("d")
                              .setName("n")
                              .setTaskName("t"))));
    }

    @Test
    void aKeyOfOneProjectSeesNothingOfAnother() {
      var organization = organization(RunCalls.ORGANIZATION);
      calls.in("secret").create("hidden", "etl.load");
      var holder =
          calls.with(
              calls
                  .client()
                  .with(
                      key(
                          organization,
                          "'runs:read','runs:write'",
                          ",'projectIds':['flytesnacks']")));

      assertThat(holder.run("nightly").hasAction()).isTrue();
      refused("not_found", () -> holder.in("secret").run("hidden"));
      assertThat(holder.in("secret").runs(ListRequest.newBuilder()).getRunsList()).isEmpty();
      assertThat(
              RunCalls.runNames(
                  holder
                      .list(ListRunsRequest.newBuilder().setOrg(RunCalls.ORGANIZATION))
                      .getRunsList()))
          .containsExactly("nightly");
      assertThat(holder.in("secret").actions("hidden", ListRequest.newBuilder()).getActionsList())
          .isEmpty();
      refused("not_found", () -> holder.in("secret").abort("hidden", ""));
      refused("not_found", () -> holder.in("secret").create("another", "etl.load"));
    }

    /** A request that breaks the rule of a field. */
    private record Broken(String field, String rpc, Message request) {}

    private static Rpc named(String name) {
      return ALL.stream().filter(rpc -> rpc.name().equals(name)).findFirst().orElseThrow();
    }

    private static Stream<DynamicTest> each(Consumer<Rpc> test) {
      return ALL.stream().map(rpc -> dynamicTest(rpc.name(), () -> test.accept(rpc)));
    }

    /** What an answer tells beside that it is complete. */
    private static Map<FieldDescriptor, Object> told(Message answer) {
      return answer instanceof WatchGroupsResponse groups
          ? groups.toBuilder().clearSentinel().build().getAllFields()
          : answer.getAllFields();
    }

    private String keyOf(String organization, String scopes) {
      return key(organization(organization), scopes, "");
    }

    private String organization(String externalId) {
      return server
          .client()
          .post("/v1/organizations", "{'externalId':'%s'}", externalId)
          .textAt("/id");
    }

    private String key(String organization, String scopes, String more) {
      var admin = server.client().with("X-Organization-Id", organization);
      var team = admin.post("/v1/teams", "{'name':'Team %s'}", ++teams).is(201).id();
      return admin
          .post("/v1/teams/" + team + "/keys", "{'name':'k','scopes':[" + scopes + "]" + more + "}")
          .is(201)
          .textAt("/key");
    }

    private static TaskIdentifier task(RunIdentifier run) {
      return TaskIdentifier.newBuilder()
          .setOrg(run.getOrg())
          .setProject(run.getProject())
          .setDomain(run.getDomain())
          .setName("etl.load")
          .setVersion("v1")
          .build();
    }

    private static ActionIdentifier root(RunIdentifier run) {
      return ActionIdentifier.newBuilder().setRun(run).setName("a0").build();
    }

    private static ProjectIdentifier project(RunIdentifier run) {
      return ProjectIdentifier.newBuilder()
          .setOrganization(run.getOrg())
          .setName(run.getProject())
          .setDomain(run.getDomain())
          .build();
    }
  }
}
