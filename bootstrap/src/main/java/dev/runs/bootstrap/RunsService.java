package dev.runs.bootstrap;

import dev.runs.adapters.cli.connection.Answers;
import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.ExitCode;
import dev.runs.adapters.cli.connection.Surroundings;
import dev.runs.adapters.cli.rpc.RpcCheckCommand;
import dev.runs.adapters.cli.run.CancelCommand;
import dev.runs.adapters.cli.run.EnqueueCommand;
import dev.runs.adapters.cli.run.ListCommand;
import dev.runs.adapters.cli.run.RetryCommand;
import dev.runs.adapters.cli.run.StatusCommand;
import dev.runs.adapters.cli.run.TailCommand;
import dev.runs.adapters.cli.worker.WorkerCommand;
import dev.runs.bootstrap.settings.StartFailure;
import dev.runs.domain.Rejection;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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

  private static final String JSON = "--json";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private RunsService() {}

  /** Ends the process with a code that is not 0 when the command fails; a server goes on. */
  public static void main(String[] arguments) {
    var code = commandLine(System.getenv(), arguments).execute(arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /** With all commands. */
  static CommandLine commandLine(Map<String, String> environment) {
    var line = new CommandLine(new RunsService());
    commands(environment).values().forEach(command -> line.addSubcommand(command.get()));
    return line(line);
  }

  /** With the one command that is typed, if it is one: the others need not be looked at then. */
  static CommandLine commandLine(Map<String, String> environment, String[] arguments) {
    var typed =
        Optional.of(arguments)
            .filter(its -> its.length > 0)
            .map(its -> commands(environment).get(its[0]));
    return typed
        .map(command -> line(new CommandLine(new RunsService()).addSubcommand(command.get())))
        .orElseGet(() -> commandLine(environment));
  }

  private static Map<String, Supplier<Object>> commands(Map<String, String> environment) {
    var around = new Surroundings(environment, System.in, new LocalInstallations(environment));
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("serve", () -> new ServeCommand(environment));
    commands.put("enqueue", () -> new EnqueueCommand(around));
    commands.put("status", () -> new StatusCommand(around));
    commands.put("list", () -> new ListCommand(around));
    commands.put("tail", () -> new TailCommand(around));
    commands.put("cancel", () -> new CancelCommand(around));
    commands.put("retry", () -> new RetryCommand(around));
    commands.put("worker", () -> new WorkerCommand(around));
    commands.put("rpc-check", () -> new RpcCheckCommand(around));
    commands.put("keys", () -> new KeysCommand(environment));
    commands.put("people", () -> new PeopleCommand(environment, System.in));
    commands.put("prices", () -> new PricesCommand(environment));
    commands.put("migrate", () -> new MigrateCommand(environment));
    commands.put("cleanup", () -> new CleanupCommand(environment));
    commands.put("demo", () -> new DemoCommand(environment, Clock.systemUTC()));
    commands.put("completion", () -> new CompletionCommand(() -> commandLine(environment)));
    commands.put("rehearse", RehearseCommand::new);
    return commands;
  }

  private static CommandLine line(CommandLine line) {
    var usual = line.getParameterExceptionHandler();
    return line.setParameterExceptionHandler(
            (failure, arguments) -> misunderstood(failure, arguments, usual))
        .setExecutionExceptionHandler((failure, command, parsed) ->
            failed(failure, command, parsed.originalArgs().contains(JSON)));
  }

  /** A program that asked for JSON is told so too that it was not understood. */
  private static int misunderstood(
      ParameterException failure, String[] arguments, IParameterExceptionHandler usual)
      throws Exception {
    if (!Arrays.asList(arguments).contains(JSON)) {
      return usual.handleParseException(failure, arguments);
    }
    Answers.failure(
        failure.getCommandLine().getOut(), "usage", String.valueOf(failure.getMessage()));
    return ExitCode.USAGE;
  }

  /** One line for what the person can change; the stack trace for everything else. */
  private static int failed(Exception failure, CommandLine command, boolean isJson) {
    return switch (failure) {
      case CommandFailed failed ->
          told(failed.code(), failed.sentence(), failed.exitCode(), command, isJson);
      case Rejection refusal ->
          told(refusal.code(), refusal.sentence(), ExitCode.REFUSED, command, isJson);
      case StartFailure start ->
          told("installation.unusable", start.getMessage(), ExitCode.REFUSED, command, isJson);
      default -> {
        failure.printStackTrace(command.getErr());
        yield isJson
            ? told("internal", "Something went wrong.", ExitCode.REFUSED, command, true)
            : ExitCode.REFUSED;
      }
    };
  }

  private static int told(
      String code, String sentence, int exitCode, CommandLine command, boolean isJson) {
    if (isJson) {
      Answers.failure(command.getOut(), code, sentence);
    } else {
      command.getErr().println("runs: " + sentence);
      command.getErr().flush();
    }
    return exitCode;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
