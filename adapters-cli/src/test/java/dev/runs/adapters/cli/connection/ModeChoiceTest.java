package dev.runs.adapters.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModeChoiceTest {

  private static final Map<String, String> NOTHING = Map.of();
  private static final Map<String, String> OURS = Map.of("RUNS_API_URL", "https://ours");
  private static final Map<String, String> BOTH =
      Map.of("SPRONGUS_API_URL", "http://old", "RUNS_API_URL", "https://ours");

  @Test
  void worksHereWhenNothingIsSaid() {
    assertThat(chosen(false, null, NOTHING)).isEmpty();
  }

  @Test
  void worksOnTheServerOfTheEnvironment() {
    assertThat(chosen(false, null, OURS)).contains(URI.create("https://ours"));
    assertThat(chosen(false, null, Map.of("SPRONGUS_API_URL", "http://old")))
        .contains(URI.create("http://old"));
  }

  @Test
  void believesOurOwnVariableFirst() {
    assertThat(chosen(false, null, BOTH)).contains(URI.create("https://ours"));
  }

  @Test
  void overlooksABlankVariable() {
    assertThat(chosen(false, null, Map.of("RUNS_API_URL", "  "))).isEmpty();
  }

  @Test
  void worksHereWhenToldSoThoughTheEnvironmentNamesAServer() {
    assertThat(chosen(true, null, OURS)).isEmpty();
  }

  @Test
  void believesTheOptionBeforeTheEnvironment() {
    assertThat(chosen(false, "http://there:1", OURS)).contains(URI.create("http://there:1"));
  }

  @Test
  void takesTheServerOfTheEnvironmentForABareOption() {
    assertThat(chosen(false, ModeChoice.BARE, OURS)).contains(URI.create("https://ours"));
  }

  @Test
  void takesThisMachinesServerForABareOptionWhenTheEnvironmentNamesNone() {
    assertThat(chosen(false, ModeChoice.BARE, NOTHING))
        .contains(URI.create("http://localhost:8090"));
  }

  @Test
  void refusesToWorkHereAndThere() {
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> chosen(true, "http://there", NOTHING))
        .withMessage("--local and --remote exclude each other.")
        .returns(ExitCode.USAGE, CommandFailed::exitCode);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "there",
        "ftp://there",
        "http://",
        "http://user:secret@there",
        "http://there?x=1",
        "http://there#x",
        "http://a b"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> chosen(false, null, Map.of("RUNS_API_URL", text)))
        .withMessageStartingWith("RUNS_API_URL must be an address")
        .withMessageNotContaining("secret");
  }

  private static Optional<URI> chosen(
      boolean isLocal, @Nullable String remote, Map<String, String> environment) {
    return ModeChoice.server(isLocal, remote, environment);
  }
}
