package dev.runs.bootstrap;

import dev.runs.application.retention.Removed;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Removes runs and events whose time is over at once, on the server's own machine. */
@Command(
    name = "cleanup",
    description =
        "Removes trees of runs that are older than their organization wants to keep them, and old"
            + " events. A server that runs does so by itself once an hour.",
    mixinStandardHelpOptions = true)
final class CleanupCommand implements Runnable {

  private final Map<String, String> environment;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private final LocalPlatform local = new LocalPlatform();

  @Option(
      names = "--organization",
      paramLabel = "ID",
      description =
          "Only the runs of this one, by its id or external id, and no events; else those of all.")
  private @Nullable String organization;

  @Option(names = "--dry-run", description = "Say what would be removed, and remove nothing.")
  private boolean isDryRun;

  @Option(names = "--json", description = "Say it as JSON.")
  private boolean isJson;

  CleanupCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What one organization loses. */
  private record Line(
      String organization, String organizationId, long trees, long runs, long costLines) {

    static Line of(Organization organization, Removed removed) {
      return new Line(
          organization.externalId().value(),
          organization.id().toString(),
          removed.trees(),
          removed.runs(),
          removed.lines());
    }
  }

  /**
   * What all lose.
   *
   * @param events how many events were taken out of the log; nothing when none were looked for
   */
  private record Result(
      String mode,
      boolean dryRun,
      List<Line> organizations,
      long trees,
      long runs,
      long costLines,
      @Nullable Long events) {}

  @Override
  public void run() {
    var result = local.with(environment, this::clean);
    var out = spec.commandLine().getOut();
    if (isJson) {
      out.println(JsonMapper.builder().build().writeValueAsString(result));
    } else {
      print(result, out);
    }
    out.flush();
  }

  private Result clean(Platform platform) {
    var only =
        Optional.ofNullable(organization)
            .map(name -> LocalPlatform.callerIn(platform, Optional.of(name)))
            .map(caller -> caller.organization());
    var removed = isDryRun ? weigh(platform, only) : sweep(platform, only);
    var organizations = platform.organizations().findAll(removed.keySet());
    var lines = new ArrayList<Line>();
    removed.forEach(
        (id, some) -> lines.add(Line.of(Objects.requireNonNull(organizations.get(id)), some)));
    var sum = removed.values().stream().reduce(Removed.NOTHING, Removed::plus);
    var events = isDryRun || only.isPresent() ? null : Long.valueOf(forgetEvents(platform));
    return new Result("local", isDryRun, lines, sum.trees(), sum.runs(), sum.lines(), events);
  }

  /** They stand in one log, so they go for all organizations together. */
  private static long forgetEvents(Platform platform) {
    var all = 0L;
    var some = platform.retention().forgetEvents().forget();
    while (some > 0) {
      all += some;
      some = platform.retention().forgetEvents().forget();
    }
    return all;
  }

  private static Map<OrganizationId, Removed> weigh(
      Platform platform, Optional<OrganizationId> only) {
    return platform.retention().sweepExpiredRuns().weigh(only);
  }

  private static Map<OrganizationId, Removed> sweep(
      Platform platform, Optional<OrganizationId> only) {
    var sweep = platform.retention().sweepExpiredRuns().begin(only);
    var hasMore = true;
    while (hasMore) {
      hasMore = sweep.step();
    }
    return sweep.removed();
  }

  private static void print(Result result, PrintWriter out) {
    var verb = result.dryRun() ? "would remove" : "removed";
    var events = result.events() == null ? 0 : result.events();
    if (events > 0) {
      out.printf("removed %,d events%n", events);
    }
    if (result.organizations().isEmpty() && events == 0) {
      out.println(result.dryRun() ? "Would remove nothing." : "Removed nothing.");
      return;
    }
    for (var line : result.organizations()) {
      out.printf(
          "%s: %s %,d trees of %,d runs with %,d cost lines%n",
          line.organization(), verb, line.trees(), line.runs(), line.costLines());
    }
    if (result.organizations().size() > 1) {
      out.printf(
          "all: %s %,d trees of %,d runs with %,d cost lines%n",
          verb, result.trees(), result.runs(), result.costLines());
    }
  }
}
