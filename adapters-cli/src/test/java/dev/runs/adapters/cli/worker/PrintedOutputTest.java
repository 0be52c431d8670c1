package dev.runs.adapters.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.adapters.cli.worker.CappedLines.Line;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrintedOutputTest {

  @Test
  void isTheLastLineThatIsJson() throws RunFailed {
    assertThat(printed("{\"a\":1}", "loading…", "{\"a\": 2.50}", "", "all done").output())
        .contains("{\"a\":2.50}");
  }

  @Test
  void isNothingWhenNoLineIsJson() throws RunFailed {
    assertThat(printed("done", "{not json}")).isEqualTo(RunResult.nothing());
  }

  @Test
  void saysWhereTheRestLies() throws RunFailed {
    assertThat(printed("{\"outputRef\":\"s3://a/b\"}").outputRef()).contains("s3://a/b");
    assertThat(printed("{\"outputRef\":1}").outputRef()).isEmpty();
  }

  @Test
  void isRefusedWhenItIsTooLarge() {
    var output = new PrintedOutput();
    output.add(new Line("{\"a\":", true));

    assertThatExceptionOfType(RunFailed.class)
        .isThrownBy(output::result)
        .withMessageStartingWith("The output has more than 262,144 bytes")
        .matches(failure -> !failure.isRetryable());
  }

  @Test
  void isTakenWhenItComesBehindALineThatWasTooLarge() throws RunFailed {
    var output = new PrintedOutput();
    output.add(new Line("[1,", true));
    output.add(new Line("true", false));

    assertThat(output.result().output()).contains("true");
  }

  private static RunResult printed(String... lines) throws RunFailed {
    var output = new PrintedOutput();
    Stream.of(lines).map(line -> new Line(line, false)).forEach(output::add);
    return output.result();
  }
}
