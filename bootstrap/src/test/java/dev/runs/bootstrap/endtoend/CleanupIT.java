package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.Database;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command that removes old runs, in processes of its own, one of which is killed. */
@Timeout(240)
final class CleanupIT {

  private static final int BATCHES = 4;
  private static final int IN_A_BATCH = 1_000;

  /** Everything that belongs to runs. */
  private static final List<String> DETAILS =
      List.of(
          "run",
          "attempt",
          "cost_line",
          "rollup",
          "rollup_delta",
          "job",
          "run_payload",
          "run_lease",
          "queue_ready",
          "queue_delayed",
          "run_cancellation",
          "run_deletion");

  @Nested
  final class OnSqlite extends Contract {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Override
    Installation installation() {
      return installation;
    }
  }

  @Nested
  final class OnPostgres extends Contract {

    @RegisterExtension final Installation installation = Installation.onPostgres();

    @Override
    Installation installation() {
      return installation;
    }
  }

  abstract static class Contract {

    abstract Installation installation();

    @Test
    void removesATreeAndKeepsWhatItCostThoughItIsKilledMeanwhile() throws Exception {
      var server = installation().start();
      var tracker = Tracker.ofNewOrganization(server.client());
      var root = plant(tracker);
      var summaries = summaries(tracker);
      server.kill();

      try (var database = installation().openDatabase()) {
        letAllEndLongAgo(database);
        var runs = 1 + BATCHES * IN_A_BATCH;
        var weighed = cleanup("--dry-run", "--json");
        assertThat(weighed.at("/dryRun").booleanValue()).isTrue();
        assertThat(weighed.at("/trees").intValue()).isEqualTo(1);
        assertThat(weighed.at("/runs").intValue()).isEqualTo(runs);
        assertThat(weighed.at("/costLines").intValue()).isEqualTo(runs - 1);
        assertThat(count(database, "run")).isEqualTo(runs);

        killInTheMiddle(database, runs);
        assertThat(summariesOfANewServer(tracker)).isEqualTo(summaries);

        var removed = cleanup("--json", "--organization", tracker.organization());
        assertThat(removed.at("/mode").asString()).isEqualTo("local");
        assertThat(removed.at("/trees").intValue()).isEqualTo(1);
        assertThat(removed.at("/runs").intValue()).isBetween(1, runs - 1);
        assertThat(DETAILS).allSatisfy(table -> assertThat(count(database, table)).isZero());
        assertThat(
                Command.run(installation().folder(), installation().databaseUrl(), "", "cleanup")
                    .succeeds()
                    .text())
            .contains("Removed nothing.");

        var last = tracker.through(installation().start());
        assertThat(summaries(last)).isEqualTo(summaries);
        last.show(root).is(404);
        assertThat(told(last)).isEqualTo(runs);
      }
    }

    private void killInTheMiddle(Database database, int runs) throws Exception {
      var process =
          Command.start(installation().folder(), installation().databaseUrl(), "cleanup", "--json");
      while (process.isAlive() && count(database, "run") == runs) {
        Thread.onSpinWait();
      }
      process.destroyForcibly();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(Server.KILLED);
      assertThat(count(database, "run")).isBetween(1, runs - 1);
    }

    private List<String> summariesOfANewServer(Tracker tracker) throws Exception {
      var server = installation().start();
      var summaries = summaries(tracker.through(server));
      server.kill();
      return summaries;
    }

    private JsonNode cleanup(String... options) throws Exception {
      var arguments =
          Stream.concat(Stream.of("cleanup"), Arrays.stream(options)).toArray(String[]::new);
      var text =
          Command.run(installation().folder(), installation().databaseUrl(), "", arguments)
              .succeeds()
              .text();
      return JsonMapper.builder().build().readTree(text);
    }
  }

  /** A root with some thousand runs below it, each of which costs something. */
  private static String plant(Tracker tracker) {
    tracker.price("token", "0.0003");
    var root = tracker.root();
    for (var batch = 0; batch < BATCHES; batch++) {
      var item =
          "{'organizationId':'%s','serviceName':'s%d','taskName':'t','parentRunId':'%s'}"
              .formatted(tracker.organization(), batch, root);
      var made =
          tracker
              .client()
              .post(
                  "/v1/runs:batch",
                  items(IntStream.range(0, IN_A_BATCH).mapToObj(_ -> item).toList()));
      var lines =
          made.is(201)
              .at("/runs")
              .valueStream()
              .map(run ->
                  "{'runId':'%s','costName':'token','quantity':7}"
                      .formatted(run.at("/id").asString()))
              .toList();
      tracker.client().post("/v1/costs:batch", items(lines)).is(201);
    }
    return root;
  }

  private static String items(List<String> items) {
    return items.stream().collect(Collectors.joining(",", "{'items':[", "]}"));
  }

  private static void letAllEndLongAgo(Database database) {
    database.inTransaction(() ->
        database
            .db()
            .execute(
                "update run set state = 'succeeded', ended_at = '2026-01-01T00:00:00.000000Z'"));
  }

  private static int count(Database database, String table) {
    return database.db().fetchCount(DSL.table(table));
  }

  private static List<String> summaries(Tracker tracker) {
    return Stream.of("serviceName", "userId", "costName")
        .map(by ->
            tracker
                .client()
                .get(
                    "/v1/runs/summary?groupBy=%s&organizationId=%s"
                        .formatted(by, tracker.organization()))
                .is(200)
                .text())
        .toList();
  }

  /** How many runs are gone, as the audit log has it. */
  private static int told(Tracker tracker) {
    return tracker
        .client()
        .get("/v1/audit?action=retention.applied&organizationId=" + tracker.organization())
        .is(200)
        .at("/entries")
        .valueStream()
        .mapToInt(entry -> Integer.parseInt(entry.at("/details/runs").asString()))
        .sum();
  }
}
