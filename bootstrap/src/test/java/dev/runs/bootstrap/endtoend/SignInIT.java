package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.endtoend.Browser.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People who sign in with a browser. */
@Timeout(240)
final class SignInIT {

  private static final String PASSWORD = "a password of mine";
  private static final String NEXT = "another fine password";

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  final class OnSqlite extends Contract {

    @RegisterExtension final OncePerClass once = new OncePerClass(Installation.onSqlite());

    @Override
    Installation installation() {
      return once.installation();
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  final class OnPostgres extends Contract {

    @RegisterExtension final OncePerClass once = new OncePerClass(Installation.onPostgres());

    @Override
    Installation installation() {
      return once.installation();
    }

    @Test
    void areKnownByEveryNode() throws Exception {
      var other = installation().start();
      var login = person("--role", "admin");
      var browser = new Browser();
      signIn(browser, server, login, PASSWORD);

      var there = browser.open(other.address().resolve("/"));

      assertThat(there.path()).isEqualTo("/console");
      assertThat(there.text()).contains(login);
      signOut(browser, other);
      assertThat(browser.open(server.address().resolve("/")).path()).isEqualTo("/sign-in");
    }
  }

  abstract static class Contract {

    private final AtomicInteger logins = new AtomicInteger();

    /** One for all tests, each of which signs in as somebody else. */
    Server server;

    abstract Installation installation();

    @BeforeAll
    void start() throws IOException {
      server = installation().start();
    }

    @Test
    void signInActAndSignOut() throws Exception {
      var login = person("--name", "Ada <L>", "--role", "operator");
      var browser = new Browser();

      var first = browser.open(server.address().resolve("/"));
      assertThat(first.path()).isEqualTo("/sign-in");
      assertThat(first.header("content-security-policy"))
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      browser.keep(server.address(), "runs_session", "planted");

      var start = signIn(browser, server, login.toUpperCase(Locale.ROOT), PASSWORD);
      assertThat(start.path()).isEqualTo("/console");
      assertThat(browser.open(server.address().resolve("/console/account")).text())
          .contains("Ada &lt;L&gt;")
          .contains("default")
          .contains("operator")
          .doesNotContain("<script>");
      assertThat(browser.cookie("runs_session")).hasSize(43);
      assertThat(start.setCookies())
          .filteredOn(it -> it.startsWith("runs_session="))
          .singleElement()
          .asString()
          .contains("; HttpOnly")
          .contains("; SameSite=Lax")
          .contains("; Path=/")
          .doesNotContain("Secure");
      assertThat(start.setCookies()).noneMatch(it -> it.contains("JSESSIONID"));

      var earlier = browser.cookie("runs_session");
      signIn(browser, server, login, PASSWORD);
      var token = browser.cookie("runs_session");
      assertThat(token).hasSize(43).isNotEqualTo(earlier);
      browser.keep(server.address(), "runs_session", earlier);
      assertThat(browser.open(server.address().resolve("/")).path()).isEqualTo("/sign-in");
      browser.keep(server.address(), "runs_session", token);
      assertThat(signOut(browser, server).path()).isEqualTo("/sign-in?signed-out");
      browser.keep(server.address(), "runs_session", token);
      assertThat(browser.open(server.address().resolve("/")).path()).isEqualTo("/sign-in");
    }

    @Test
    void beginAsTheAdminWhosePasswordTheFirstStartPrints() throws Exception {
      var printed = server.start().lines().filter(it -> it.startsWith("    ")).toList();
      assertThat(printed).hasSize(1);
      var browser = new Browser();

      var page = signIn(browser, server, "admin", printed.getFirst().strip());
      assertThat(page.path()).isEqualTo("/account/password");
      var start = change(browser, page, printed.getFirst().strip(), NEXT, NEXT);

      assertThat(start.path()).isEqualTo("/console");
      assertThat(browser.open(server.address().resolve("/console/account")).text())
          .contains("platform admin");
      assertThat(installation().start().start()).doesNotContain("first start");
    }

    @Test
    void changeAOneTimePasswordBeforeAnythingElse() throws Exception {
      var login = newLogin();
      var made = people("", "add", login, "--role", "viewer").text();
      var oneTime =
          made.lines().filter(it -> it.startsWith("    ")).reduce((_, last) -> last).orElseThrow();
      var browser = new Browser();

      var page = signIn(browser, server, login, oneTime.strip());
      assertThat(page.path()).isEqualTo("/account/password");
      assertThat(browser.open(server.address().resolve("/")).path()).isEqualTo("/account/password");
      assertThat(change(browser, page, "wrong", NEXT, NEXT).text()).contains("another one");
      assertThat(change(browser, page, oneTime.strip(), NEXT, PASSWORD).text()).contains("differ");
      assertThat(change(browser, page, oneTime.strip(), "short", "short").text())
          .contains("12 to 128 characters, not 5");
      var before = browser.cookie("runs_session");

      assertThat(change(browser, page, oneTime.strip(), NEXT, NEXT).path()).isEqualTo("/console");

      assertThat(browser.cookie("runs_session")).isNotEqualTo(before);
      assertThat(signIn(new Browser(), server, login, oneTime.strip()).path())
          .isEqualTo("/sign-in?failed");
      assertThat(signIn(new Browser(), server, login, NEXT).path()).isEqualTo("/console");
    }

    @Test
    void areLockedOutAfterFiveFailuresAndLearnNothing() throws Exception {
      var login = person();
      var browser = new Browser();

      var unknown = signIn(browser, server, "nobody", PASSWORD);
      assertThat(browser.cookie("JSESSIONID")).isEmpty();
      for (var i = 0; i < 5; i++) {
        assertThat(withoutTokens(signIn(browser, server, login, "not the password")))
            .isEqualTo(withoutTokens(unknown));
      }
      assertThat(signIn(browser, server, login, PASSWORD).path()).isEqualTo("/sign-in?failed");
      people("", "reset-password", login);
      people(PASSWORD + "\n", "reset-password", login, "--password");
      assertThat(signIn(browser, server, login, PASSWORD).path()).isEqualTo("/console");
    }

    @Test
    void cannotBeMadeToDoAnythingByAnotherSite() throws Exception {
      var login = person("--role", "admin");
      var browser = new Browser();
      signIn(browser, server, login, PASSWORD);

      assertThat(browser.post(server.address().resolve("/sign-out"), Map.of()).path())
          .isEqualTo("/sign-in?expired");
      assertThat(browser.post(server.address().resolve("/account/organization"), Map.of()).path())
          .isEqualTo("/sign-in?expired");
      browser.open(server.address().resolve("/sign-out"));
      assertThat(browser.open(server.address().resolve("/")).path()).isEqualTo("/console");
      assertThat(browser.open(server.address().resolve("/v1/runs")).status()).isEqualTo(401);
      assertThat(server.client().get("/account/password").status()).isEqualTo(302);
      assertThat(server.client().get("/ACCOUNT/password").status()).isEqualTo(404);
    }

    @Test
    void areSentToNoOtherSite() throws Exception {
      var login = person();
      var browser = new Browser();
      var elsewhere = "?continue=https://evil.example&redirect=//evil.example";

      var page = browser.open(server.address().resolve("/sign-in" + elsewhere));
      var typed = Map.of("login", login, "password", PASSWORD, "redirect", "//evil.example");
      var start = browser.submit(page, "/sign-in", typed);

      assertThat(start.address()).isEqualTo(server.address().resolve("/console"));
      for (var path : List.of("/", "/console", "/account/password", "/" + elsewhere)) {
        assertThat(new Client(server.address(), Map.of()).get(path).location())
            .isEqualTo("/sign-in");
      }
    }

    @Test
    void areSeenInTheAuditLogWithoutWhatTheyTyped() throws Exception {
      var login = person("--role", "viewer");
      var browser = new Browser();
      signIn(browser, server, login, "not the password");
      signIn(browser, server, "a login nobody has", PASSWORD);
      signIn(browser, server, login, PASSWORD);
      signOut(browser, server);

      var log = server.client().get("/v1/audit?limit=4").is(200);

      assertThat(log.at("/entries").findValuesAsString("action"))
          .containsExactly(
              "access.signed_out",
              "access.signed_in",
              "access.sign_in_failed",
              "access.sign_in_failed");
      assertThat(log.at("/entries").findValuesAsString("requestId"))
          .doesNotHaveDuplicates()
          .allMatch(it -> it.length() == 36);
      assertThat(log.at("/entries").findValuesAsString("address")).allMatch(it -> !it.isEmpty());
      assertThat(log.text()).doesNotContain(PASSWORD, "not the password", "a login nobody has");
    }

    @Test
    void actInEachOrganizationTheyBelongTo() throws Exception {
      server.client().post("/v1/organizations", "{'externalId':'acme'}").is(201);
      var login = person("--role", "viewer");
      people("", "set-role", login, "admin", "--organization", "acme");
      var browser = new Browser();
      signIn(browser, server, login, PASSWORD);
      var account = server.address().resolve("/console/account");
      var start = browser.open(account);
      var acme = start.text().replaceAll("(?s).*value=\"([0-9a-f-]{36})\">acme.*", "$1");

      var globex =
          server.client().post("/v1/organizations", "{'externalId':'globex'}").is(201).id();
      for (var foreign : List.of(globex, "globex", "")) {
        var refused =
            browser.submit(start, "/account/organization", Map.of("organization", foreign));
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).contains("cannot act there").doesNotContain(">globex<");
      }
      var there = browser.submit(start, "/account/organization", Map.of("organization", acme));

      assertThat(there.path()).isEqualTo("/console");
      assertThat(browser.open(account).text()).contains(">admin<").doesNotContain(">viewer<");
      people("", "set-role", login, "none", "--organization", "acme");
      assertThat(browser.open(account).text()).contains(">viewer<").doesNotContain("acme");
      people("", "disable", login);
      assertThat(browser.open(server.address().resolve("/")).path()).isEqualTo("/sign-in");
    }

    @Test
    void comeByHttpsBehindAProxyThatIsNamed() throws Exception {
      var login = person();
      var named = installation().start(Map.of("RUNS_SERVER_PUBLIC_URL", "https://runs.example"));

      var browser = new Browser();
      var form = browser.open(named.address().resolve("/sign-in"));
      // the test itself does not come by https, so it would not send the cookie
      browser.keep(named.address(), "__Host-runs_form", browser.cookie("__Host-runs_form"));
      var page = browser.submit(form, "/sign-in", Map.of("login", login, "password", PASSWORD));

      assertThat(form.setCookies()).isNotEmpty().allMatch(it -> it.contains("; Secure"));
      assertThat(page.setCookies())
          .isNotEmpty()
          .allMatch(it -> it.startsWith("__Host-runs_") && it.contains("; Secure"));
      assertThat(page.setCookies()).anyMatch(it -> it.startsWith("__Host-runs_session="));
    }

    /** Adds somebody who knows the password, and returns their login. */
    final String person(String... options) throws Exception {
      var login = newLogin();
      var line = new ArrayList<>(List.of("add", login, "--password"));
      line.addAll(List.of(options));
      people(PASSWORD + "\n", line.toArray(String[]::new));
      return login;
    }

    private String newLogin() {
      return "ada" + logins.incrementAndGet();
    }

    final Command people(String typed, String... arguments) throws Exception {
      var line = new String[arguments.length + 1];
      line[0] = "people";
      System.arraycopy(arguments, 0, line, 1, arguments.length);
      return Command.run(installation().folder(), installation().databaseUrl(), typed, line)
          .succeeds();
    }

    static Page signIn(Browser browser, Server server, String login, String password) {
      var page = browser.open(server.address().resolve("/sign-in"));
      return browser.submit(page, "/sign-in", Map.of("login", login, "password", password));
    }

    static Page signOut(Browser browser, Server server) {
      var account = browser.open(server.address().resolve("/console/account"));
      return browser.submit(account, "/sign-out", Map.of());
    }

    private static String withoutTokens(Page page) {
      return page.text().replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "");
    }

    private static Page change(
        Browser browser, Page page, String present, String next, String again) {
      return browser.submit(
          page, "/account/password", Map.of("present", present, "next", next, "again", again));
    }
  }
}
