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

  @Test
  void showsFourCharactersOfItsSecret() {
    var key = ApiKeyText.generated("live", new SplittableRandom(7));

    assertThat(ApiKeyText.hint(key)).contains(key.substring(0, "runs_live_".length() + 4));
  }

  @Test
  void showsNothingWhenItIsNoKeyOrItsSecretIsShort() {
    var key = ApiKeyText.generated("live", new SplittableRandom(7));

    assertThat(ApiKeyText.hint(key.substring(1))).isEmpty();
    assertThat(ApiKeyText.isWellFormed(withChecksum("runs_ourSecretPassword"))).isTrue();
    assertThat(ApiKeyText.hint(key.replace('_', '-'))).isEmpty();
    assertThat(ApiKeyText.hint(withChecksum("runs_live_" + "x".repeat(22)))).isPresent();
    assertThat(ApiKeyText.hint(withChecksum("runs_live_" + "x".repeat(21)))).isEmpty();
    assertThat(ApiKeyText.hint(withChecksum("runs_ourSecretPassword"))).isEmpty();
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

  private static String withChecksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    var digits = new StringBuilder();
    for (var rest = crc.getValue(); digits.length() < 6; rest /= 62) {
      digits.insert(0, DIGITS.charAt((int) (rest % 62)));
    }
    return text + '_' + digits;
  }
}
