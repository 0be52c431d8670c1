package dev.runs.adapters.rpc.action;

import dev.runs.adapters.rpc.wire.core.TaskTemplate;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.workflow.TaskAction;
import dev.runs.domain.action.TaskGiven;
import org.jspecify.annotations.Nullable;

/** Tasks as clients and executors give them. */
public final class Tasks {

  /** What a task is called that has no name at all. */
  private static final String UNNAMED = "task";

  private Tasks() {}

  public static TaskGiven of(TaskSpec spec) {
    var template = spec.getTaskTemplate();
    var name = name(spec, template);
    return new TaskGiven(
        Identifiers.task(template.getId(), name),
        given(template.getType()),
        given(spec.getShortName()),
        spec.hasEnvironment() ? given(spec.getEnvironment().getName()) : null,
        function(name),
        Documents.of(spec));
  }

  /** The id that was given besides counts, for the specification may name none. */
  public static TaskGiven of(TaskAction action) {
    var function = function(action.getId().getName());
    if (!action.hasSpec()) {
      var id = Identifiers.task(action.getId());
      return new TaskGiven(id, null, null, null, function, null);
    }
    var specified = of(action.getSpec());
    if (!action.hasId()) {
      return specified;
    }
    return new TaskGiven(
        Identifiers.task(action.getId()),
        specified.type(),
        specified.shortName(),
        specified.environment(),
        function,
        specified.spec());
  }

  /** The last part of a name with dots: the function within its environment. */
  public static String function(String taskName) {
    return taskName.substring(taskName.lastIndexOf('.') + 1);
  }

  private static String name(TaskSpec spec, TaskTemplate template) {
    if (!template.getId().getName().isBlank()) {
      return template.getId().getName();
    }
    if (!spec.getShortName().isBlank()) {
      return spec.getShortName();
    }
    return template.getType().isBlank() ? UNNAMED : template.getType();
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
