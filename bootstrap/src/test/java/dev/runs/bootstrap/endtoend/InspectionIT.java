package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.task.TaskIdentifier;
import dev.runs.adapters.rpc.wire.workflow.ActionEvent;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordActionRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionResponse;
import dev.runs.adapters.rpc.wire.workflow.RecordRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordResponse;
import dev.runs.adapters.rpc.wire.workflow.TaskAction;
import dev.runs.adapters.rpc.wire.workflow.TraceAction;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusRequest;
import dev.runs.adapters.rpc.wire.workflow.UpdateActionStatusResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people see who ask the database itself about runs that executors reported. */
@Timeout(120)
final class InspectionIT {

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

    /** <em>Source: the README of the RunService.</em> */
    private static final String RUNS =
        """
        -- View runs
        SELECT id, org, project, domain, name, root_action_name, created_at
        FROM runs
        ORDER BY created_at DESC;
        """;

    /** <em>Source: the README of the RunService.</em> */
    private static final String ACTIONS =
        """
        -- View actions
        SELECT id, org, project, domain, run_name, name, phase, action_type
        FROM actions
        ORDER BY created_at DESC;
        """;

    private static final String INTERNAL = "flyteidl2.workflow.InternalRunService";
    private static final String EVENTS = "flyteidl2.workflow.EventsProxyService";

    @RegisterExtension final Installation installation;

    Contract(Installation installation) {
      this.installation = installation;
    }

    @Test
    void theQueriesOfTheRunServiceTellWhatItDid() throws Exception {
      var client = RpcClient.of(installation.start());
      create(client, "nightly");
      report(client, "a0", ActionPhase.ACTION_PHASE_RUNNING);
      record(client, recorded("load").setTask(task()));
      attempt(client, "load", ActionPhase.ACTION_PHASE_RUNNING, 1);
      attempt(client, "load", ActionPhase.ACTION_PHASE_FAILED, 2);
      report(client, "load", ActionPhase.ACTION_PHASE_FAILED);
      record(client, recorded("print").setTrace(TraceAction.newBuilder().setName("print")));
      create(client, "hourly");

      assertThat(asked(RUNS))
          .containsExactly(
              "<id> acme flytesnacks development hourly a0 <time>",
              "<id> acme flytesnacks development print a0 <time>",
              "<id> acme flytesnacks development load a0 <time>",
              "<id> acme flytesnacks development nightly a0 <time>");
      assertThat(asked(ACTIONS))
          .containsExactly(
              "<id> acme flytesnacks development hourly a0 PHASE_QUEUED task",
              "<id> acme flytesnacks development nightly print PHASE_SUCCEEDED trace",
              "<id> acme flytesnacks development nightly load PHASE_FAILED task",
              "<id> acme flytesnacks development nightly a0 PHASE_RUNNING task");
      assertThat(
              asked(
                  """
                  SELECT action_attempts.attempt_number, action_attempts.phase, actions.name
                  FROM action_attempts JOIN actions ON actions.id = action_attempts.action_id
                  WHERE actions.name = 'load';
                  """))
          .containsExactly("1 PHASE_FAILED load");
    }

    /** Rows as they come; ids and moments, which differ, by their kind. */
    private List<String> asked(String query) throws SQLException {
      try (var connection = installation.connect();
          var statement = connection.createStatement();
          var rows = statement.executeQuery(query)) {
        var told = new ArrayList<String>();
        while (rows.next()) {
          var row = new StringJoiner(" ");
          for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
            var name = rows.getMetaData().getColumnLabel(column);
            var value = String.valueOf(rows.getString(column));
            row.add(
                switch (name) {
                  case "id" -> value.matches("[0-9a-f-]{36}") ? "<id>" : value;
                  case "created_at" ->
                      value.matches("\\d{4}-\\d\\d-\\d\\d[T ].*") ? "<time>" : value;
                  default -> value;
                });
          }
          told.add(row.toString());
        }
        return told;
      }
    }

    private static void create(RpcClient client, String name) {
      client.call(
          "CreateRun",
          CreateRunRequest.newBuilder().setRunId(run(name)).setTaskId(task().getId()).build(),
          CreateRunResponse.getDefaultInstance());
    }

    private static RecordActionRequest.Builder recorded(String name) {
      return RecordActionRequest.newBuilder().setActionId(action(name)).setParent("a0");
    }

    private static void record(RpcClient client, RecordActionRequest.Builder action) {
      var answer =
          heard(client, "RecordAction", action.build(), RecordActionResponse.getDefaultInstance());
      assertThat(answer.getStatus().getMessage()).isEmpty();
    }

    private static void report(RpcClient client, String name, ActionPhase phase) {
      var answer =
          heard(
              client,
              "UpdateActionStatus",
              UpdateActionStatusRequest.newBuilder()
                  .setActionId(action(name))
                  .setStatus(ActionStatus.newBuilder().setPhase(phase).setAttempts(1))
                  .build(),
              UpdateActionStatusResponse.getDefaultInstance());
      assertThat(answer.getStatus().getMessage()).isEmpty();
    }

    private static void attempt(RpcClient client, String name, ActionPhase phase, int version) {
      client.call(
          EVENTS,
          "Record",
          RecordRequest.newBuilder()
              .addEvents(
                  ActionEvent.newBuilder()
                      .setId(action(name))
                      .setAttempt(1)
                      .setPhase(phase)
                      .setVersion(version)
                      .setUpdatedTime(Timestamp.newBuilder().setSeconds(1_700_000_000L + version)))
              .build(),
          RecordResponse.getDefaultInstance());
    }

    private static <A extends Message> A heard(
        RpcClient client, String method, Message request, A empty) {
      return client.call(INTERNAL, method, request, empty);
    }

    private static TaskAction task() {
      return TaskAction.newBuilder()
          .setId(
              TaskIdentifier.newBuilder()
                  .setOrg("acme")
                  .setProject("flytesnacks")
                  .setDomain("development")
                  .setName("etl.load")
                  .setVersion("v1"))
          .build();
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
}
