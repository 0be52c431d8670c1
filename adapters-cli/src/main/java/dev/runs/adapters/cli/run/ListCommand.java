package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.Answers;
import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.ConnectionOptions;
import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.connection.Surroundings;
import dev.runs.application.run.ListRuns;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists runs, newest first. */
@Command(
    name = "list",
    description = "Lists runs, newest first: id, state, kind, project, attempts, creation.",
    mixinStandardHelpOptions = true)
public final class ListCommand implements Runnable {

  private final Surroundings around;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ConnectionOptions connection;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ProjectOption project;

  @Option(names = "--state", paramLabel = "STATE", description = "Only these, such as queued.")
  private @Nullable String state;

  @Option(names = "--kind", paramLabel = "KIND", description = "Only these.")
  private @Nullable String kind;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "The most to list, 1 to 100; else ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description = "Only those made then or later; as 2027-01-31T00:00:00Z.")
  private @Nullable OffsetDateTime since;

  @Option(names = "--before", paramLabel = "INSTANT", description = "Only those made earlier.")
  private @Nullable OffsetDateTime before;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Go on where a list ended: its nextCursor.")
  private @Nullable String cursor;

  public ListCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    if (limit < 1 || limit > ListRuns.LARGEST_PAGE) {
      throw CommandFailed.usage("--limit is 1 to %d.".formatted(ListRuns.LARGEST_PAGE));
    }
    var request =
        new ListRequest(
            project.project(around),
            Optional.ofNullable(state),
            Optional.ofNullable(kind),
            Optional.ofNullable(since).map(OffsetDateTime::toInstant),
            Optional.ofNullable(before).map(OffsetDateTime::toInstant),
            Optional.ofNullable(cursor),
            limit);
    try (var desk = RunDesk.open(connection, around)) {
      var listed = desk.list(request);
      if (connection.isJson()) {
        var result = Documents.object();
        var runs = result.putArray("runs");
        listed.runs().forEach(run -> runs.add(run.json()));
        result.put("nextCursor", listed.next().orElse(null));
        Answers.json(spec, desk.mode(), result);
      } else if (listed.runs().isEmpty()) {
        Answers.line(spec, "No runs found.");
      } else {
        listed.runs().forEach(run -> Answers.line(spec, RunLines.one(run)));
      }
    }
  }
}
