package dev.runs.bootstrap;

import dev.runs.adapters.persistence.TablesUpdate;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings the tables of the server's database up to date without starting the server. */
@Command(
    name = "migrate",
    description = {
      "Brings the tables of the server's database up to date, and says what was done.",
      "Every start does so too; this one is for doing it before."
    },
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Runnable {

  private final Map<String, String> environment;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private LocalPlatform local;

  MigrateCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    var done = local.withOnly(environment, Platform::tables);
    spec.commandLine().getOut().println(line(done));
  }

  private static String line(TablesUpdate done) {
    return done.before()
        .map(before ->
            before == done.now()
                ? "The tables are at version %d already.".formatted(done.now())
                : "Brought the tables from version %d to %d.".formatted(before, done.now()))
        .orElseGet(() -> "Made the tables, at version %d.".formatted(done.now()));
  }
}
