package dev.runs.bootstrap;

import static java.time.temporal.ChronoUnit.MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.cost.CostSummaries.Grouping;
import dev.runs.application.cost.CostSummaries.RunGroup;
import dev.runs.application.run.RunFilter;
import dev.runs.bootstrap.demo.Demo;
import dev.runs.bootstrap.settings.Arguments;
import dev.runs.bootstrap.settings.Configuration;
import dev.runs.bootstrap.settings.Settings;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code runs demo} makes, on a short month in SQLite. */
class DemoCommandTest {

  private static final Instant FRIDAY_AFTERNOON = Instant.parse("2026-11-20T15:30:00Z");

  /** So late an executor tells of an action that has begun. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(10);

  @TempDir static Path folder;

  private static Printed first;

  /** What a command did. */
  private record Printed(int code, String out, String err) {}

  @BeforeAll
  static void fill() {
    first = demo("filled.db", "--days", "1");
  }

  @Test
  void saysHowToGoOn() {
    assertThat(first.code()).describedAs(first.err()).isZero();
    assertThat(first.out())
        .contains("runs of the organization lumen")
        .containsPattern("mara@lumen\\.example +[\\w-]{23}  admin")
        .containsPattern("ole@lumen\\.example +[\\w-]{23}  operator")
        .containsPattern("vera@lumen\\.example +[\\w-]{23}  viewer")
        .contains("bin/runs serve --db " + folder.resolve("filled.db"));
  }

  @Test
  void leavesSumsThatTheAuditFindsRight() {
    try (var platform = Platform.openBriefly(settings("filled.db"))) {
      var caller = LocalPlatform.caller(platform, Optional.empty());
      var after = Optional.<RunId>empty();
      var checked = 0;
      do {
        var findings = platform.auditLedger().audit(caller, after, 500);
        assertThat(findings.differences()).isEmpty();
        assertThat(findings.pending()).isZero();
        checked += findings.checked();
        after = findings.last();
      } while (after.isPresent());
      assertThat(checked).isGreaterThan(200);
    }
  }

  @Test
  void refusesADatabaseThatHasRuns() {
    var again = demo("filled.db");

    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err())
        .isEqualTo(
            "runs: The database has runs already. Name another one, such as --db demo.db, or add"
                + " --into-used."
                + System.lineSeparator());
  }

  @Test
  void leavesADatabaseThatItRefusesAsItIs() throws SQLException {
    var url = "jdbc:sqlite:" + path("older.db");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("create table run (id text)");
      statement.execute("insert into run values ('1')");
    }

    assertThat(demo("older.db").code()).isEqualTo(1);

    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var tables = statement.executeQuery("select count(*) from sqlite_master")) {
      assertThat(tables.getInt(1)).isEqualTo(1);
    }
    assertThat(folder.resolve("older.db.lock")).doesNotExist();
  }

  @Test
  void refusesAMonthThatIsTooLong() {
    var tooLong = demo("never.db", "--days", "30");

    assertThat(tooLong.code()).isEqualTo(2);
    assertThat(tooLong.err()).contains("--days is a number from 1 to 29, not 30.");
  }

  @Test
  void makesTheSameOfTheSameSeedAndComesBesideWhatIsThere() {
    try (var platform = Platform.openBriefly(settings("twice.db"))) {
      assertThat(platform.organizations().find(new ExternalId("lumen"))).isEmpty();
    }
    var one = played("twice.db", 7);
    var other = played("twice.db", 7);

    assertThat(one.organization()).isEqualTo(new ExternalId("lumen"));
    assertThat(other.organization()).isEqualTo(new ExternalId("lumen-2"));
    assertThat(other.runs()).isEqualTo(one.runs());
    try (var platform = Platform.openBriefly(settings("twice.db"))) {
      var costs = costs(platform, one.organization());
      assertThat(costs).hasSizeGreaterThan(5);
      assertThat(costs(platform, other.organization())).isEqualTo(costs);
      var states = states(platform, one.organization());
      assertThat(states(platform, other.organization())).isEqualTo(states);
      assertThat(states)
          .containsKeys(
              StateName.QUEUED,
              StateName.WAITING_FOR_RESOURCES,
              StateName.RUNNING,
              StateName.SUCCEEDED,
              StateName.FAILED);
    }
  }

  @Test
  void makesRunsThatLieInTheirTime() {
    try (var platform = Platform.openBriefly(settings("filled.db"))) {
      var caller = LocalPlatform.caller(platform, Optional.of(new ExternalId("lumen")));
      var lines =
          platform
              .listRuns()
              .latestStartFirst(caller, caller.organization(), RunFilter.ALL, 100, 0);

      assertThat(lines)
          .isNotEmpty()
          .allSatisfy(line -> {
            var run = line.run();
            assertThat(run.createdAt()).isBefore(platform.clock().instant());
            assertThat(madeAt(run.id()))
                .isBetween(run.createdAt().truncatedTo(MILLIS), run.createdAt().plus(TOLD_WITHIN));
          });
    }
  }

  private static Instant madeAt(RunId id) {
    return Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
  }

  private static Demo.Summary played(String file, long seed) {
    var demo = new Demo(FRIDAY_AFTERNOON, 1, seed);
    try (var platform = Platform.openInThePast(settings(file), demo.clock(), demo.chances())) {
      return demo.play(platform, (_, _) -> {});
    }
  }

  private static List<RunGroup> costs(Platform platform, ExternalId organization) {
    var caller = LocalPlatform.caller(platform, Optional.of(organization));
    return platform
        .summarizeCosts()
        .byRun(caller, caller.organization(), RunFilter.ALL, Grouping.SERVICE)
        .groups();
  }

  private static Map<StateName, Long> states(Platform platform, ExternalId organization) {
    var caller = LocalPlatform.caller(platform, Optional.of(organization));
    var counts = new EnumMap<StateName, Long>(StateName.class);
    for (var state : StateName.values()) {
      var runs =
          platform
              .summarizeCosts()
              .byRun(caller, caller.organization(), in(state), Grouping.SERVICE)
              .groups()
              .stream()
              .mapToLong(RunGroup::runs)
              .sum();
      if (runs > 0) {
        counts.put(state, runs);
      }
    }
    return counts;
  }

  private static RunFilter in(StateName state) {
    return new RunFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(state),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Settings settings(String file) {
    return Configuration.read(new Arguments(null, null, path(file)), Map.of()).settings();
  }

  private static String path(String file) {
    return folder.resolve(file).toString();
  }

  private static Printed demo(String file, String... options) {
    var out = new StringWriter();
    var err = new StringWriter();
    var arguments = new ArrayList<>(List.of("demo", "--db", path(file)));
    arguments.addAll(List.of(options));
    var code =
        RunsService.commandLine(Map.of())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments.toArray(String[]::new));
    return new Printed(code, out.toString(), err.toString());
  }
}
