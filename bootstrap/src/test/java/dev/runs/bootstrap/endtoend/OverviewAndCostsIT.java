package dev.runs.bootstrap.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.endtoend.Browser.Page;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The numbers of the console, against what was told to the API; without JavaScript. */
@Timeout(240)
final class OverviewAndCostsIT {

  private static final String PASSWORD = "a password of mine";
  private static final String OVERVIEW = "/console";
  private static final String COSTS = "/console/costs";
  private static final String ORGANIZATIONS = "/console/organizations?cursor=AA";

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(Installation.onSqlite());
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(Installation.onPostgres());
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {

    @RegisterExtension final OncePerClass once;

    private final Installation installation;
    private Server server;
    private Client client;
    private String organization;
    private String ada;
    private Browser browser;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(Installation installation) {
      this.installation = installation;
      this.once = new OncePerClass(installation);
    }

    /**
     * Two runs of reports succeed and one fails, one of the crawler goes on; the reports of Ada
     * cost $2.20, the crawler costs $1.50. Beside them stands an organization with other runs.
     */
    @BeforeAll
    void someRuns() throws Exception {
      server = once.start();
      client = server.client();
      organization = client.post("/v1/organizations", "{'externalId':'default'}").id();
      ada =
          client
              .post("/v1/users", "{'organizationId':'%s','externalId':'=ada'}", organization)
              .id();
      client.put("/v1/costs/tokens", "{'costPerUnitInUsdCents':'2'}").is(200);
      client.put("/v1/costs/searches", "{'costPerUnitInUsdCents':'50'}").is(200);
      book(end(report(), "completed"), "tokens", 100);
      end(report(), "completed");
      book(end(report(), "failed"), "tokens", 10);
      book(run("crawler", organization), "searches", 3);
      var other = Tracker.ofNewOrganization(client);
      other.book(other.root(), "tokens", 1_000).is(201);
      people("add", "anna", "--role", "viewer", "--password");
      people("add", "root", "--role", "admin", "--platform-admin", "--password");
      browser = signedIn("anna");
    }

    @Test
    void theOverviewCountsWhatIsAndWhatWas() {
      Await.until(
          () -> open(OVERVIEW),
          page ->
              row(page, "24 hours").size() == 6 && row(page, "24 hours").getFirst().equals("4"));
      var page = open(OVERVIEW);

      assertThat(state(page, "running")).isEqualTo("1");
      assertThat(state(page, "succeeded")).isEqualTo("2");
      assertThat(state(page, "failed")).isEqualTo("1");
      assertThat(state(page, "queued")).isEqualTo("0");
      assertThat(row(page, "24 hours")).containsExactly("4", "2", "1", "0", "0", "33.3%");
      assertThat(row(page, "7 days")).isEqualTo(row(page, "24 hours"));
      assertThat(page.text())
          .contains("$3.70")
          .contains("370 US cents")
          .contains("href=\"/console/runs?state=failed&amp;all=true\"")
          .contains("id=\"longest-running\"")
          .contains("nothing waits")
          .contains("Database <span>answers</span>");
    }

    @Test
    void anUpgradeCountsWhatWasThereBeforeAsItWouldHaveBeenCounted() throws Exception {
      try (var connection = installation.connect()) {
        Await.until(() -> waiting(connection), "0"::equals);
        connection.setAutoCommit(false);
        var counted = tallies(connection);
        assertThat(counted).hasSizeGreaterThan(6);

        try (var statement = connection.createStatement()) {
          statement.execute("delete from organization_activity");
          statement.execute("delete from cost_of_day");
          for (var insert : insertsOfTheUpgrade(connection)) {
            statement.execute(insert);
          }
        }

        assertThat(tallies(connection)).isEqualTo(counted);
        connection.rollback();
      }
    }

    private static String waiting(Connection connection) {
      return rows(
              connection,
              "select (select count(*) from event_inbox) + (select count(*) from"
                  + " cost_of_day_delta)")
          .getFirst();
    }

    /** Of the organization in which nothing is deleted: what is gone cannot be counted again. */
    private List<String> tallies(Connection connection) {
      var isOwn = " where organization_id = '" + organization + "'";
      var all =
          rows(connection, "select * from organization_activity" + isOwn + " order by 1, 2, 3");
      all.addAll(rows(connection, "select * from cost_of_day" + isOwn + " order by 1, 2, 3, 4, 5"));
      return all;
    }

    private static List<String> rows(Connection connection, String query) {
      try (var statement = connection.createStatement();
          var found = statement.executeQuery(query)) {
        var rows = new ArrayList<String>();
        while (found.next()) {
          var row = new StringJoiner(" | ");
          for (var column = 1; column <= found.getMetaData().getColumnCount(); column++) {
            row.add(found.getString(column));
          }
          rows.add(row.toString());
        }
        return rows;
      } catch (SQLException e) {
        throw new AssertionError(query, e);
      }
    }

    /** The statements by which the migration to V14 fills its tables. */
    private static List<String> insertsOfTheUpgrade(Connection connection) throws Exception {
      var database = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
      var file = "/db/migration/" + database + "/V14__activity.sql";
      try (var script = OverviewAndCostsIT.class.getResourceAsStream(file)) {
        var text = new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
        var statements = text.replaceAll("(?m)^ *--.*\n", "").split(";");
        var inserts =
            Stream.of(statements).map(String::strip).filter(it -> it.startsWith("insert")).toList();
        assertThat(inserts).hasSize(2);
        return inserts;
      }
    }

    @Test
    void theOverviewLeadsToTheRunThatFailedLast() {
      var failure =
          Pattern.compile("id=\"failure-([0-9a-f-]+)\" href=\"/console/runs/([0-9a-f-]+)\"")
              .matcher(open(OVERVIEW).text());

      assertThat(failure.find()).isTrue();
      assertThat(client.get("/v1/runs/" + failure.group(1)).is(200).textAt("/state"))
          .isEqualTo("failed");
      assertThat(failure.group(2)).isEqualTo(failure.group(1));
    }

    @Test
    void thePartThatChangesIsAPartOfThePage() {
      Await.until(() -> open(OVERVIEW), page -> page.text().contains("Events <span>up to date"));

      assertThat(still(open(OVERVIEW))).contains(still(open("/console/overview/live")).strip());
    }

    @Test
    void anOrganizationWithoutRunsLearnsHowToBegin() throws Exception {
      client.post("/v1/organizations", "{'externalId':'empty'}").is(201);
      people("add", "nina", "--role", "admin", "--organization", "empty", "--password");

      var page = signedIn("nina").open(server.address().resolve(OVERVIEW));

      assertThat(page.text())
          .contains("No runs yet")
          .contains(server.address() + "/v1/runs -d")
          .contains("$RUNS_KEY")
          .contains("runs enqueue demo.greet")
          .contains("href=\"/console/teams\"")
          .doesNotContain("Last failures");
    }

    @Test
    void costsAreDividedByServiceUserNameAndProject() {
      var byService = open(COSTS);

      assertThat(total(byService)).isEqualTo("$3.70");
      assertThat(byService.text()).contains("220 US cents").contains("59.5%").contains("40.5%");
      assertThat(byService.text())
          .contains("href=\"/console/runs?service=reports&amp;from=")
          .contains("svg class=\"chart\"")
          .doesNotContain("style=");
      assertThat(open(COSTS + "?by=user").text()).contains("=ada").contains("no user");
      assertThat(open(COSTS + "?by=cost_name").text()).contains("tokens").contains("searches");
      assertThat(open(COSTS + "?by=project").text()).contains("default").contains("100.0%");
    }

    @Test
    void costsOfOtherDaysAreNotAmongThem() {
      var page = open(COSTS + "?from=2020-01-01&to=2020-12-31");

      assertThat(total(page)).isEqualTo("$0.00");
      assertThat(page.text()).contains("Nothing was booked");
    }

    @Test
    void costsComeAsAFileWithExactNumbersAndWithoutFormulas() {
      var file = open("/console/costs.csv?by=user");
      var day = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);

      assertThat(file.header("content-type")).isEqualTo("text/csv;charset=utf-8");
      assertThat(file.header("content-disposition"))
          .contains("attachment")
          .contains("-by-user.csv");
      assertThat(file.text().lines()).first().isEqualTo("day,user,user_id,total_cost_in_usd_cents");
      assertThat(file.text())
          .contains(",'=ada," + ada + ",220.0000000000\r\n")
          .contains(",,,150.0000000000\r\n")
          .containsAnyOf(day.toString(), day.minusDays(1).toString());
    }

    @Test
    void whatIsDeletedIsTakenBackFromItsDay() throws Exception {
      var trimmed = client.post("/v1/organizations", "{'externalId':'trimmed'}").is(201).id();
      people("add", "tina", "--role", "viewer", "--organization", "trimmed", "--password");
      var tina = signedIn("tina");
      var costs = server.address().resolve(COSTS);
      book(run("kept", trimmed), "searches", 1);
      var doomed = run("doomed", trimmed);
      book(doomed, "searches", 2);
      assertThat(total(tina.open(costs))).isEqualTo("$1.50");
      assertThat(tina.open(costs).text()).contains("doomed").contains("100 US cents");

      client.delete("/v1/runs/" + doomed);

      Await.until(() -> total(tina.open(costs)), "$0.50"::equals);
    }

    @Test
    void daysThatAreNoneAreRefusedBesideTheForm() {
      assertThat(open(COSTS + "?from=soon").status()).isEqualTo(400);
      assertThat(open(COSTS + "?from=soon").text()).contains("A day is written like this");
      assertThat(open(COSTS + "?from=2020-01-01").text()).contains("1 to 400 days");
      assertThat(open("/console/costs.csv?from=soon").status()).isEqualTo(400);
      assertThat(open(COSTS + "?to=%2B999999999-12-31").status()).isEqualTo(400);
      assertThat(open(COSTS + "?to=%2B999999999-12-31").text()).contains("1970 to 9999");
    }

    @Test
    void addressesThatMeanNothingAreRefusedAndNoFailure() {
      for (var path :
          List.of(
              "/console/users?cursor=AA",
              "/console/pipelines?after=AA",
              "/console/pipelines/contract?id=%00",
              "/console/runs?from=%2B300000-01-01T00:00")) {
        assertThat(open(path).status()).as(path).isEqualTo(400);
      }
      assertThat(signedIn("root").open(server.address().resolve(ORGANIZATIONS)).status())
          .isEqualTo(400);
    }

    @Test
    void whoChoosesColoursStaysWhereTheyAre() {
      var asked = COSTS + "?by=user&from=2020-01-01&to=2020-12-31";

      var chosen = browser.submit(open(asked), "/console/theme", Map.of("theme", "dark"));

      assertThat(chosen.path()).isEqualTo(asked);
      assertThat(chosen.text()).contains("data-theme=\"dark\"");
    }

    @Test
    void onlyThePlatformSeesWhatEachOrganizationSpends() {
      assertThat(open(COSTS + "?by=organization").status()).isEqualTo(403);
      assertThat(open("/console/costs.csv?by=organization").status()).isEqualTo(403);

      var all = signedIn("root").open(server.address().resolve(COSTS + "?by=organization"));

      assertThat(all.status()).isEqualTo(200);
      assertThat(all.text()).contains("default").contains("2000 US cents");
    }

    private String report() {
      return client
          .post(
              "/v1/runs",
              "{'organizationId':'%s','userId':'%s','serviceName':'reports','taskName':'weekly'}",
              organization,
              ada)
          .is(201)
          .id();
    }

    private String run(String service, String in) {
      return client
          .post(
              "/v1/runs",
              "{'organizationId':'%s','serviceName':'%s','taskName':'some'}",
              in,
              service)
          .is(201)
          .id();
    }

    private String end(String run, String status) {
      client.patch("/v1/runs/" + run, "{'status':'%s'}", status).is(200);
      return run;
    }

    private void book(String run, String name, long quantity) {
      client
          .post(
              "/v1/runs/" + run + "/costs",
              "{'items':[{'costName':'%s','quantity':%s}]}",
              name,
              quantity)
          .is(201);
    }

    private Page open(String path) {
      return browser.open(server.address().resolve(path));
    }

    private Browser signedIn(String login) {
      var fresh = new Browser();
      var form = fresh.open(server.address().resolve("/sign-in"));
      fresh.submit(form, "/sign-in", Map.of("login", login, "password", PASSWORD));
      return fresh;
    }

    private void people(String... arguments) throws Exception {
      var line = new String[arguments.length + 1];
      line[0] = "people";
      System.arraycopy(arguments, 0, line, 1, arguments.length);
      Command.run(installation.folder(), installation.databaseUrl(), PASSWORD + "\n", line)
          .succeeds();
    }

    private static String state(Page page, String state) {
      return found(page, "id=\"state-" + state + "\".*?class=\"value\">([^<]*)<").getFirst();
    }

    private static String total(Page page) {
      return found(page, "id=\"total\"[^>]*>([^<]*)<").getFirst();
    }

    /** The cells of a row, by the text of its head. */
    private static List<String> row(Page page, String head) {
      var cells = found(page, "<th scope=\"row\">" + head + "</th>(.*?)</tr>");
      return cells.isEmpty()
          ? List.of()
          : Pattern.compile("<td[^>]*>([^<]*)</td>")
              .matcher(cells.getFirst())
              .results()
              .map(cell -> cell.group(1))
              .toList();
    }

    private static List<String> found(Page page, String pattern) {
      var found = new ArrayList<String>();
      Pattern.compile(pattern, Pattern.DOTALL)
          .matcher(page.text())
          .results()
          .forEach(match -> found.add(match.group(1)));
      return found;
    }

    /** Without what time alone changes. */
    private static String still(Page page) {
      return page.text()
          .replaceAll("<time[^>]*>[^<]*</time>", "")
          .replaceAll("<span class=\"figure\"[^>]*>[^<]*</span>", "");
    }
  }
}
