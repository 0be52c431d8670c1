package dev.runs.bootstrap.endtoend;

import static com.connectrpc.protocols.NetworkProtocol.CONNECT;
import static com.connectrpc.protocols.NetworkProtocol.GRPC;
import static com.connectrpc.protocols.NetworkProtocol.GRPC_WEB;
import static dev.runs.bootstrap.endtoend.ConnectKotlinClient.Transport.binary;
import static dev.runs.bootstrap.endtoend.ConnectKotlinClient.Transport.json;
import static okhttp3.Protocol.H2_PRIOR_KNOWLEDGE;
import static okhttp3.Protocol.HTTP_1_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.ListRequest;
import dev.runs.adapters.rpc.wire.common.ProjectIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.core.Container;
import dev.runs.adapters.rpc.wire.core.Identifier;
import dev.runs.adapters.rpc.wire.core.ResourceType;
import dev.runs.adapters.rpc.wire.core.TaskTemplate;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.workflow.AbortActionRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortActionResponse;
import dev.runs.adapters.rpc.wire.workflow.AbortRunRequest;
import dev.runs.adapters.rpc.wire.workflow.AbortRunResponse;
import dev.runs.adapters.rpc.wire.workflow.Action;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.GetRunDetailsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListRunsResponse;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunDetailsResponse;
import dev.runs.bootstrap.endtoend.ConnectKotlinClient.Transport;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The seven steps of the protocol's own test client, done by published clients on every transport:
 * they know nothing of this server but the messages. <em>Source: the README of the RunService.</em>
 */
@Timeout(180)
final class ClientStepsIT {

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(Installation.onSqlite());
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(Installation.onPostgres());
    }
  }

  abstract static class Contract {

    private static final String ORGANIZATION = "my-org";
    private static final String DOMAIN = "development";
    private static final String NAME = "test-run-001";

    private static final List<Transport> TRANSPORTS =
        List.of(
            Transport.of(CONNECT, binary(), HTTP_1_1),
            Transport.of(CONNECT, binary(), H2_PRIOR_KNOWLEDGE),
            Transport.of(CONNECT, json(), HTTP_1_1),
            Transport.of(CONNECT, json(), H2_PRIOR_KNOWLEDGE),
            Transport.of(CONNECT, binary(), HTTP_1_1).compressing().getting(),
            Transport.of(CONNECT, json(), H2_PRIOR_KNOWLEDGE).compressing().getting(),
            Transport.of(GRPC, binary(), H2_PRIOR_KNOWLEDGE),
            Transport.of(GRPC, json(), H2_PRIOR_KNOWLEDGE),
            Transport.of(GRPC, binary(), H2_PRIOR_KNOWLEDGE).compressing(),
            Transport.of(GRPC_WEB, binary(), HTTP_1_1),
            Transport.of(GRPC_WEB, binary(), H2_PRIOR_KNOWLEDGE),
            Transport.of(GRPC_WEB, json(), HTTP_1_1),
            Transport.of(GRPC_WEB, json(), H2_PRIOR_KNOWLEDGE));

    @RegisterExtension final Installation installation;

    Contract(Installation installation) {
      this.installation = installation;
    }

    @TestFactory
    Stream<DynamicTest> passOnEveryTransport() throws IOException {
      var server = installation.start();
      var connect =
          TRANSPORTS.stream()
              .map(transport ->
                  DynamicTest.dynamicTest(
                      "connect-kotlin: " + transport,
                      () ->
                          takeAllSteps(
                              new ConnectKotlinClient(server.address(), Server.KEY, transport),
                              "project-" + TRANSPORTS.indexOf(transport))));
      var grpc =
          DynamicTest.dynamicTest(
              "grpc-java",
              () -> takeAllSteps(new GrpcJavaClient(server.address(), Server.KEY), "project-grpc"));
      return Stream.concat(connect, Stream.of(grpc));
    }

    /** Closes the client. */
    private static void takeAllSteps(PublishedClient client, String project) {
      try (client) {
        new Steps(client, project).takeAll();
      }
    }

    /**
     * @param project in which nobody else has runs
     */
    private record Steps(PublishedClient client, String project) {

      void takeAll() {
        var named = create(task().setRunId(run(NAME)));
        assertThat(named.getId().getRun()).isEqualTo(run(NAME));
        assertThat(named.getId().getName()).isEqualTo("a0");

        var generated = create(task().setProjectId(projectId()));
        assertThat(generated.getId().getRun().getName()).isNotEmpty().isNotEqualTo(NAME);

        var details = detailsOf(named.getId().getRun());
        assertThat(details.getId()).isEqualTo(named.getId());
        assertThat(details.getStatus().getPhase()).isEqualTo(ActionPhase.ACTION_PHASE_QUEUED);
        assertThat(details.getTask().getTaskTemplate().getContainer().getImage())
            .isEqualTo("alpine:latest");

        assertThat(runs())
            .containsExactlyInAnyOrder(named.getId().getRun(), generated.getId().getRun());

        assertThat(actionsOf(named.getId().getRun())).containsExactly(named.getId());

        client.call(
            "AbortAction",
            AbortActionRequest.newBuilder()
                .setActionId(named.getId())
                .setReason("Testing abort action")
                .build(),
            AbortActionResponse.getDefaultInstance());
        assertThat(detailsOf(named.getId().getRun()).getAbortInfo().getReason())
            .isEqualTo("Testing abort action");

        client.call(
            "AbortRun",
            AbortRunRequest.newBuilder()
                .setRunId(generated.getId().getRun())
                .setReason("Testing abort")
                .build(),
            AbortRunResponse.getDefaultInstance());
        assertThat(detailsOf(generated.getId().getRun()).getStatus().getPhase())
            .isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);

        followToTheEnd(generated);
        beRefused();
      }

      /** A stream of one that has ended tells how it is, and ends itself. */
      private void followToTheEnd(Action action) {
        var told =
            client.stream(
                "WatchRunDetails",
                WatchRunDetailsRequest.newBuilder().setRunId(action.getId().getRun()).build(),
                WatchRunDetailsResponse.getDefaultInstance());

        assertThat(told).hasSize(1);
        assertThat(told.getFirst().getDetails().getAction().getStatus().getPhase())
            .isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);
      }

      private void beRefused() {
        assertThatExceptionOfType(RpcClient.Failed.class)
            .isThrownBy(() -> detailsOf(run("nobody")))
            .withMessageContaining("nobody")
            .matches(failed -> failed.code().equals("not_found"));
        assertThatExceptionOfType(RpcClient.Failed.class)
            .isThrownBy(() ->
                client.stream(
                    "WatchRunDetails",
                    WatchRunDetailsRequest.newBuilder().setRunId(run("nobody")).build(),
                    WatchRunDetailsResponse.getDefaultInstance()))
            .matches(failed -> failed.code().equals("not_found"));
        assertThatExceptionOfType(RpcClient.Failed.class)
            .isThrownBy(() -> create(task().setRunId(run(NAME))))
            .matches(failed -> failed.code().equals("already_exists"));
      }

      private Action create(CreateRunRequest.Builder request) {
        return client
            .call("CreateRun", request.build(), CreateRunResponse.getDefaultInstance())
            .getRun()
            .getAction();
      }

      private dev.runs.adapters.rpc.wire.workflow.ActionDetails detailsOf(RunIdentifier run) {
        return client
            .call(
                "GetRunDetails",
                GetRunDetailsRequest.newBuilder().setRunId(run).build(),
                GetRunDetailsResponse.getDefaultInstance())
            .getDetails()
            .getAction();
      }

      private List<RunIdentifier> runs() {
        return client
            .call(
                "ListRuns",
                ListRunsRequest.newBuilder()
                    .setRequest(ListRequest.newBuilder().setLimit(10))
                    .setProjectId(projectId())
                    .build(),
                ListRunsResponse.getDefaultInstance())
            .getRunsList()
            .stream()
            .map(run -> run.getAction().getId().getRun())
            .toList();
      }

      private List<ActionIdentifier> actionsOf(RunIdentifier run) {
        return client
            .call(
                "ListActions",
                ListActionsRequest.newBuilder()
                    .setRequest(ListRequest.newBuilder().setLimit(10))
                    .setRunId(run)
                    .build(),
                ListActionsResponse.getDefaultInstance())
            .getActionsList()
            .stream()
            .map(Action::getId)
            .toList();
      }

      private CreateRunRequest.Builder task() {
        return CreateRunRequest.newBuilder()
            .setTaskSpec(
                TaskSpec.newBuilder()
                    .setTaskTemplate(
                        TaskTemplate.newBuilder()
                            .setId(
                                Identifier.newBuilder()
                                    .setResourceType(ResourceType.TASK)
                                    .setOrg(ORGANIZATION)
                                    .setProject(project)
                                    .setDomain(DOMAIN)
                                    .setName("test-task")
                                    .setVersion("v1"))
                            .setType("container")
                            .setContainer(
                                Container.newBuilder()
                                    .setImage("alpine:latest")
                                    .addArgs("echo")
                                    .addArgs("hello"))));
      }

      private RunIdentifier run(String name) {
        return RunIdentifier.newBuilder()
            .setOrg(ORGANIZATION)
            .setProject(project)
            .setDomain(DOMAIN)
            .setName(name)
            .build();
      }

      private ProjectIdentifier projectId() {
        return ProjectIdentifier.newBuilder()
            .setOrganization(ORGANIZATION)
            .setName(project)
            .setDomain(DOMAIN)
            .build();
      }
    }
  }
}
