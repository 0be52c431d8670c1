package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.endtoend.Browser.Page;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People whom an identity provider knows. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OidcIT {

  @RegisterExtension final Installation installation = Installation.onSqlite();

  private Provider provider;

  @BeforeAll
  void startTheProvider() throws Exception {
    provider = new Provider();
  }

  @AfterAll
  void stopTheProvider() {
    provider.close();
  }

  @BeforeEach
  void putAdaIntoNoGroup() {
    provider.putInto("ada");
  }

  @Test
  void comeInThroughTheProviderWithTheRolesOfTheirGroups() throws Exception {
    provider.putInto("ada", "staff", "unknown");
    var server = start();
    var browser = new Browser();

    var signIn = browser.open(server.address().resolve("/sign-in"));
    assertThat(signIn.text()).contains("/sign-in/with/oidc");
    var start = comeIn(browser, server, "ada");

    assertThat(start.path()).isEqualTo("/console");
    assertThat(account(browser, server).text())
        .contains(">ada<")
        .contains(">default<")
        .contains(">operator<")
        .doesNotContain("Change password");
    assertThat(browser.cookie("runs_session")).hasSize(43);

    provider.putInto("ada");
    var nobody = new Browser();
    comeIn(nobody, server, "ada");
    assertThat(account(nobody, server).text())
        .as("nobody without a group may do anything")
        .contains(">none<")
        .doesNotContain(">operator<");

    provider.putInto("ada", "root");
    var again = new Browser();
    comeIn(again, server, "ada");
    assertThat(account(again, server).text())
        .contains("platform admin")
        .doesNotContain(">operator<");

    assertThat(account(browser, server).text())
        .as("the other session follows")
        .contains("platform admin");
    browser.submit(account(browser, server), "/sign-out", Map.of());
    assertThat(browser.open(server.address().resolve("/")).path()).isEqualTo("/sign-in");
  }

  @Test
  void doNotTakeOverALocalAccountOfTheSameName() throws Exception {
    provider.putInto("ben", "root");
    Command.run(installation.folder(), installation.databaseUrl(), "", "people", "add", "ben")
        .succeeds();
    var server = start();
    var browser = new Browser();

    assertThat(comeIn(browser, server, "ben").path()).isEqualTo("/sign-in?refused");
    assertThat(browser.open(server.address().resolve("/")).path()).isEqualTo("/sign-in");
  }

  @Test
  void areNotLetInByAnAnswerThatNobodyAskedFor() throws Exception {
    var server = start();
    var browser = new Browser();

    assertThat(new Client(server.address(), Map.of()).get("/sign-in/with/oidc").location())
        .startsWith(provider.issuer())
        .contains("&state=")
        .contains("&nonce=")
        .contains("&code_challenge_method=S256");
    var forged = browser.open(server.address().resolve("/sign-in/callback/oidc?code=c&state=s"));

    assertThat(forged.path()).isEqualTo("/sign-in?refused");
    assertThat(browser.cookie("runs_session")).isEmpty();
  }

  @Test
  void areToldWhenTheProviderIsAway() throws Exception {
    var server =
        installation.start(
            Map.of("RUNS_OIDC_ISSUER", "http://127.0.0.1:1/nobody", "RUNS_OIDC_CLIENT_ID", "runs"));
    var browser = new Browser();

    var page = browser.open(server.address().resolve("/sign-in/with/oidc"));

    assertThat(page.path()).isEqualTo("/sign-in?unreachable");
    assertThat(page.text()).contains("cannot be reached");
    assertThat(
            browser.open(server.address().resolve("/sign-in/callback/oidc?code=c&state=s")).path())
        .isEqualTo("/sign-in?refused");
  }

  private Server start() throws Exception {
    var server =
        installation.start(
            Map.of(
                "RUNS_OIDC_ISSUER",
                provider.issuer(),
                "RUNS_OIDC_CLIENT_ID",
                Provider.CLIENT,
                "RUNS_OIDC_CLIENT_SECRET",
                Provider.SECRET,
                "RUNS_OIDC_ROLES",
                "staff=default:operator,root=platform-admin"));
    provider.serve(server.address());
    return server;
  }

  private static Page comeIn(Browser browser, Server server, String person) {
    var login = browser.open(server.address().resolve("/sign-in/with/oidc"));
    assertThat(login.address().getHost()).isEqualTo("127.0.0.1");
    return browser.submit(
        login, "/login", Map.of("username", person, "password", Provider.PASSWORD));
  }

  private static Page account(Browser browser, Server server) {
    return browser.open(server.address().resolve("/console/account"));
  }
}
