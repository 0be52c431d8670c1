package dev.runs.adapters.cli.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runs.domain.queue.ErrorText;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of what a command complains of: as many as an error may hold. */
final class ErrorTail {

  private static final String CUT = "(cut off) …\n";

  /** Leaves room for the mark and for the exit code. */
  private static final int MOST_BYTES = ErrorText.MOST_BYTES - 256;

  private final Deque<String> lines = new ArrayDeque<>();
  private int bytes;
  private boolean isCut;

  synchronized void add(String line) {
    lines.addLast(line);
    bytes += size(line);
    while (bytes > MOST_BYTES && lines.size() > 1) {
      bytes -= size(lines.removeFirst());
      isCut = true;
    }
  }

  /** The lines, with the exit code in a line of its own. */
  synchronized String with(int exitCode) {
    var end = "(exit code " + exitCode + ")";
    if (lines.isEmpty()) {
      return end;
    }
    return (isCut ? CUT : "") + String.join("\n", lines) + "\n" + end;
  }

  private static int size(String line) {
    return line.getBytes(UTF_8).length + 1;
  }
}
