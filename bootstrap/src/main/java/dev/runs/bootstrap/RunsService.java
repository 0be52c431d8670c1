package dev.runs.bootstrap;

import dev.runs.bootstrap.settings.StartFailure;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program {@code runs}: reads its command line and does what it says. */
@Command(
    name = "runs",
    description = "Records and prices every run a company makes.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {HelpCommand.class, VersionCommand.class})
public final class RunsService implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private RunsService() {}

  /** Ends the process with a code that is not 0 when the command fails; a server goes on. */
  public static void main(String[] arguments) {
    var code = commandLine(System.getenv()).execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new RunsService())
        .addSubcommand(new ServeCommand(environment))
        .addSubcommand(new KeysCommand(environment))
        .addSubcommand(new PeopleCommand(environment, System.in))
        .setExecutionExceptionHandler((failure, command, _) -> {
          report(failure, command.getErr());
          return command.getCommandSpec().exitCodeOnExecutionException();
        });
  }

  /** One line for what the person can change; the stack trace for everything else. */
  private static void report(Exception failure, PrintWriter err) {
    if (failure instanceof StartFailure) {
      err.println("runs: " + failure.getMessage());
    } else {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
