package dev.runs.domain.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorTextTest {

  @Test
  void leavesWhatFitsAsItIs() {
    var fits = "e".repeat(ErrorText.MOST_BYTES);

    assertThat(ErrorText.capped(fits)).isEqualTo(fits);
  }

  @Test
  void cutsWhatIsOneByteTooLongAndMarksIt() {
    var capped = ErrorText.capped("e".repeat(ErrorText.MOST_BYTES + 1));

    assertThat(capped).startsWith("eee").endsWith(ErrorText.MARK);
    assertThat(capped.getBytes(UTF_8)).hasSize(ErrorText.MOST_BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "€", "😀", "a😀", "aé€😀"})
  void cutsBetweenCharactersOfAnyLength(String unit) {
    var capped = ErrorText.capped(unit.repeat(10_000));

    var bytes = capped.getBytes(UTF_8);
    assertThat(bytes.length).isBetween(ErrorText.MOST_BYTES - 3, ErrorText.MOST_BYTES);
    assertThat(new String(bytes, UTF_8)).isEqualTo(capped);
    var kept = capped.substring(0, capped.length() - ErrorText.MARK.length());
    assertThat(unit.repeat(10_000)).startsWith(kept);
    assertThat(Character.isHighSurrogate(kept.charAt(kept.length() - 1))).isFalse();
  }

  @Test
  void replacesWhatNoDatabaseCanKeep() {
    assertThat(ErrorText.capped("a\u0000b\ud800c😀")).isEqualTo("a\ufffdb\ufffdc😀");
  }
}
