package dev.runs.adapters.web.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.Counted;
import dev.runs.application.bulk.BulkAction;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfirmationTest {

  @Test
  void asksForTheNumberOfRuns() {
    assertThat(Confirmation.of(BulkAction.RETRY, Counted.of(List.of(), 1_234)).word())
        .isEqualTo("1234");
  }

  @Test
  void asksForTheActionWhenThereAreMoreThanAreCounted() {
    assertThat(Confirmation.of(BulkAction.CANCEL, Counted.of(List.of(), 10_001)).word())
        .isEqualTo("cancel");
  }

  @Test
  void takesItAsPeopleTypeIt() {
    assertThat(new Confirmation("1234").isTyped(" 1,234 ")).isTrue();
    assertThat(new Confirmation("1234").isTyped("123")).isFalse();
    assertThat(new Confirmation("cancel").isTyped("Cancel")).isTrue();
    assertThat(new Confirmation("cancel").isTyped("")).isFalse();
    assertThat(new Confirmation("").isTyped("")).isFalse();
  }
}
