package dev.runs.bootstrap;

import dev.runs.bootstrap.demo.Demo;
import dev.runs.bootstrap.settings.Settings;
import dev.runs.bootstrap.settings.StartFailure;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fills a database with a month of a company, so that the console can be seen alive. */
@Command(
    name = "demo",
    description = {
      "Fills a database with a month of a company that never was, for looking at the console.",
      "Give it a database of its own, such as --db demo.db, and let no server run on it meanwhile."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Runnable {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(3);

  private final Map<String, String> environment;
  private final InstantSource clock;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private final LocalPlatform local = new LocalPlatform();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another number makes another month, the same one the same; else 1.")
  private long seed;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "28",
      description = "How many days ago it begins, 1 to 29; else 28.")
  private int days;

  @Option(
      names = "--into-used",
      description = "Also into a database that has runs; they stay as they are.")
  private boolean isIntoUsed;

  private Instant toldAt = Instant.MIN;

  /**
   * @param clock the real one; the month ends when it is
   */
  DemoCommand(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public void run() {
    if (days < Demo.FEWEST_DAYS || days > Demo.MOST_DAYS) {
      throw new ParameterException(
          spec.commandLine(),
          "--days is a number from %d to %d, not %d."
              .formatted(Demo.FEWEST_DAYS, Demo.MOST_DAYS, days));
    }
    var demo = new Demo(clock.instant().truncatedTo(ChronoUnit.SECONDS), days, seed);
    local.withOnly(
        environment,
        settings -> {
          requireUnused(settings);
          return Platform.openInThePast(settings, demo.clock(), demo.chances());
        },
        platform -> {
          platform.firstCommand().show(out());
          toldAt = clock.instant();
          show(demo.play(platform, this::tell));
          return platform;
        });
  }

  /** Before it is opened, for that alone brings tables up to date and sets prices of the past. */
  private void requireUnused(Settings settings) {
    if (!isIntoUsed && Platform.hasRuns(settings)) {
      throw new StartFailure(
          "The database has runs already. Name another one, such as --db demo.db, or add"
              + " --into-used.");
    }
  }

  private void tell(int runs, Instant reached) {
    var now = clock.instant();
    if (now.isAfter(toldAt.plus(BETWEEN_LINES))) {
      toldAt = now;
      out().printf("%s  %,d runs%n", reached.truncatedTo(ChronoUnit.HOURS), runs);
      out().flush();
    }
  }

  private void show(Demo.Summary made) {
    var out = out();
    out.printf(
        "Made %,d runs of the organization %s, from %s to now.%n",
        made.runs(), made.organization(), made.from().truncatedTo(ChronoUnit.DAYS));
    out.println();
    out.println("To sign in with a browser, as one of these; the passwords are shown only now:");
    out.println();
    made.accounts()
        .forEach(account ->
            out.printf(
                "    %-24s %s  %s%n",
                account.login(), account.password().value(), account.role().wireName()));
    out.println();
    out.println("Start the server on the same database, and open the address that it prints:");
    out.println();
    out.println("    bin/runs serve" + local.options());
    out.println();
    out.flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
