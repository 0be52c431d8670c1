package dev.runs.adapters.cli.worker;

import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.worker.CappedLines.Line;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.run.RunFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The output of a command: the last line that it prints that is JSON. A text {@code outputRef} in
 * it says where the rest lies.
 */
final class PrintedOutput {

  private static final String BEGINNINGS = "{[\"-0123456789tfn";

  private @Nullable JsonNode last;
  private boolean isTooLarge;

  synchronized void add(Line line) {
    var text = line.text().strip();
    if (text.isEmpty() || BEGINNINGS.indexOf(text.charAt(0)) < 0) {
      return;
    }
    if (line.isCut()) {
      isTooLarge = text.charAt(0) == '{' || text.charAt(0) == '[';
      return;
    }
    try {
      last = Documents.read(text);
      isTooLarge = false;
    } catch (JacksonException _) {
      // a line for people
    }
  }

  /**
   * @throws RunFailed when it is too large
   */
  synchronized RunResult result() throws RunFailed {
    if (isTooLarge) {
      throw new RunFailed(
          "The output has more than %,d bytes; keep it elsewhere and print a reference."
              .formatted(Payload.MOST_BYTES),
          false,
          RunFailure.Kind.USER);
    }
    if (last == null) {
      return RunResult.nothing();
    }
    var reference = last.path("outputRef");
    return new RunResult(
        Optional.of(Documents.text(last)),
        reference.isString() ? Optional.of(reference.stringValue()) : Optional.empty());
  }
}
