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

/** Does a run again that has ended. */
@Command(
    name = "retry",
    description = "Does a run again that has ended, as a new run, and prints its id.",
    mixinStandardHelpOptions = true)
public final class RetryCommand implements Runnable {

  private final Surroundings around;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ConnectionOptions connection;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "ID", description = "The id of the run that has ended.")
  private String id;

  public RetryCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    try (var desk = RunDesk.open(connection, around)) {
      var run = desk.retry(id);
      if (connection.isJson()) {
        var result = Documents.object();
        result.set("run", run.json());
        Answers.json(spec, desk.mode(), result);
      } else {
        Answers.line(spec, run.id());
      }
    }
  }
}
