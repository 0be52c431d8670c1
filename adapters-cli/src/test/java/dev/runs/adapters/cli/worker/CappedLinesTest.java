package dev.runs.adapters.cli.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.cli.worker.CappedLines.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CappedLinesTest {

  private final CappedLines lines =
      new CappedLines(new ByteArrayInputStream("abcd\nabcde\n\nend".getBytes(UTF_8)), 4);

  @Test
  void areCutWhereTheyAreTooLong() throws IOException {
    assertThat(lines.next()).contains(new Line("abcd", false));
    assertThat(lines.next()).contains(new Line("abcd", true));
    assertThat(lines.next()).contains(new Line("", false));
    assertThat(lines.next()).contains(new Line("end", false));
    assertThat(lines.next()).isEmpty();
  }
}
