package dev.runs.adapters.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is looked for when somebody types something. */
final class SearchTest {

  @Test
  void isWithoutBlanksAroundItAndWithoutWhatNoDatabaseTakes() {
    assertThat(Search.of("  acme \0x ")).isEqualTo("acme x");
    assertThat(Search.of("")).isEmpty();
  }

  @Test
  void isNotLongerThanAnythingCanBe() {
    assertThat(Search.of("x".repeat(1_000))).hasSize(255);
  }
}
