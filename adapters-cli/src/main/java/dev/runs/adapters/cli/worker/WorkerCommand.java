package dev.runs.adapters.cli.worker;

import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.ConnectionOptions;
import dev.runs.adapters.cli.connection.Surroundings;
import dev.runs.adapters.cli.secret.EnvironmentSecrets;
import dev.runs.adapters.cli.secret.SecretSource;
import dev.runs.adapters.cli.secret.SecretsFile;
import dev.runs.adapters.cli.secret.UnusableSecrets;
import dev.runs.application.queue.ClaimRuns;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.WorkerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Executes runs by a command of the shell. */
@Command(
    name = "worker",
    description = "Claims runs and executes each by a command of the shell, until it is stopped.",
    mixinStandardHelpOptions = true)
public final class WorkerCommand implements Runnable {

  private static final long LONGEST_WAIT_SECONDS = Duration.ofDays(1).toSeconds();

  private final Surroundings around;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ConnectionOptions connection;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--kinds",
      required = true,
      split = ",",
      paramLabel = "KIND",
      description = "The kinds of runs to execute.")
  private List<String> kinds;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Option(
      names = "--exec",
      required = true,
      paramLabel = "COMMAND",
      description = {
        "Executes a run; is given its input on the standard input.",
        "Exit code 0: done. 64, 65: failed for good. Else: failed."
      })
  private String exec;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many runs at once, 1 to 1000; else ${DEFAULT-VALUE}.")
  private int concurrency;

  @Option(
      names = "--worker-id",
      paramLabel = "NAME",
      description = "What it calls itself; else the host, the process and something random.")
  private @Nullable String workerId;

  @Option(
      names = "--lease-seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "After which silence its runs are given to others; else ${DEFAULT-VALUE}.")
  private int leaseSeconds;

  @Option(
      names = "--grace-seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long a command has between SIGTERM and SIGKILL; else ${DEFAULT-VALUE}.")
  private int graceSeconds;

  @Option(
      names = "--drain-seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long commands go on when the worker is stopped; else ${DEFAULT-VALUE}.")
  private int drainSeconds;

  @Option(
      names = "--secrets-file",
      paramLabel = "FILE",
      description = "What secret://name stands for, beside the variables RUNS_SECRET_NAME.")
  private @Nullable Path secretsFile;

  @ArgGroup private @Nullable End end;

  /** When it ends by itself. */
  static final class End {

    @Option(names = "--once", description = "End after one run.")
    private boolean isOnce;

    @Option(names = "--until-empty", description = "End when nothing is ready.")
    private boolean isUntilEmpty;
  }

  public WorkerCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    var settings = settings();
    var secrets = secrets();
    around.installations().log(connection.here(around.environment()));
    try (var source = source()) {
      var builder = Worker.over(source, settings).secrets(secrets);
      var handler = new ShellCommand(exec, around.environment());
      kinds.forEach(kind -> builder.handle(kind.strip(), handler));
      runUntilToldToEnd(builder.build());
    }
  }

  /** A process that is told to end does not before the worker has ended. */
  private static void runUntilToldToEnd(Worker worker) {
    var ending =
        Thread.ofPlatform()
            .name("ending")
            .unstarted(() -> {
              worker.stop();
              try {
                worker.awaitEnd();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      worker.run();
    } finally {
      forget(ending);
    }
  }

  private static void forget(Thread ending) {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException _) {
      // the process is ending, and waits for this very thread
    }
  }

  private Worker.Settings settings() {
    if (kinds.size() > ClaimRuns.MOST_KINDS) {
      throw CommandFailed.usage("--kinds names at most %d kinds.".formatted(ClaimRuns.MOST_KINDS));
    }
    checked("--concurrency", concurrency, 1, Worker.Settings.MOST_CONCURRENT);
    checked(
        "--lease-seconds",
        leaseSeconds,
        JobLimits.SHORTEST_LEASE.toSeconds(),
        JobLimits.LONGEST_LEASE.toSeconds());
    checked("--grace-seconds", graceSeconds, 0, LONGEST_WAIT_SECONDS);
    checked("--drain-seconds", drainSeconds, 0, LONGEST_WAIT_SECONDS);
    return new Worker.Settings(
        new WorkerId(workerId == null ? usualId() : workerId),
        concurrency,
        Duration.ofSeconds(leaseSeconds),
        Duration.ofSeconds(graceSeconds),
        Duration.ofSeconds(drainSeconds),
        end != null && end.isOnce ? Optional.of(1) : Optional.empty(),
        end != null && end.isUntilEmpty);
  }

  private static void checked(String option, int value, long least, long most) {
    if (value < least || value > most) {
      throw CommandFailed.usage("%s is %d to %d.".formatted(option, least, most));
    }
  }

  /** The process alone would not do: in containers many have the same number. */
  private static String usualId() {
    return "%s-%d-%s"
        .formatted(
            host(), ProcessHandle.current().pid(), UUID.randomUUID().toString().substring(0, 6));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "worker";
    }
  }

  private SecretSource secrets() {
    var ofEnvironment = new EnvironmentSecrets(around.environment());
    try {
      return secretsFile == null ? ofEnvironment : ofEnvironment.or(SecretsFile.read(secretsFile));
    } catch (UnusableSecrets e) {
      throw CommandFailed.refused("secrets.unusable", e.getMessage());
    }
  }

  private WorkSource source() {
    var server = connection.server(around.environment());
    return server.isPresent()
        ? new RemoteWork(server.get())
        : new LocalWork(around.installations().openForLong(connection.here(around.environment())));
  }
}
