package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rpc.wire.common.ActionIdentifier;
import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.ListRequest;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.core.TaskTemplate;
import dev.runs.adapters.rpc.wire.task.TaskIdentifier;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.workflow.ActionEvent;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.CreateRunResponse;
import dev.runs.adapters.rpc.wire.workflow.CreateTrackedRunRequest;
import dev.runs.adapters.rpc.wire.workflow.ListActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ListActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.ReportTrackedActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.ReportTrackedActionsResponse;
import dev.runs.adapters.rpc.wire.workflow.TaskAction;
import dev.runs.adapters.rpc.wire.workflow.TrackedActionUpdate;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchActionsResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A large tree is reported by many at once while many follow it, who leave and come back, and while
 * the server is killed: in the end each who followed has seen what the database has.
 */
@Timeout(600)
final class RpcWatchIT {

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(Installation.onSqlite(), 1);
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(Installation.onPostgres(), 2);
    }
  }

  abstract static class Contract {

    private static final int ACTIONS = 4_000;
    private static final int REPORTERS = 8;
    private static final int WATCHERS = 20;
    private static final int AT_ONCE = 50;
    private static final long SEED = 20_261_121;

    private static final TaskSpec SPEC =
        TaskSpec.newBuilder()
            .setTaskTemplate(TaskTemplate.newBuilder().setType("python"))
            .setShortName("step")
            .build();

    private static final String TRACKED = "flyteidl2.workflow.TrackedRunService";
    private static final RunIdentifier RUN =
        RunIdentifier.newBuilder()
            .setOrg("acme")
            .setProject("flytesnacks")
            .setDomain("development")
            .setName("large")
            .build();

    @RegisterExtension final Installation installation;

    private final int nodes;

    /** Where calls go: a client of each node, and of another one after a node was killed. */
    private final AtomicReferenceArray<RpcClient> clients;

    /**
     * @param nodes how many servers share the database
     */
    Contract(Installation installation, int nodes) {
      this.installation = installation;
      this.nodes = nodes;
      this.clients = new AtomicReferenceArray<>(nodes);
    }

    @Test
    void everyWatcherEndsWithWhatTheDatabaseHas() throws Exception {
      var first = installation.start();
      clients.set(0, RpcClient.of(first));
      for (var node = 1; node < nodes; node++) {
        clients.set(node, RpcClient.of(installation.start()));
      }
      client(0)
          .call(
              TRACKED,
              "CreateRun",
              CreateTrackedRunRequest.newBuilder().setRunId(RUN).setTaskId(task("root")).build(),
              CreateRunResponse.getDefaultInstance());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var watched = new ArrayList<Future<Map<String, ActionPhase>>>();
        for (var number = 0; number < WATCHERS; number++) {
          var random = new SplittableRandom(SEED + number);
          watched.add(threads.submit(() -> watched(random)));
        }
        var reported = new ArrayList<Future<?>>();
        for (var number = 0; number < REPORTERS; number++) {
          var reporter = number;
          reported.add(threads.submit(() -> report(reporter)));
        }
        Await.until(
            () -> {
              reported.stream().filter(Future::isDone).forEach(Future::resultNow);
              return listed(1).size();
            },
            size -> size > 100);
        first.kill();
        clients.set(0, RpcClient.of(installation.start()));
        for (var report : reported) {
          report.get();
        }
        update("a0", "", ActionPhase.ACTION_PHASE_SUCCEEDED, 2);

        var kept = listed(Integer.MAX_VALUE);
        assertThat(kept).hasSize(ACTIONS + 1);
        for (var one : watched) {
          assertThat(one.get()).isEqualTo(kept);
        }
      }
    }

    private RpcClient client(int number) {
      return clients.get(number % nodes);
    }

    /** Reports its share, each action twice: as it runs, and as it ends. */
    private void report(int reporter) {
      var random = new SplittableRandom(SEED - reporter);
      var names = new ArrayList<String>();
      for (var from = 0; from < ACTIONS / REPORTERS; from += AT_ONCE) {
        var running = new ArrayList<TrackedActionUpdate>();
        var ended = new ArrayList<TrackedActionUpdate>();
        for (var number = from; number < Math.min(from + AT_ONCE, ACTIONS / REPORTERS); number++) {
          var name = "r" + reporter + "-" + number;
          var parent = names.isEmpty() ? "a0" : names.get(random.nextInt(names.size()));
          running.add(told(name, parent, ActionPhase.ACTION_PHASE_RUNNING, 1));
          ended.add(
              told(
                  name,
                  parent,
                  random.nextInt(10) == 0
                      ? ActionPhase.ACTION_PHASE_FAILED
                      : ActionPhase.ACTION_PHASE_SUCCEEDED,
                  2));
          if (names.size() < AT_ONCE) {
            names.add(name);
          }
        }
        send(reporter, running);
        send(reporter, ended);
      }
    }

    private void update(String name, String parent, ActionPhase phase, int version) {
      send(0, List.of(told(name, parent, phase, version)));
    }

    /** What is not answered is said again: it is one report however often it is said. */
    private void send(int reporter, List<TrackedActionUpdate> updates) {
      var request =
          ReportTrackedActionsRequest.newBuilder().setRunId(RUN).addAllUpdates(updates).build();
      Await.until(
          () -> {
            try {
              return client(reporter)
                  .call(
                      TRACKED,
                      "ReportActions",
                      request,
                      ReportTrackedActionsResponse.getDefaultInstance())
                  .getStatusesList()
                  .stream()
                  .allMatch(status -> status.getCode() == 0);
            } catch (IllegalStateException gone) {
              return false;
            }
          },
          isHeard -> isHeard);
    }

    private static TrackedActionUpdate told(
        String name, String parent, ActionPhase phase, int version) {
      var told =
          TrackedActionUpdate.newBuilder()
              .setEvent(
                  ActionEvent.newBuilder()
                      .setId(ActionIdentifier.newBuilder().setRun(RUN).setName(name))
                      .setAttempt(1)
                      .setPhase(phase)
                      .setVersion(version))
              .setStatus(ActionStatus.newBuilder().setPhase(phase).setAttempts(1));
      return parent.isEmpty()
          ? told.build()
          : told.setParentName(parent)
              .setTask(TaskAction.newBuilder().setId(task("step")).setSpec(SPEC))
              .build();
    }

    private static TaskIdentifier task(String name) {
      return TaskIdentifier.newBuilder()
          .setOrg("acme")
          .setProject("flytesnacks")
          .setDomain("development")
          .setName(name)
          .setVersion("v1")
          .build();
    }

    /** Follows the run to its end, leaving now and then; gives the last phase of each action. */
    private Map<String, ActionPhase> watched(SplittableRandom random) {
      var phases = new HashMap<String, ActionPhase>();
      while (true) {
        var patience = random.nextInt(5, 200);
        try (var stream =
            client(random.nextInt(nodes))
                .open(
                    "WatchActions",
                    WatchActionsRequest.newBuilder().setRunId(RUN).build(),
                    WatchActionsResponse.getDefaultInstance())) {
          for (var answer = stream.next(); patience-- > 0; answer = stream.next()) {
            if (answer.isEmpty()) {
              return phases;
            }
            answer
                .get()
                .getEnrichedActionsList()
                .forEach(one ->
                    phases.put(
                        one.getAction().getId().getName(), one.getAction().getStatus().getPhase()));
          }
        } catch (IllegalStateException | IOException gone) {
          // the server was killed; whoever follows comes back
          Thread.onSpinWait();
        }
      }
    }

    /** The phases of all actions as the database has them. */
    private Map<String, ActionPhase> listed(int pages) {
      var phases = new HashMap<String, ActionPhase>();
      var token = "";
      var left = pages;
      do {
        var page =
            client(0)
                .call(
                    "ListActions",
                    ListActionsRequest.newBuilder()
                        .setRunId(RUN)
                        .setRequest(ListRequest.newBuilder().setLimit(200).setToken(token))
                        .build(),
                    ListActionsResponse.getDefaultInstance());
        page.getActionsList()
            .forEach(action -> phases.put(action.getId().getName(), action.getStatus().getPhase()));
        token = page.getToken();
        left--;
      } while (!token.isEmpty() && left > 0);
      return phases;
    }
  }
}
