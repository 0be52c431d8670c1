package dev.runs.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyTextTest {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @Test
  void hasAnEnvironmentASecretAndAChecksum() {
    Seeded.check(
        100,
        random -> {
          var key = ApiKeyText.generated("live", random);

          assertThat(key).matches("runs_live_[0-9A-Za-z]{24}_[0-9A-Za-z]{6}");
          assertThat(ApiKeyText.isWellFormed(key)).isTrue();
        });
  }

  @Test
  void hasTheChecksumOfEverythingBeforeIt() {
    var key = ApiKeyText.generated("live", new SplittableRandom(7));
    var end = key.lastIndexOf('_');
    var crc = new CRC32();
    crc.update(key.substring(0, end).getBytes(StandardCharsets.UTF_8));

    assertThat(number(key.substring(end + 1))).isEqualTo(crc.getValue());
  }

  @Test
  void isNotWellFormedWithAnyOtherCharacterInIt() {
    var key = ApiKeyText.generated("live", new SplittableRandom(7));
    for (var i = 0; i < key.length(); i++) {
      var other = key.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(ApiKeyText.isWellFormed(key.substring(0, i) + other + key.substring(i + 1)))
          .as("with another character at %d", i)
          .isFalse();
    }
    assertThat(ApiKeyText.isWellFormed(key + "0")).isFalse();
    assertThat(ApiKeyText.isWellFormed(key.substring(1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "runs", "runs_", "runs_000000", "_000000", "secret", "runs_live__"})
  void isNotWellFormedWhenItIsNoKeyAtAll(String text) {
    assertThat(ApiKeyText.isWellFormed(text)).isFalse();
  }

  @Test
  void isKeptAsItsSha256() {
    assertThat(ApiKeyText.hash("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  private static long number(String base62) {
    var value = 0L;
    for (var i = 0; i < base62.length(); i++) {
      value = value * 62 + DIGITS.indexOf(base62.charAt(i));
    }
    return value;
  }
}
