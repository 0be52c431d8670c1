package dev.runs.adapters.cli.rpc;

import dev.runs.adapters.cli.connection.Answers;
import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.connection.HttpApi;
import dev.runs.adapters.cli.connection.ServerOption;
import dev.runs.adapters.cli.connection.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goes through the life of two runs on a server, by the RunService protocol over Connect with JSON.
 * The steps and their lines are those of the protocol's own test client. <em>Source: the README of
 * the RunService.</em>
 */
@Command(
    name = "rpc-check",
    description = "Tries the RunService protocol on a server: makes two runs and aborts them.",
    mixinStandardHelpOptions = true)
public final class RpcCheckCommand implements Runnable {

  private static final String SERVICE = "/flyteidl2.workflow.RunService/";
  private static final String NAME = "test-run-001";
  private static final String PROJECT = "my-project";
  private static final String DOMAIN = "development";
  private static final int PAGE = 10;

  private final Surroundings around;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server; else that of RUNS_API_URL, else http://localhost:8090.")
  private @Nullable String url;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description =
          "The key for the server. Others on this machine can see it here: better set RUNS_API_KEY.")
  private @Nullable String apiKey;

  @Option(
      names = "--org",
      paramLabel = "NAME",
      description = "The organization in which the runs are made; else the key's own.")
  private String organization = "";

  public RpcCheckCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    var key = Optional.ofNullable(apiKey).or(() -> around.variable("RUNS_API_KEY"));
    try (var api =
        new HttpApi(ServerOption.address(url, around.environment()), key, Optional.empty())) {
      check(api);
    }
  }

  private void check(HttpApi api) {
    say("Test 1: Creating a run with task spec...");
    var first = created(api, named(freeName(api)));
    done("Run created successfully: " + name(first));

    say("Test 2: Creating a run with auto-generated name...");
    var second = created(api, unnamed());
    done("Run with auto-generated name created: " + name(second));

    say("Test 3: Getting run details...");
    var details = call(api, "GetRunDetails", ofRun(first)).path("details");
    require(details.at("/action/id").equals(id(first)), "the details are those of another run");
    done("Retrieved run details: phase " + details.at("/action/status/phase").asString());

    say("Test 4: Listing runs...");
    var listed = Documents.object();
    listed.putObject("request").put("limit", PAGE);
    listed.set("projectId", project());
    var runs = call(api, "ListRuns", listed).path("runs");
    require(runs.size() >= 2, "both runs must be listed");
    done("Found %d runs".formatted(runs.size()));

    say("Test 5: Listing actions for the run...");
    var actions = actions(api, first);
    require(!actions.isEmpty(), "a run is its own first action");
    done("Found %d actions".formatted(actions.size()));

    say("Test 6: Aborting an action...");
    var action = Documents.object();
    action.set("actionId", actions.get(0).path("id"));
    call(api, "AbortAction", action.put("reason", "Testing abort action"));
    require(isAborted(api, first), "the action is not aborted");
    done("Action aborted successfully");

    say("Test 7: Aborting a run...");
    call(api, "AbortRun", ofRun(second).put("reason", "Testing abort"));
    require(isAborted(api, second), "the run is not aborted");
    done("Run aborted successfully");

    Answers.line(spec, "All tests completed successfully! 🎉");
  }

  /** The name of the protocol's own client, or one more when the check was made here before. */
  private String freeName(HttpApi api) {
    for (var number = 1; ; number++) {
      var name = NAME.substring(0, NAME.length() - 3) + "%03d".formatted(number);
      var asked = Documents.object();
      asked.set("runId", runId(name));
      try {
        call(api, "GetRunDetails", asked);
      } catch (CommandFailed e) {
        if (e.code().equals("not_found")) {
          return name;
        }
        throw e;
      }
    }
  }

  private ObjectNode named(String name) {
    var request = task();
    request.set("runId", runId(name));
    return request;
  }

  private ObjectNode unnamed() {
    var request = task();
    request.set("projectId", project());
    return request;
  }

  /** A task that nobody executes here. */
  private ObjectNode task() {
    var request = Documents.object();
    var template = request.putObject("taskSpec").putObject("taskTemplate").put("type", "container");
    template
        .putObject("id")
        .put("resourceType", "TASK")
        .put("org", organization)
        .put("project", PROJECT)
        .put("domain", DOMAIN)
        .put("name", "test-task")
        .put("version", "v1");
    template
        .putObject("container")
        .put("image", "alpine:latest")
        .putArray("args")
        .add("echo")
        .add("hello");
    return request;
  }

  private ObjectNode runId(String name) {
    return Documents.object()
        .put("org", organization)
        .put("project", PROJECT)
        .put("domain", DOMAIN)
        .put("name", name);
  }

  private ObjectNode project() {
    return Documents.object()
        .put("organization", organization)
        .put("domain", DOMAIN)
        .put("name", PROJECT);
  }

  private static JsonNode created(HttpApi api, ObjectNode request) {
    return call(api, "CreateRun", request).path("run");
  }

  private static JsonNode id(JsonNode run) {
    return run.at("/action/id");
  }

  private static String name(JsonNode run) {
    return id(run).at("/run/name").asString();
  }

  private static ObjectNode ofRun(JsonNode run) {
    var request = Documents.object();
    request.set("runId", id(run).path("run"));
    return request;
  }

  private static JsonNode actions(HttpApi api, JsonNode run) {
    var request = ofRun(run);
    request.putObject("request").put("limit", PAGE);
    return call(api, "ListActions", request).path("actions");
  }

  private static boolean isAborted(HttpApi api, JsonNode run) {
    return call(api, "GetRunDetails", ofRun(run))
        .at("/details/action/status/phase")
        .asString()
        .equals("ACTION_PHASE_ABORTED");
  }

  private static JsonNode call(HttpApi api, String method, ObjectNode request) {
    return api.post(SERVICE + method, request).body();
  }

  private static void require(boolean isSo, String otherwise) {
    if (!isSo) {
      throw CommandFailed.refused("rpc.check_failed", "The check failed: " + otherwise + ".");
    }
  }

  private void say(String text) {
    Answers.line(spec, text);
  }

  private void done(String text) {
    Answers.line(spec, "✓ " + text);
    Answers.line(spec, "");
  }
}
