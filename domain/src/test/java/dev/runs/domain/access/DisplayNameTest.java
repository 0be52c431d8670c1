package dev.runs.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayNameTest {

  @Test
  void isShortenedToWhatANameMayHave() {
    assertThat(DisplayName.shortened("  Ada L. ")).hasToString("Optional[Ada L.]");
    assertThat(DisplayName.shortened("x".repeat(100)))
        .get()
        .extracting(DisplayName::value)
        .isEqualTo("x".repeat(100));
    assertThat(DisplayName.shortened("x".repeat(101)))
        .get()
        .extracting(DisplayName::value)
        .isEqualTo("x".repeat(100));
    assertThat(DisplayName.shortened("x".repeat(99) + " y"))
        .get()
        .extracting(DisplayName::value)
        .isEqualTo("x".repeat(99));
  }

  @Test
  void isNotCutWithinACharacter() {
    assertThat(DisplayName.shortened("x".repeat(99) + "\uD83D\uDE00"))
        .get()
        .extracting(DisplayName::value)
        .isEqualTo("x".repeat(99));
  }

  @Test
  void isNothingForWhatCanBeNoName() {
    assertThat(DisplayName.shortened(" ")).isEmpty();
    assertThat(DisplayName.shortened("a\nb")).isEmpty();
  }

  @Test
  void isTheBeginningOfALoginForWhoHasNoOther() {
    assertThat(DisplayName.of(new Login("Ada@example.com"))).hasToString("ada@example.com");
    assertThat(DisplayName.of(new Login("a".repeat(254))).value()).hasSize(100);
  }
}
