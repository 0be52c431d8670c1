package dev.runs.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.access.Password;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class Argon2PasswordHashesTest {

  private static final Password PASSWORD = new Password("correct horse battery");

  private final Argon2PasswordHashes hashes = new Argon2PasswordHashes();

  @Test
  void matchThePasswordAndNoOther() {
    var hash = hashes.hash(PASSWORD);

    assertThat(hashes.matches(PASSWORD, hash)).isTrue();
    assertThat(hashes.matches(new Password("correct horse batterY"), hash)).isFalse();
  }

  @Test
  void areArgon2idWithASaltOfTheirOwn() {
    var hash = hashes.hash(PASSWORD);

    assertThat(hash.value()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hashes.hash(PASSWORD)).isNotEqualTo(hash);
  }

  /** One that cannot be read would be refused at once, and the time would tell. */
  @Test
  void ofNobodyCostAsMuchAsOthersAndMatchNothing() {
    var ofNobody = hashes.ofNobody();

    assertThat(new Argon2PasswordEncoder(16, 32, 1, 19_456, 2).upgradeEncoding(ofNobody.value()))
        .isFalse();
    assertThat(ofNobody.value()).hasSameSizeAs(hashes.hash(PASSWORD).value());
    assertThat(hashes.matches(PASSWORD, ofNobody)).isFalse();
  }
}
