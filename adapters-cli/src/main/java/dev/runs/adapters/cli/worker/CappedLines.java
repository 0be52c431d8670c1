package dev.runs.adapters.cli.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Optional;

/** Lines of a stream, of which overlong ones are cut off, so that none fills the memory. */
final class CappedLines {

  /**
   * @param text as much of it as is kept
   * @param isCut whether there was more
   */
  record Line(String text, boolean isCut) {}

  private final BufferedReader reader;
  private final int most;

  /**
   * @param most characters of a line that are kept
   */
  CappedLines(InputStream stream, int most) {
    this.reader = new BufferedReader(new InputStreamReader(stream, UTF_8));
    this.most = most;
  }

  /** The next line; nothing at the end. */
  Optional<Line> next() throws IOException {
    var text = new StringBuilder();
    var isCut = false;
    var character = reader.read();
    if (character < 0) {
      return Optional.empty();
    }
    while (character >= 0 && character != '\n') {
      if (text.length() < most) {
        text.append((char) character);
      } else {
        isCut = true;
      }
      character = reader.read();
    }
    return Optional.of(new Line(text.toString(), isCut));
  }
}
