package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.Documents;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** How runs are written for people: tabs between what belongs together, a line for each thing. */
final class RunLines {

  private RunLines() {}

  /** Id, state, kind, project, attempts and creation. */
  static String one(RunDocument run) {
    return String.join(
        "\t",
        run.id(),
        run.text("state"),
        kind(run),
        run.text("project"),
        attempts(run),
        run.text("createdAt"));
  }

  /** A line for each member that holds something. */
  static List<String> all(RunDocument run) {
    return run.json().properties().stream()
        .filter(member -> !member.getValue().isNull())
        .map(member -> member.getKey() + "\t" + value(member.getValue()))
        .toList();
  }

  /** What has changed, for who follows a run. */
  static String change(RunDocument run) {
    return String.join(
        "\t",
        Stream.of(
                run.text("updatedAt"),
                run.text("state"),
                run.text("attempt").equals("0") ? "" : "attempt " + attempts(run),
                run.text("claimedBy"),
                run.text("cancelRequestedAt").isEmpty() ? "" : "asked to stop")
            .filter(part -> !part.isEmpty())
            .toList());
  }

  private static String attempts(RunDocument run) {
    var most = run.text("maxAttempts");
    return most.isEmpty() ? run.text("attempt") : run.text("attempt") + "/" + most;
  }

  /** A run that is executed elsewhere has no kind. */
  private static String kind(RunDocument run) {
    return run.text("kind").isEmpty()
        ? run.text("serviceName") + ":" + run.text("taskName")
        : run.text("kind");
  }

  private static String value(JsonNode value) {
    return value.isString() ? value.stringValue() : Documents.text(value);
  }
}
