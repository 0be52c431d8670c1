package dev.runs.adapters.cli.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.queue.ErrorText;
import org.junit.jupiter.api.Test;

class ErrorTailTest {

  private final ErrorTail tail = new ErrorTail();

  @Test
  void endsWithTheExitCode() {
    tail.add("no such file");
    tail.add("giving up");

    assertThat(tail.with(3)).isEqualTo("no such file\ngiving up\n(exit code 3)");
  }

  @Test
  void tellsTheExitCodeWhenThereIsNothingElse() {
    assertThat(tail.with(1)).isEqualTo("(exit code 1)");
  }

  @Test
  void keepsTheLastLinesThatFitIntoAnError() {
    for (var i = 0; i < 5_000; i++) {
      tail.add("é line " + i);
    }

    var error = tail.with(1);

    assertThat(error).startsWith("(cut off) …\né line ").endsWith("é line 4999\n(exit code 1)");
    assertThat(error.getBytes(UTF_8)).hasSizeBetween(16_000, ErrorText.MOST_BYTES);
    assertThat(ErrorText.capped(error)).isEqualTo(error);
  }
}
