package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.Answers;
import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.ConnectionOptions;
import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.connection.ExitCode;
import dev.runs.adapters.cli.connection.Surroundings;
import dev.runs.domain.run.StateName;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows a run until it has ended. */
@Command(
    name = "tail",
    description = {
      "Follows a run until it has ended; ends with its output or its error.",
      "The exit code says the outcome: 0 succeeded, 3 failed, 4 timed out, 5 canceled."
    },
    mixinStandardHelpOptions = true)
public final class TailCommand implements Callable<Integer> {

  private static final long SHORTEST_REST_MILLIS = 100;

  /** A run that goes on for hours is not asked after ten times a second. */
  private static final long LONGEST_REST_MILLIS = 1_000;

  /** How often in a row a server may be silent before it is given up. */
  private static final int MOST_SILENCES = 30;

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

  public TailCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var desk = RunDesk.open(connection, around)) {
      var run = followed(desk);
      end(run);
      return exitCode(run);
    }
  }

  /** The run when it has ended; every change before that is written. */
  private RunDocument followed(RunDesk desk) throws InterruptedException {
    var run = desk.show(id);
    write(desk, run);
    var rest = SHORTEST_REST_MILLIS;
    while (isLive(run)) {
      TimeUnit.MILLISECONDS.sleep(rest);
      var seen = seen(desk);
      if (isSame(seen, run)) {
        rest = Math.min(LONGEST_REST_MILLIS, rest + rest / 4);
      } else {
        write(desk, seen);
        rest = SHORTEST_REST_MILLIS;
      }
      run = seen;
    }
    return run;
  }

  /** A server that is started anew is waited for. */
  private RunDocument seen(RunDesk desk) throws InterruptedException {
    for (var silences = 1; ; silences++) {
      try {
        return desk.show(id);
      } catch (CommandFailed e) {
        if (!e.isUnreachable() || silences == MOST_SILENCES) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(LONGEST_REST_MILLIS);
      }
    }
  }

  private static boolean isSame(RunDocument one, RunDocument other) {
    return List.of("state", "attempt", "claimedBy", "cancelRequestedAt").stream()
        .allMatch(member -> one.text(member).equals(other.text(member)));
  }

  private static boolean isLive(RunDocument run) {
    return run.state().map(StateName::isLive).orElse(true);
  }

  private void write(RunDesk desk, RunDocument run) {
    if (connection.isJson()) {
      var result = Documents.object();
      result.set("run", run.json());
      Answers.json(spec, desk.mode(), result);
    } else {
      Answers.line(spec, RunLines.change(run));
    }
  }

  /** As JSON the last change has told everything already. */
  private void end(RunDocument run) {
    if (connection.isJson()) {
      return;
    }
    run.document("output").ifPresent(output -> Answers.line(spec, Documents.text(output)));
    lineOf(run.text("outputRef"));
    if (run.state().filter(state -> state == StateName.SUCCEEDED).isEmpty()) {
      lineOf(run.text("error"));
    }
  }

  private void lineOf(String text) {
    if (!text.isEmpty()) {
      Answers.line(spec, text);
    }
  }

  private static int exitCode(RunDocument run) {
    @Nullable StateName state = run.state().orElse(null);
    return switch (state) {
      case SUCCEEDED -> ExitCode.OK;
      case FAILED -> ExitCode.RUN_FAILED;
      case TIMED_OUT -> ExitCode.RUN_TIMED_OUT;
      case CANCELED -> ExitCode.RUN_CANCELED;
      case null, default -> ExitCode.REFUSED;
    };
  }
}
