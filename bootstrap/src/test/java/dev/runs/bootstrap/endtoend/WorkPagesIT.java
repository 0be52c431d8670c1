package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.endtoend.Browser.Page;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages about the queue and about pipelines, without JavaScript. */
@Timeout(240)
final class WorkPagesIT {

  private static final String PASSWORD = "a password of mine";
  private static final Pattern TAGS = Pattern.compile("<[^>]*>");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(new OncePerClass(Installation.onSqlite()));
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(new OncePerClass(Installation.onPostgres()));
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {

    @RegisterExtension final OncePerClass installation;

    private Server server;
    private Client client;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(OncePerClass installation) {
      this.installation = installation;
    }

    @BeforeAll
    void startServer() throws Exception {
      server = installation.start();
      client = server.client();
      for (var role : new String[] {"viewer", "operator", "admin"}) {
        addPerson(role);
      }
    }

    @Test
    void showTheQueueAndPauseAKind() {
      var kind = "mail/send & more";
      var run = client.post("/v1/runs", "{'kind':'%s'}", kind).is(201).id();
      var browser = signedIn("operator");

      var list = open(browser, "/console/queue");
      assertThat(text(list)).contains(kind + " 1 ");
      var page = open(browser, "/console/queue/kind?name=" + encoded(kind));
      assertThat(page.text()).contains(run).doesNotContain("No run of it is started");

      var paused = browser.submit(page, "/console/queue/pause", Map.of());

      assertThat(paused.path()).isEqualTo("/console/queue/kind?name=" + encoded(kind));
      assertThat(text(paused)).contains("it is drained", "Resume");
      assertThat(claim(kind)).isEmpty();
      assertThat(text(open(browser, "/console/queue"))).contains(kind + " paused");

      var resumed = browser.submit(paused, "/console/queue/resume", Map.of());

      assertThat(text(resumed)).contains("its runs are started", "Pause");
      assertThat(claim(kind)).isEqualTo(run);
      assertThat(text(open(browser, "/console/queue"))).contains("the-worker 1");
    }

    @Test
    void drainAKindWhoseRunsAreExecuted() throws Exception {
      var run = client.post("/v1/runs", "{'kind':'drained'}").is(201).id();
      var claimed =
          client.post("/v1/runs:claim", "{'workerId':'drainer','kinds':['drained']}").is(200);
      var browser = signedIn("operator");
      var list = open(browser, "/console/queue");

      var paused =
          browser.post(
              server.address().resolve("/console/queue/pause"),
              Map.of("kind", "drained", "list", "true", "_csrf", token(list)));
      assertThat(paused.path()).isEqualTo("/console/queue");
      assertThat(text(paused)).contains("draining, 1 still running");

      client
          .post(
              "/v1/runs/" + run + ":succeed",
              "{'workerId':'drainer','attempt':1,'leaseToken':'%s'}",
              claimed.textAt("/runs/0/lease/leaseToken"))
          .is(200);

      var drained = "/console/queue/kind?name=drained";
      assertThat(text(open(browser, drained))).contains("it is drained");
      Await.until(
          () -> text(open(browser, drained)), seen -> seen.contains("Ended in the last hour 1 "));
    }

    @Test
    void retryARunOnceHoweverOftenTheFormIsSent() {
      var run = client.post("/v1/runs", "{'kind':'again'}").is(201).id();
      client.post("/v1/runs/" + run + ":cancel", "{}");
      Await.until(() -> client.get("/v1/runs/" + run).is(200).textAt("/state"), "canceled"::equals);
      var browser = signedIn("operator");
      var page = open(browser, "/console/runs/" + run);
      var retry = "/console/runs/" + run + "/retry";

      var made = browser.submit(page, retry, Map.of());
      var again = browser.submit(page, retry, Map.of());

      assertThat(made.path()).isNotEqualTo(page.path());
      assertThat(text(made)).contains("This run does " + run + " again.");
      assertThat(again.path()).isEqualTo(page.path());
      assertThat(text(again)).contains("It was done already");
      assertThat(browser.submit(page, retry, Map.of("form", "x")).status()).isEqualTo(400);
      var organization = client.get("/v1/runs/" + run).is(200).textAt("/organizationId");
      assertThat(
              client
                  .get("/v1/runs?taskName=again&organizationId=" + organization)
                  .is(200)
                  .at("/runs")
                  .findValuesAsString("id"))
          .hasSize(2)
          .contains(run);
    }

    @Test
    void letAViewerSeeAndNothingElse() {
      client.post("/v1/runs", "{'kind':'seen'}").is(201);
      var browser = signedIn("viewer");

      var page = open(browser, "/console/queue/kind?name=seen");
      assertThat(page.text()).doesNotContain("/console/queue/pause");
      for (var path : new String[] {"/console/queue/pause", "/console/pipelines/gate"}) {
        var refused =
            browser.post(
                server.address().resolve(path),
                Map.of("kind", "seen", "id", "seen", "gate", "FAIL", "_csrf", token(page)));
        assertThat(refused.status()).isEqualTo(403);
      }

      assertThat(claim("seen")).isNotEmpty();
      client.get("/api/v1/contracts/seen/policy").is(404);
    }

    @Test
    void keepTheGateToAdministrators() {
      var browser = signedIn("operator");
      var address = "/console/pipelines/contract?id=gated";
      var page = open(browser, address);
      assertThat(page.text()).doesNotContain("/console/pipelines/gate");
      var refused =
          browser.post(
              server.address().resolve("/console/pipelines/gate"),
              Map.of("id", "gated", "gate", "FAIL", "_csrf", token(page)));
      assertThat(refused.status()).isEqualTo(403);

      var admin = signedIn("admin");
      var saved =
          admin.submit(open(admin, address), "/console/pipelines/gate", Map.of("gate", "FAIL"));

      assertThat(saved.path()).isEqualTo(address);
      assertThat(client.get("/api/v1/contracts/gated/policy").is(200).textAt("/gate"))
          .isEqualTo("fail");
    }

    @Test
    void showThePassRateOfAContract() {
      var contract = "orders/v2?&<b>";
      for (var passes : new boolean[] {true, true, true, false}) {
        client
            .post(
                "/api/v1/validations",
                "{'contract_id':'%s','passed':%s,'row_count':10,"
                    + "'errors':[{'code':'NULL_VALUE','message':'a value is missing'}]}",
                contract,
                passes)
            .is(201);
      }
      var run =
          client
              .post("/api/v1/runs", "{'contract_id':'%s','pipeline_name':'nightly'}", contract)
              .is(201)
              .id();
      var browser = signedIn("viewer");

      var list = open(browser, "/console/pipelines");
      assertThat(text(list)).contains("orders/v2?&amp;&lt;b&gt; ", " 75.0% 75.0% 4 ");
      var page = open(browser, "/console/pipelines/contract?id=" + encoded(contract));

      assertThat(text(page)).contains("75.0% of 4 validations in 30 days passed.", "NULL_VALUE");
      assertThat(page.text()).contains("nightly", run, "class=\"fill-bad\"").doesNotContain("<b>");
      assertThat(open(browser, "/console/pipelines/contract?id=").status()).isEqualTo(200);
    }

    @Test
    void refreshTheSamePartThatThePageIsMadeOf() {
      client.post("/v1/runs", "{'kind':'live'}").is(201);
      var browser = signedIn("viewer");

      for (var path :
          Map.of(
                  "/console/queue/kind?name=live",
                  "/console/queue/kind/live?name=live",
                  "/console/queue",
                  "/console/queue/live")
              .entrySet()) {
        var part = text(open(browser, path.getValue()));

        assertThat(part).contains("live");
        assertThat(open(browser, path.getValue()).text())
            .startsWith("<div")
            .doesNotContain("<html");
        assertThat(open(browser, path.getKey()).text()).contains("hx-trigger=\"every 5s\"");
      }
    }

    private String claim(String kind) {
      return client
          .post("/v1/runs:claim", "{'workerId':'the-worker','kinds':['%s']}", kind)
          .is(200)
          .textAt("/runs/0/id");
    }

    private Page open(Browser browser, String path) {
      var page = browser.open(server.address().resolve(path));
      assertThat(page.status()).isEqualTo(200);
      return page;
    }

    private Browser signedIn(String role) {
      var browser = new Browser();
      var page = browser.open(server.address().resolve("/sign-in"));
      browser.submit(page, "/sign-in", Map.of("login", "the-" + role, "password", PASSWORD));
      return browser;
    }

    private void addPerson(String role) throws IOException, InterruptedException {
      Command.run(
              installation.installation().folder(),
              installation.installation().databaseUrl(),
              PASSWORD + "\n",
              "people",
              "add",
              "the-" + role,
              "--role",
              role,
              "--password")
          .succeeds();
    }

    private static String token(Page page) {
      return page.text().replaceAll("(?s).*?name=\"_csrf\" value=\"([^\"]*)\".*", "$1");
    }

    /** What stands on a page, without its tags. */
    private static String text(Page page) {
      return SPACES
          .matcher(TAGS.matcher(page.text()).replaceAll(" "))
          .replaceAll(" ")
          .replace("mail/send &amp; more", "mail/send & more");
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }
}
