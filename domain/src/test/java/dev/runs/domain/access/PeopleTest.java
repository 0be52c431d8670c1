package dev.runs.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PeopleTest {

  @Test
  void aPasswordHasTwelveTo128Characters() {
    assertThat(new Password("x".repeat(12)).value()).hasSize(12);
    assertThat(new Password("𝄞".repeat(128)).value().codePoints()).hasSize(128);
    assertThatExceptionOfType(AccessRejected.BadPassword.class)
        .isThrownBy(() -> new Password("x".repeat(11)));
    assertThatExceptionOfType(AccessRejected.BadPassword.class)
        .isThrownBy(() -> new Password("x".repeat(129)));
  }

  @Test
  void aPasswordIsTheSameHoweverItsLettersAreComposed() {
    assertThat(new Password("caf\u00e9 au lait!")).isEqualTo(new Password("cafe\u0301 au lait!"));
  }

  @Test
  void whatIsTypedIsOnlySometimesAPassword() {
    assertThat(Password.typed("x".repeat(128))).isPresent();
    assertThat(Password.typed("x".repeat(129))).isEmpty();
    assertThat(Password.typed("x".repeat(10_000_000))).isEmpty();
    assertThat(Password.typed("")).isEmpty();
  }

  @Test
  void secretsArePrintedNowhere() {
    assertThat(new Password("correct horse").toString()).isEqualTo("***");
    assertThat(new PasswordHash("$argon2id$").toString()).isEqualTo("***");
    assertThat(new SessionToken("abc").toString()).isEqualTo("***");
  }

  @Test
  void aGeneratedTokenHas256Bits() {
    assertThat(SessionToken.generated(new SplittableRandom(1)).value()).matches("[\\w-]{43}");
  }

  @Test
  void aLoginHasNoBlanksAndNoCapitals() {
    assertThat(new Login(" Ada.Lovelace@Example.COM ").value())
        .isEqualTo("ada.lovelace@example.com");
    assertThat(new Login("x".repeat(254)).value()).hasSize(254);
    for (var bad : new String[] {"", "  ", "a b", "a\u00a0b", "a\u0000", "x".repeat(255)}) {
      assertThatExceptionOfType(AccessRejected.BadLogin.class).isThrownBy(() -> new Login(bad));
      assertThat(Login.typed(bad)).isEmpty();
    }
  }

  @Test
  void aSubjectHasOneTo255Characters() {
    assertThat(new Subject("i", "x".repeat(255)).name()).hasSize(255);
    assertThatIllegalArgumentException().isThrownBy(() -> new Subject("i", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Subject("i", "x".repeat(256)));
  }

  @Test
  void eachRoleIncludesTheOnesBefore() {
    assertThat(Role.OPERATOR.scopes().allowAll(Role.VIEWER.scopes().granted())).isTrue();
    assertThat(Role.ADMIN.scopes().allowAll(Role.OPERATOR.scopes().granted())).isTrue();
    assertThat(Role.VIEWER.scopes().allow(Scope.RUNS_WRITE)).isFalse();
    assertThat(Role.OPERATOR.scopes().allow(Scope.RUNS_WRITE)).isTrue();
    assertThat(Role.OPERATOR.scopes().allow(Scope.KEYS_ADMIN)).isFalse();
    assertThat(Role.OPERATOR.scopes().allow(Scope.ORG_ADMIN)).isFalse();
    assertThat(Role.ADMIN.scopes().allow(Scope.ORG_ADMIN)).isTrue();
    assertThat(Role.ADMIN.scopes().allow(Scope.PLATFORM_ADMIN)).isFalse();
  }
}
