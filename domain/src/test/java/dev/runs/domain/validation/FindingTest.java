package dev.runs.domain.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FindingTest {

  private static final String CODE = "c".repeat(Finding.MOST_CODE_CHARACTERS);
  private static final String MESSAGE = "m".repeat(Finding.MOST_MESSAGE_CHARACTERS);

  @Test
  void takesTextsThatAreAsLongAsTheyMayBe() {
    assertThat(new Finding(CODE, MESSAGE, Optional.of(MESSAGE), Optional.of(0L)).code())
        .isEqualTo(CODE);
  }

  @Test
  void saysWhichPartIsNotAsItMayBe() {
    refuses("code", "", MESSAGE, Optional.empty());
    refuses("code", CODE + "c", MESSAGE, Optional.empty());
    refuses("message", CODE, MESSAGE + "m", Optional.empty());
    refuses("path", CODE, MESSAGE, Optional.of(MESSAGE + "m"));
    assertThatExceptionOfType(ValidationRejected.NegativeCount.class)
        .isThrownBy(() -> new Finding(CODE, MESSAGE, Optional.empty(), Optional.of(-1L)));
  }

  private static void refuses(String field, String code, String message, Optional<String> path) {
    assertThatExceptionOfType(ValidationRejected.BadFinding.class)
        .isThrownBy(() -> new Finding(code, message, path, Optional.empty()))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field));
  }
}
