package dev.runs.adapters.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runs.adapters.cli.connection.Answers;
import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.ConnectionOptions;
import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.connection.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels a run with everything below it. */
@Command(
    name = "cancel",
    description = {
      "Cancels a run with everything below it.",
      "What waits is canceled at once; a worker is asked to stop."
    },
    mixinStandardHelpOptions = true)
public final class CancelCommand implements Runnable {

  private static final Set<String> CONSENT = Set.of("y", "yes");

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

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean isSure;

  public CancelCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    try (var desk = RunDesk.open(connection, around)) {
      if (!isSure && !consents(desk.show(id))) {
        throw CommandFailed.refused("cancel.not_confirmed", "Nothing was canceled.");
      }
      var run = desk.cancel(id);
      if (connection.isJson()) {
        var result = Documents.object();
        result.set("run", run.json());
        Answers.json(spec, desk.mode(), result);
      } else {
        Answers.line(spec, RunLines.one(run));
      }
    }
  }

  /** The question goes to where failures go, so that the result stands alone. */
  private boolean consents(RunDocument run) {
    var err = spec.commandLine().getErr();
    err.print("Cancel run " + RunLines.one(run) + " and everything below it? [y/N] ");
    err.flush();
    try {
      var answer = new BufferedReader(new InputStreamReader(around.input(), UTF_8)).readLine();
      return answer != null && CONSENT.contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      throw new UncheckedIOException("the standard input cannot be read", e);
    }
  }
}
