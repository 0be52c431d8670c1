package dev.runs.adapters.web.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.bulk.BulkAction;
import dev.runs.application.bulk.BulkExtent;
import dev.runs.domain.run.RunId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ConfirmationTest {

  private static final RunId NEWEST = new RunId(new UUID(1, 1));

  @Test
  void asksForTheNumberOfRuns() {
    assertThat(Confirmation.of(BulkAction.RETRY, new BulkExtent(1_234, NEWEST)).word())
        .isEqualTo("1234");
    assertThat(Confirmation.of(BulkAction.RETRY, new BulkExtent(10_000, NEWEST)).word())
        .isEqualTo("10000");
  }

  @Test
  void asksForTheActionWhenThereAreMoreThanAreCounted() {
    assertThat(Confirmation.of(BulkAction.CANCEL, new BulkExtent(10_001, NEWEST)).word())
        .isEqualTo("cancel");
  }

  @Test
  void takesItAsPeopleTypeIt() {
    assertThat(new Confirmation("1234").isTyped(" 1,234 ")).isTrue();
    assertThat(new Confirmation("1234").isTyped("123")).isFalse();
    assertThat(new Confirmation("cancel").isTyped("Cancel")).isTrue();
    assertThat(new Confirmation("cancel").isTyped("")).isFalse();
  }
}
