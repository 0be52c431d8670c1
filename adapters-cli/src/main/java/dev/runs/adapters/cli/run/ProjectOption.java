package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.Surroundings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The project that a command is about. */
final class ProjectOption {

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "The project, by id or slug; else that of RUNS_PROJECT.")
  private @Nullable String project;

  Optional<String> project(Surroundings around) {
    return Optional.ofNullable(project)
        .or(() -> around.variable("RUNS_PROJECT"))
        .or(() -> around.variable("SPRONGUS_PROJECT"));
  }
}
