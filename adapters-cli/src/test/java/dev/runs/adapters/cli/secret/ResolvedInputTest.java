package dev.runs.adapters.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.adapters.cli.connection.Documents;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedInputTest {

  private static final SecretSource SECRETS =
      name -> Optional.ofNullable(Map.of("prod/db", "open sesame", "pin", "123").get(name));

  @Test
  void putsSecretsWhereTheyAreReferredTo() {
    var resolved =
        resolved("{\"a\":{\"password\":\"secret://prod/db\"},\"b\":[\"Bearer secret://prod/db\"]}");

    assertThat(Documents.text(resolved.input()))
        .isEqualTo("{\"a\":{\"password\":\"open sesame\"},\"b\":[\"Bearer open sesame\"]}");
    assertThat(resolved.masking().mask("an open sesame")).isEqualTo("an [secret:prod/db]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"see secret://prod/db there\"",
        "\"secret://\"",
        "\"SECRET://prod/db\"",
        "1.500",
        "null",
        "{\"secret://prod/db\":true}"
      })
  void leavesEverythingElseAsItIs(String input) {
    assertThat(Documents.text(resolved(input).input())).isEqualTo(input);
  }

  @Test
  void refusesASecretThatIsUnknownAndNamesIt() {
    assertThatExceptionOfType(UnusableSecrets.class)
        .isThrownBy(() -> resolved("[\"secret://prod/other\"]"))
        .withMessage("The secret 'prod/other' is not known here.");
  }

  @Test
  void refusesASecretThatIsTooShortToBeHidden() {
    assertThatExceptionOfType(UnusableSecrets.class)
        .isThrownBy(() -> resolved("[\"secret://pin\"]"))
        .withMessageStartingWith("The secret 'pin' has fewer than 4 characters")
        .withMessageNotContaining("123");
  }

  @Test
  void takesASecretOfFourCharacters() {
    var resolved = ResolvedInput.of(Documents.read("\"secret://x\""), _ -> Optional.of("1234"));

    assertThat(resolved.masking().mask("1234")).isEqualTo("[secret:x]");
  }

  @Test
  void neverShowsTheSecrets() {
    assertThat(resolved("\"secret://prod/db\"").toString()).doesNotContain("sesame");
  }

  private static ResolvedInput resolved(String input) {
    return ResolvedInput.of(Documents.read(input), SECRETS);
  }
}
