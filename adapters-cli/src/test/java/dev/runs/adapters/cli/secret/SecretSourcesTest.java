package dev.runs.adapters.cli.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSourcesTest {

  @Nested
  class OfTheEnvironment {

    private final SecretSource secrets =
        new EnvironmentSecrets(Map.of("RUNS_SECRET_PROD_DB_1", "open sesame"));

    @ParameterizedTest
    @ValueSource(strings = {"prod/db-1", "PROD_DB_1", "prod.db.1"})
    void areInVariablesNamedAlike(String name) {
      assertThat(secrets.find(name)).contains("open sesame");
    }

    @Test
    void areUnknownWithoutAVariable() {
      assertThat(secrets.find("prod/db")).isEmpty();
    }

    @Test
    void comeBeforeThoseOfAnotherSource() {
      SecretSource other = name -> name.equals("other") ? of("mine") : of("not this");

      assertThat(secrets.or(other).find("prod/db-1")).contains("open sesame");
      assertThat(secrets.or(other).find("other")).contains("mine");
    }

    private static java.util.Optional<String> of(String value) {
      return java.util.Optional.of(value);
    }
  }

  @Nested
  class OfAFile {

    @TempDir Path folder;

    @Test
    void areReadFromYaml() throws IOException {
      var secrets = SecretsFile.read(file("s.yaml", "a: 0123\nprod:\n  db: open sesame\n"));

      assertThat(secrets.find("a")).contains("0123");
      assertThat(secrets.find("prod/db")).contains("open sesame");
      assertThat(secrets.find("prod")).isEmpty();
    }

    @Test
    void areReadFromProperties() throws IOException {
      var secrets = SecretsFile.read(file("s.properties", "prod/db=open sesame\n"));

      assertThat(secrets.find("prod/db")).contains("open sesame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-"})
    void areRefusedWhenOthersCanGetAtThem(String permissions) throws IOException {
      var file = file("s.yaml", "a: open sesame");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

      assertThatExceptionOfType(UnusableSecrets.class)
          .isThrownBy(() -> SecretsFile.read(file))
          .withMessageEndingWith("Type: chmod 600 " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [open sesame]", "- open sesame", "just open sesame", "a: 'open"})
    void areNotTakenFromWhatIsNoListOfNames(String text) throws IOException {
      var file = file("s.yaml", text);

      assertThatExceptionOfType(UnusableSecrets.class)
          .isThrownBy(() -> SecretsFile.read(file))
          .withMessageStartingWith("The secrets file " + file)
          .withMessageNotContaining("open");
    }

    @Test
    void areRefusedWhenThereIsNoFile() {
      assertThatExceptionOfType(UnusableSecrets.class)
          .isThrownBy(() -> SecretsFile.read(folder.resolve("none.yaml")))
          .withMessageEndingWith("none.yaml cannot be read.");
    }

    private Path file(String name, String text) throws IOException {
      var file = Files.writeString(folder.resolve(name), text);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
