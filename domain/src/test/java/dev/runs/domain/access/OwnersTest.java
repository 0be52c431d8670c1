package dev.runs.domain.access;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** External ids, principals and how far a caller reaches. */
final class OwnersTest {

  @Test
  void haveExternalIdsOfOneToTwoHundredAndFiftyFiveCharacters() {
    assertThat(new ExternalId("x")).hasToString("x");
    assertThat(new ExternalId("x".repeat(255)).value()).hasSize(255);
    assertThatExceptionOfType(AccessRejected.BadExternalId.class)
        .isThrownBy(() -> new ExternalId(""))
        .withMessage("An external id has 1 to 255 characters, not 0.");
    assertThatExceptionOfType(AccessRejected.BadExternalId.class)
        .isThrownBy(() -> new ExternalId("x".repeat(256)));
  }

  @Test
  void haveNoExternalIdsThatNoDatabaseKeeps() {
    assertThatExceptionOfType(AccessRejected.BadExternalId.class)
        .isThrownBy(() -> new ExternalId("a\0b"))
        .withMessage("An external id has no NUL among its characters.")
        .satisfies(e -> assertThat(e.code()).isEqualTo("external_id.invalid"));
  }

  @Test
  void areReachedByThoseWhoMay() {
    assertThat(Reach.everywhere().includes(ACME.id())).isTrue();
    assertThat(Reach.within(ACME.id()).includes(ACME.id())).isTrue();
    assertThat(Reach.within(ACME.id()).includes(GLOBEX.id())).isFalse();
  }

  @Test
  void haveNamesOfOneToTwoHundredAndFiftyFiveCharactersWhenTheyAct() {
    assertThat(new Principal("x".repeat(255)).value()).hasSize(255);
    assertThatIllegalArgumentException().isThrownBy(() -> new Principal(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Principal("x".repeat(256)));
  }
}
