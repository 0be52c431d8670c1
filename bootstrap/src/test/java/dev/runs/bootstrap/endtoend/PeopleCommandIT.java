package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What who runs the server can do about people on its machine. */
@Timeout(240)
final class PeopleCommandIT {

  @RegisterExtension final Installation installation = Installation.onSqlite();

  @Test
  void makesAndChangesPeople() throws Exception {
    var first = people("", "list").succeeds();
    assertThat(first.text())
        .doesNotContain("runs_live_")
        .containsPattern("(\\w{5}-){3}\\w{5}")
        .contains("admin  Administrator  -  platform-admin");

    assertThat(people("", "add", "Ada@Example.com", "--name", "Ada", "--role", "viewer").text())
        .startsWith("Made ada@example.com.")
        .containsPattern("(\\w{5}-){3}\\w{5}");
    people("a password of mine\n", "add", "ben", "--password").succeeds();
    people("", "set-role", "ben", "admin").succeeds();
    people("", "disable", "ada@example.com").succeeds();

    assertThat(people("", "list").succeeds().text().lines())
        .containsExactly(
            "ben  ben  default:admin",
            "ada@example.com  Ada  default:viewer  disabled",
            "admin  Administrator  -  platform-admin");
    people("", "disable", "--undo", "ada@example.com").succeeds();
    assertThat(people("", "reset-password", "ben").succeeds().text())
        .containsPattern("(\\w{5}-){3}\\w{5}");
  }

  @Test
  void saysInOneLineWhatCannotBe() throws Exception {
    people("", "list").succeeds();

    assertThat(people("short\n", "add", "ben", "--password").text())
        .isEqualToIgnoringNewLines("runs: A password has 12 to 128 characters, not 5.");
    assertThat(people("", "add", "admin").text())
        .isEqualToIgnoringNewLines("runs: Somebody has this login already.");
    assertThat(people("", "add", "ben", "--role", "king").text())
        .isEqualToIgnoringNewLines("runs: A role is viewer, operator or admin, not king.");
    assertThat(people("", "add", "ben", "--role", "admin", "--organization", "acme").text())
        .isEqualToIgnoringNewLines("runs: There is no organization 'acme'.");
    var unknown = people("", "disable", "nobody");
    assertThat(unknown.text()).isEqualToIgnoringNewLines("runs: Person not found");
    assertThat(unknown.code()).isNotZero();
  }

  private Command people(String typed, String... arguments) throws Exception {
    var line = new String[arguments.length + 1];
    line[0] = "people";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    return Command.run(installation.folder(), installation.databaseUrl(), typed, line);
  }
}
