package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.endtoend.Browser.Page;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many runs that are canceled and retried at once, with a browser and a server that dies. */
@Timeout(600)
final class BulkIT {

  private static final String PASSWORD = "a password of mine";
  private static final int RUNS = 1_000;
  private static final Duration LONGEST = Duration.ofMinutes(2);

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

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");

    private final Browser browser = new Browser();

    abstract Installation installation();

    @Test
    void areEachTreatedOnceThoughTheServerDies() throws Exception {
      var server = installation().start();
      enqueue(server);
      people("add", "ada", "--role", "operator", "--password");
      signIn(server, "ada");

      var canceling = confirm(server, "cancel", "", Integer.toString(RUNS));
      assertThat(canceling.path()).startsWith("/console/bulk/0");
      assertThat(canceling.text()).contains("Cancel 1,000 runs").contains("Stop here");
      assertThat(server.kill()).isEqualTo(Server.KILLED);
      server = installation().start();
      var canceled = over(server, canceling);

      assertThat(canceled.text()).contains("1,000 canceled, 0 skipped, 0 failed, of 1,000");
      awaitAllCanceled();
      assertThat(number("select count(*) from audit_entry where action = 'run.canceled'"))
          .isEqualTo(RUNS);
      assertThat(
              number(
                  "select count(distinct target) from audit_entry where action = 'run.canceled'"))
          .isEqualTo(RUNS);

      var retrying = confirm(server, "retry", "state=canceled", Integer.toString(RUNS));
      assertThat(server.kill()).isEqualTo(Server.KILLED);
      server = installation().start();

      assertThat(over(server, retrying).text())
          .contains("1,000 retried, 0 skipped, 0 failed, of 1,000");
      assertThat(number("select count(*) from job where retry_of is not null")).isEqualTo(RUNS);
      assertThat(number("select count(distinct retry_of) from job")).isEqualTo(RUNS);
      assertThat(number("select count(*) from run")).isEqualTo(2 * RUNS);
      assertThat(browser.open(server.address().resolve("/console/bulk")).text())
          .contains("Retry 1,000 runs", "Cancel 1,000 runs");
    }

    @Test
    void areOnlyBegunWithTheWordThatIsAskedForAndOnce() throws Exception {
      var server = installation().start();
      var run = server.client().post("/v1/runs", "{'kind':'work'}").is(201).id();
      var other = server.client().post("/v1/runs", "{'kind':'work'}").is(201).id();
      people("add", "ada", "--role", "operator", "--password");
      signIn(server, "ada");

      var preview = preview(server, Map.of("action", "cancel", "run", run));
      assertThat(preview.status()).isEqualTo(200);
      assertThat(preview.text()).contains("Cancel 1 run?").contains(run).doesNotContain(other);
      var refused = browser.submit(preview, "/console/bulk/start", Map.of("typed", "2"));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("nothing was done").contains("Cancel 1 run?");

      var begun = browser.submit(preview, "/console/bulk/start", Map.of("typed", "1"));
      var again = browser.submit(preview, "/console/bulk/start", Map.of("typed", "1"));

      assertThat(again.path()).isEqualTo(begun.path());
      over(server, begun);
      Await.until(
          () -> server.client().get("/v1/runs/" + run).is(200).textAt("/state"),
          "canceled"::equals);
      assertThat(server.client().get("/v1/runs/" + other).is(200).textAt("/state"))
          .isEqualTo("queued");
      assertThat(number("select count(*) from bulk_operation")).isEqualTo(1);
      assertThat(preview(server, Map.of("action", "cancel")).text()).contains("No run is meant");
      assertThat(preview(server, Map.of("action", "cancel", "run", "x")).status()).isEqualTo(400);
      assertThat(browser.open(server.address().resolve("/console/bulk/x")).status()).isEqualTo(404);

      people("add", "ben", "--role", "viewer", "--password");
      signIn(server, "ben");
      assertThat(preview(server, Map.of("action", "cancel", "run", other)).status()).isEqualTo(403);
      assertThat(browser.open(begun.address()).status()).isEqualTo(200);
    }

    @Test
    void areThoseThatWereSeen() throws Exception {
      var server = installation().start();
      var run = server.client().post("/v1/runs", "{'kind':'work'}").is(201).id();
      people("add", "ada", "--role", "operator", "--password");
      signIn(server, "ada");
      var live = Map.of("action", "cancel", "all", "true", "query", "state=queued");
      var preview = preview(server, live);
      var later = server.client().post("/v1/runs", "{'kind':'work'}").is(201).id();

      var begun = browser.submit(preview, "/console/bulk/start", Map.of("typed", "1"));
      over(server, begun);
      Await.until(
          () -> server.client().get("/v1/runs/" + run).is(200).textAt("/state"),
          "canceled"::equals);
      assertThat(server.client().get("/v1/runs/" + later).is(200).textAt("/state"))
          .isEqualTo("queued");

      var seen = preview(server, live);
      server.client().post("/v1/runs/" + later + ":cancel", "{}");
      Await.until(
          () -> server.client().get("/v1/runs/" + later).is(200).textAt("/state"),
          "canceled"::equals);
      var refused = browser.submit(seen, "/console/bulk/start", Map.of("typed", "1"));
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.text()).contains("Other runs are meant by now", "No run is meant");
      assertThat(browser.submit(preview, "/console/bulk/start", Map.of("typed", "1")).path())
          .isEqualTo(begun.path());
      assertThat(number("select count(*) from bulk_operation")).isEqualTo(1);
    }

    private static void enqueue(Server server) {
      for (var from = 0; from < RUNS; from += 500) {
        var items =
            String.join(",", IntStream.range(0, 500).mapToObj(_ -> "{'kind':'work'}").toList());
        server.client().post("/v1/runs:batch", "{'items':[%s]}".formatted(items)).is(201);
      }
    }

    private Page confirm(Server server, String action, String query, String word) {
      var preview = preview(server, Map.of("action", action, "all", "true", "query", query));
      assertThat(preview.text()).containsIgnoringCase("runs below");
      return browser.submit(preview, "/console/bulk/start", Map.of("typed", word));
    }

    private Page preview(Server server, Map<String, String> chosen) {
      var page = browser.open(server.address().resolve("/console/bulk"));
      var token = TOKEN.matcher(page.text());
      assertThat(token.find()).isTrue();
      var fields = new LinkedHashMap<>(chosen);
      fields.put("_csrf", token.group(1));
      return browser.post(server.address().resolve("/console/bulk"), fields);
    }

    /** The page of an operation that is over. */
    private Page over(Server server, Page begun) {
      var address = server.address().resolve(begun.path());
      Await.until(
          () -> browser.open(address.resolve(begun.path() + "/live")).text(),
          text -> text.contains("Over since") && !text.contains("hx-get"),
          LONGEST);
      return browser.open(address);
    }

    private void awaitAllCanceled() {
      Await.until(
          () -> number("select count(*) from run where state <> 'canceled'"),
          left -> left == 0,
          LONGEST);
    }

    private long number(String sql) {
      try (var connection = installation().connect();
          var statement = connection.createStatement();
          var rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getLong(1);
      } catch (SQLException e) {
        throw new AssertionError(sql, e);
      }
    }

    private void signIn(Server server, String login) {
      var page = browser.open(server.address().resolve("/sign-in"));
      browser.submit(page, "/sign-in", Map.of("login", login, "password", PASSWORD));
    }

    private void people(String... arguments) throws Exception {
      var line =
          Stream.concat(Stream.of("people"), Arrays.stream(arguments)).toArray(String[]::new);
      Command.run(installation().folder(), installation().databaseUrl(), PASSWORD + "\n", line)
          .succeeds();
    }
  }
}
