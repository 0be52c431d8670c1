package dev.runs.domain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** The texts that clients give a run. */
final class RunTextsTest {

  private static final String LONGEST = "x".repeat(255);
  private static final String TOO_LONG = "x".repeat(256);

  @Test
  void mayHaveTwoHundredAndFiftyFiveCharacters() {
    assertThat(new RunOrigin(LONGEST, LONGEST).task()).hasSize(255);
    assertThat(new RunLabels(LONGEST, LONGEST, LONGEST).campaign()).hasSize(255);
    assertThat(new RunOrigin("s", "t").service()).isEqualTo("s");
  }

  @Test
  void areRefusedByTheNameOfTheirField() {
    assertRefused("serviceName", () -> new RunOrigin("", "task"));
    assertRefused("serviceName", () -> new RunOrigin(TOO_LONG, "task"));
    assertRefused("taskName", () -> new RunOrigin("service", ""));
    assertRefused("taskName", () -> new RunOrigin("service", TOO_LONG));
    assertRefused("appId", () -> new RunLabels("", null, null));
    assertRefused("appId", () -> new RunLabels(TOO_LONG, null, null));
    assertRefused("brandId", () -> new RunLabels(null, TOO_LONG, null));
    assertRefused("campaignId", () -> new RunLabels(null, null, ""));
  }

  private static void assertRefused(String field, Runnable making) {
    assertThatExceptionOfType(RunRejected.BadField.class)
        .isThrownBy(making::run)
        .withMessageStartingWith(field + " has 1 to 255 characters")
        .satisfies(refused -> {
          assertThat(refused.field()).isEqualTo(field);
          assertThat(refused.code()).isEqualTo("run.invalid_field");
        });
  }
}
