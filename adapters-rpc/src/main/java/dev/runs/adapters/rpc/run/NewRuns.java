package dev.runs.adapters.rpc.run;

import dev.runs.adapters.rpc.action.Documents;
import dev.runs.adapters.rpc.action.Identifiers;
import dev.runs.adapters.rpc.action.Identities;
import dev.runs.adapters.rpc.action.Moments;
import dev.runs.adapters.rpc.action.Tasks;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.wire.common.OffloadedInputData;
import dev.runs.adapters.rpc.wire.common.ProjectIdentifier;
import dev.runs.adapters.rpc.wire.common.RunIdentifier;
import dev.runs.adapters.rpc.wire.core.Parameter;
import dev.runs.adapters.rpc.wire.task.Inputs;
import dev.runs.adapters.rpc.wire.task.NamedLiteral;
import dev.runs.adapters.rpc.wire.task.RunSpec;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.CreateTrackedRunRequest;
import dev.runs.adapters.rpc.wire.workflow.RunSource;
import dev.runs.application.Caller;
import dev.runs.application.action.StartRun;
import dev.runs.application.action.StartRun.Work;
import dev.runs.domain.action.TaskGiven;
import dev.runs.domain.action.TriggerName;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.secret.Input;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads which runs are to be made. */
final class NewRuns {

  /** Where a run is to be, by its id or by its project alone. */
  private record Place(String project, String domain, Optional<String> name) {

    /** What systems that execute runs take as a name, such as Kubernetes. */
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

    static Place of(RunIdentifier id) {
      if (!NAME.matcher(id.getName()).matches()) {
        throw RpcException.invalid(
            "run_id.name",
            "must begin with a lower-case letter, go on with such letters, digits and '-', and not"
                + " end with '-'");
      }
      return new Place(id.getProject(), id.getDomain(), Optional.of(id.getName()));
    }

    static Place of(ProjectIdentifier id) {
      return new Place(id.getName(), id.getDomain(), Optional.empty());
    }
  }

  private NewRuns() {}

  /**
   * @param organization the external id of the one in which the caller acts
   */
  static StartRun.Request of(Caller caller, String organization, CreateRunRequest request) {
    var place =
        request.hasRunId() ? Place.of(request.getRunId()) : Place.of(request.getProjectId());
    var work =
        switch (request.getTaskCase()) {
          case TASK_ID -> new Work.Task(TaskGiven.ofId(Identifiers.task(request.getTaskId())));
          case TASK_SPEC -> new Work.Task(Tasks.of(request.getTaskSpec()));
          case TRIGGER_NAME ->
              new Work.Triggered(
                  new TriggerName(
                      request.getTriggerName().getProject(),
                      request.getTriggerName().getDomain(),
                      request.getTriggerName().getName(),
                      request.getTriggerName().getTaskName()));
          case TASK_NOT_SET -> throw new IllegalStateException("the rules want a task");
        };
    var inputs = withDefaults(request.getInputs(), request.getTaskSpec());
    return request(
        caller,
        organization,
        place,
        work,
        request.hasInputs() || inputs.getLiteralsCount() > 0
            ? Optional.of(inputs)
            : Optional.empty(),
        request.hasOffloadedInputData() ? request.getOffloadedInputData() : null,
        request.hasRunSpec() ? request.getRunSpec() : null,
        Map.of(),
        request.getSource(),
        startAt(request.hasRunStartTime(), request));
  }

  /** A run that its client executes and only reports. */
  static StartRun.Request of(Caller caller, String organization, CreateTrackedRunRequest request) {
    var place =
        request.hasRunId() ? Place.of(request.getRunId()) : Place.of(request.getProjectId());
    var task =
        request.hasTaskId()
            ? TaskGiven.ofId(Identifiers.task(request.getTaskId()))
            : Tasks.of(request.getTaskSpec());
    return request(
        caller,
        organization,
        place,
        new Work.Task(task),
        Optional.empty(),
        request.hasOffloadedInputData() ? request.getOffloadedInputData() : null,
        request.hasRunSpec() ? request.getRunSpec() : null,
        request.getLabelsMap(),
        RunSource.RUN_SOURCE_TRACKED,
        Moments.readGiven("run_start_time", request.hasRunStartTime(), request.getRunStartTime()));
  }

  private static boolean isKnown(RunSource source) {
    return source != RunSource.UNRECOGNIZED && source != RunSource.RUN_SOURCE_UNSPECIFIED;
  }

  private static @Nullable Instant startAt(boolean isGiven, CreateRunRequest request) {
    var spec = request.getRunSpec();
    return isGiven
        ? Moments.read("run_start_time", request.getRunStartTime())
        : Moments.readGiven(
            "run_spec.run_start_time", spec.hasRunStartTime(), spec.getRunStartTime());
  }

  private static StartRun.Request request(
      Caller caller,
      String organization,
      Place place,
      Work work,
      Optional<Inputs> inputs,
      @Nullable OffloadedInputData offloaded,
      @Nullable RunSpec spec,
      Map<String, String> labels,
      RunSource source,
      @Nullable Instant startAt) {
    var known = spec == null ? RunSpec.getDefaultInstance() : spec;
    var all = new LinkedHashMap<>(known.getLabels().getValuesMap());
    all.putAll(labels);
    return new StartRun.Request(
        caller.organization(),
        place.project(),
        place.domain(),
        place.name(),
        work,
        inputs.map(Documents::json).map(Payload::new),
        offloaded == null ? null : offloaded.getUri(),
        offloaded == null ? null : offloaded.getInputsHash(),
        spec == null ? null : Documents.of(spec),
        all,
        isKnown(source) ? source.name() : null,
        startAt,
        Documents.of(Identities.of(caller.principal(), organization)),
        caller.principal().value(),
        Documents.ofGiven(known.hasRelation(), known.getRelation()),
        given(inputs, known));
  }

  /** Where a credential could be: in what the run is given, and in its environment; by name. */
  private static Input given(Optional<Inputs> inputs, RunSpec spec) {
    var literals = new LinkedHashMap<String, Input>();
    for (var literal : inputs.map(Inputs::getLiteralsList).orElse(List.of())) {
      var primitive = literal.getValue().getScalar().getPrimitive();
      literals.put(
          literal.getName(),
          primitive.hasStringValue()
              ? new Input.Text(primitive.getStringValue())
              : Documents.input(literal.getValue()));
    }
    var environment = new LinkedHashMap<String, Input>();
    for (var variable : spec.getEnvs().getValuesList()) {
      environment.put(variable.getKey(), new Input.Text(variable.getValue()));
    }
    return new Input.Members(
        Map.of("inputs", new Input.Members(literals), "envs", new Input.Members(environment)));
  }

  /** What the task's specification gives where the request does not. */
  private static Inputs withDefaults(Inputs inputs, TaskSpec spec) {
    var given =
        inputs.getLiteralsList().stream().map(NamedLiteral::getName).collect(Collectors.toSet());
    var all = inputs.toBuilder();
    for (var parameter : spec.getDefaultInputsList()) {
      if (!given.contains(parameter.getName())
          && parameter.getParameter().getBehaviorCase() == Parameter.BehaviorCase.DEFAULT) {
        all.addLiterals(
            NamedLiteral.newBuilder()
                .setName(parameter.getName())
                .setValue(parameter.getParameter().getDefault()));
      }
    }
    return all.build();
  }
}
