package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.Answers;
import dev.runs.adapters.cli.connection.ConnectionOptions;
import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.connection.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one run. */
@Command(name = "status", description = "Shows one run.", mixinStandardHelpOptions = true)
public final class StatusCommand implements Runnable {

  private final Surroundings around;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ConnectionOptions connection;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "ID", description = "The id of the run.")
  private String id;

  public StatusCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    try (var desk = RunDesk.open(connection, around)) {
      var run = desk.show(id);
      if (connection.isJson()) {
        var result = Documents.object();
        result.set("run", run.json());
        Answers.json(spec, desk.mode(), result);
      } else {
        RunLines.all(run).forEach(line -> Answers.line(spec, line));
      }
    }
  }
}
