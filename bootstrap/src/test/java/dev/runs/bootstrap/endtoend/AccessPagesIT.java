package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.endtoend.Browser.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who has access, as administrators see and change it in a browser without JavaScript. */
@Timeout(240)
final class AccessPagesIT {

  private static final String PASSWORD = "a password of mine";
  private static final String NOBODYS = "00000000-0000-7000-8000-00000000ffff";
  private static final Pattern KEY = Pattern.compile("runs_live_[0-9A-Za-z]{22,}_[0-9A-Za-z]{6}");
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");

  /** What only administrators see. */
  private static final List<String> SEEN_BY_ADMINS =
      List.of(
          "/console/teams",
          "/console/teams/" + NOBODYS,
          "/console/teams/" + NOBODYS + "/keys/new",
          "/console/people",
          "/console/people/new",
          "/console/organization",
          "/console/audit",
          "/console/audit.csv");

  /** What only who runs the installation sees. */
  private static final List<String> SEEN_BY_THE_PLATFORM =
      List.of("/console/organizations", "/console/system");

  /** What only administrators do. */
  private static final List<String> DONE_BY_ADMINS =
      List.of(
          "/console/projects",
          "/console/projects/default",
          "/console/projects/default/delete",
          "/console/teams",
          "/console/teams/" + NOBODYS,
          "/console/teams/" + NOBODYS + "/delete",
          "/console/teams/" + NOBODYS + "/keys",
          "/console/teams/" + NOBODYS + "/keys/" + NOBODYS + "/rotate",
          "/console/teams/" + NOBODYS + "/keys/" + NOBODYS + "/revoke",
          "/console/people",
          "/console/people/" + NOBODYS + "/role",
          "/console/people/" + NOBODYS + "/disable",
          "/console/people/" + NOBODYS + "/enable",
          "/console/people/" + NOBODYS + "/remove",
          "/console/people/" + NOBODYS + "/password",
          "/console/organization/inputs",
          "/console/organization/retention",
          "/console/organization/retention/usual");

  /** What only who runs the installation does. */
  private static final List<String> DONE_BY_THE_PLATFORM =
      List.of("/console/organizations", "/console/system/audit");

  /** Fields with which each of these forms is one that could be done. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "slug", "crawl",
          "name", "Crawl",
          "login", "somebody",
          "role", "viewer",
          "scope", "runs:read",
          "hours", "1",
          "check", "off",
          "form", NOBODYS,
          "externalId", "somebody");

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

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(Installation installation) {
      this.installation = installation;
      this.once = new OncePerClass(installation);
    }

    @BeforeAll
    void peopleOfEachRole() throws Exception {
      server = once.start();
      people("add", "vera", "--role", "viewer", "--password");
      people("add", "olga", "--role", "operator", "--password");
      people("add", "anna", "--role", "admin", "--password");
      people("add", "root", "--role", "admin", "--platform-admin", "--password");
      people("add", "stranger", "--password");
    }

    @Test
    void aKeyIsMadeShownOnceFollowedByAnotherAndRevoked() {
      var browser = signedIn("anna");
      var team =
          browser.submit(
              open(browser, "/console/teams"), "/console/teams", Map.of("name", "Night"));
      var path = team.path();
      assertThat(team.text()).contains("The team Night was made.").contains("No keys yet");

      var form = open(browser, path + "/keys/new");
      assertThat(form.text()).contains("runs:read").doesNotContain("platform:admin");
      var refused = browser.submit(form, path + "/keys", Map.of("name", "nightly"));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("Choose at least one thing").contains("nightly");
      var elsewhere = Map.of("name", "nightly", "scope", "runs:read", "others", "default, nowhere");
      var unbound = browser.submit(form, path + "/keys", elsewhere);
      assertThat(unbound.status()).isEqualTo(400);
      assertThat(unbound.text()).contains("that of no project here");
      var typed = Map.of("name", "nightly <1>", "scope", "runs:read", "project", "default");
      var made = browser.submit(form, path + "/keys", typed);
      assertThat(made.status()).isEqualTo(200);
      assertThat(made.header("cache-control")).contains("no-store");
      assertThat(made.text()).contains("nightly &lt;1&gt;");
      var key = key(made);
      assertThat(with(key).get("/v1/runs").status()).isEqualTo(200);
      assertThat(with(key).post("/v1/runs", "{}").status()).isEqualTo(403);

      var again = browser.submit(form, path + "/keys", typed);
      assertThat(again.text()).contains("already made").doesNotContainPattern(KEY);
      var keys = server.client().get("/v1" + path.substring("/console".length()) + "/keys").is(200);
      assertThat(keys.at("/keys")).hasSize(1);
      var keyPath = path + "/keys/" + keys.textAt("/keys/0/id");

      var about = open(browser, keyPath);
      assertThat(about.text()).contains("runs:read").doesNotContain(key);
      var next = key(browser.submit(about, keyPath + "/rotate", Map.of("hours", "1")));
      assertThat(next).isNotEqualTo(key);
      assertThat(with(key).get("/v1/runs").status()).isEqualTo(200);
      assertThat(with(next).get("/v1/runs").status()).isEqualTo(200);

      var asked = open(browser, keyPath + "/revoke");
      assertThat(asked.text()).contains("cannot be taken back");
      var revoked = browser.submit(asked, keyPath + "/revoke", Map.of());
      assertThat(revoked.path()).isEqualTo(path);
      assertThat(revoked.text()).contains("is revoked").contains(">revoked<");
      assertThat(with(key).get("/v1/runs").status()).isEqualTo(401);
      assertThat(with(next).get("/v1/runs").status()).isEqualTo(200);

      var audit = open(browser, "/console/audit?target=key:" + keys.textAt("/keys/0/id"));
      assertThat(audit.text()).contains("key.created", "key.rotated", "key.revoked", "runs:read");
      var kept = browser.submit(open(browser, path + "/delete"), path + "/delete", Map.of());
      assertThat(kept.status()).isEqualTo(409);
      assertThat(kept.text()).contains("revoke them first");
    }

    @TestFactory
    Stream<DynamicTest> nobodySeesOrDoesMoreThanTheirRoleAllows() {
      var tests = new ArrayList<DynamicTest>();
      for (var login : List.of("vera", "olga", "anna")) {
        var isAdmin = login.equals("anna");
        var browser = signedIn(login);
        var token = token(open(browser, "/console/account"));
        var seen = isAdmin ? SEEN_BY_THE_PLATFORM : both(SEEN_BY_ADMINS, SEEN_BY_THE_PLATFORM);
        var done = isAdmin ? DONE_BY_THE_PLATFORM : both(DONE_BY_ADMINS, DONE_BY_THE_PLATFORM);
        for (var path : seen) {
          tests.add(
              DynamicTest.dynamicTest(
                  login + " does not see " + path,
                  () -> assertThat(open(browser, path).status()).isEqualTo(403)));
        }
        for (var path : done) {
          tests.add(
              DynamicTest.dynamicTest(
                  login + " cannot post to " + path,
                  () -> assertThat(post(browser, path, token).status()).isEqualTo(403)));
        }
      }
      return tests.stream();
    }

    @Test
    void aViewerSeesProjectsAndUsersAndAnOperatorRegistersOne() {
      var viewer = signedIn("vera");
      assertThat(open(viewer, "/console/projects").text())
          .contains(">default<")
          .doesNotContain("Make the project");
      assertThat(open(viewer, "/console/projects/default").text()).doesNotContain(">Save<");
      var users = open(viewer, "/console/users");
      assertThat(users.text())
          .doesNotContain("Register the user")
          .doesNotContain("/console/people");
      assertThat(post(viewer, "/console/users", token(users)).status()).isEqualTo(403);

      var operator = signedIn("olga");
      var registered =
          operator.submit(
              open(operator, "/console/users"), "/console/users", Map.of("externalId", "u<1>"));

      assertThat(registered.path()).isEqualTo("/console/users");
      assertThat(registered.text()).contains("was registered").contains("u&lt;1&gt;");
      assertThat(open(viewer, "/console/users?q=u").text()).contains("u&lt;1&gt;");
      assertThat(open(viewer, "/console/users?q=v").text()).doesNotContain("u&lt;1&gt;");
    }

    @Test
    void anAdminKeepsProjectsAndSettings() {
      var admin = signedIn("anna");
      var projects = open(admin, "/console/projects");
      var wrong = admin.submit(projects, "/console/projects", Map.of("slug", "No Slug"));
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.text()).contains("A slug has").contains("No Slug");
      var made =
          admin.submit(projects, "/console/projects", Map.of("slug", "lab", "name", "The lab"));
      assertThat(made.text()).contains("The project lab was made.");
      var taken = admin.submit(projects, "/console/projects", Map.of("slug", "lab"));
      assertThat(taken.status()).isEqualTo(409);
      var path = "/console/projects/lab";
      var changed =
          admin.submit(
              open(admin, path), path, Map.of("name", "A lab", "description", "To try things"));
      assertThat(changed.text()).contains("A lab").contains("To try things");
      assertThat(admin.submit(open(admin, path), path + "/delete", Map.of()).text())
          .contains("is gone");
      assertThat(open(admin, path).status()).isEqualTo(404);

      var settings = "/console/organization";
      var kept =
          admin.submit(
              open(admin, settings),
              settings + "/retention",
              Map.of("succeededDays", "7", "otherDays", ""));
      assertThat(kept.text()).contains("value=\"7\"").contains("has said so itself");
      var refused = admin.submit(kept, settings + "/retention", Map.of("succeededDays", "0"));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(admin.submit(kept, settings + "/retention/usual", Map.of()).text())
          .contains("as usual");
      assertThat(admin.submit(kept, settings + "/inputs", Map.of("check", "off")).text())
          .contains("not looked at");
      admin.submit(kept, settings + "/inputs", Map.of("check", "refuse"));
      assertThat(open(admin, "/console/audit?action=retention.changed").text())
          .contains("succeededDays");
      assertThat(open(admin, "/console/audit.csv?action=project.created").text())
          .startsWith("at,organization,actor,action,target,request,address,details\r\n")
          .contains("slug=lab");
    }

    @Test
    void anAuditThatIsAskedForInWordsThatMeanNothingIsRefused() {
      var admin = signedIn("anna");

      var page = open(admin, "/console/audit?from=garbage&action=no.action");
      assertThat(page.status()).isEqualTo(400);
      assertThat(page.text())
          .contains("A moment is written as")
          .contains("There is no action")
          .contains("value=\"garbage\"")
          .doesNotContain("Entries of the audit log");
      for (var query : List.of("from=garbage", "to=garbage", "action=no.action", "all=perhaps")) {
        var file = open(admin, "/console/audit.csv?" + query);
        assertThat(file.status()).as(query).isEqualTo(400);
        assertThat(file.text()).as(query).contains("<html");
      }
    }

    @Test
    void anAdminLetsSomebodyInChangesTheirRoleAndDisablesThem() {
      var admin = signedIn("anna");
      var form = open(admin, "/console/people/new");
      var typed = Map.of("login", "cleo", "name", "Cleo", "role", "operator");
      var added = admin.submit(form, "/console/people", typed);
      var password = oneTimePassword(added);
      var again = admin.submit(form, "/console/people", typed);
      assertThat(again.text()).contains("shown only then").doesNotContain(password);
      var first = signIn(new Browser(), "cleo", password);
      assertThat(first.path()).isEqualTo("/account/password");

      var list = open(admin, "/console/people?q=cle");
      assertThat(list.text()).contains(">operator<").contains("one-time password");
      var path = list.text().replaceAll("(?s).*href=\"(/console/people/[0-9a-f-]{36})\".*", "$1");
      var member = open(admin, path);
      assertThat(admin.submit(member, path + "/role", Map.of("role", "viewer")).text())
          .contains("cleo is viewer now.");
      assertThat(admin.submit(member, path + "/disable", Map.of()).text()).contains("disabled");
      assertThat(signIn(new Browser(), "cleo", password).path()).isEqualTo("/sign-in?failed");
      assertThat(admin.submit(open(admin, path), path + "/enable", Map.of()).text())
          .contains("can sign in again");
      assertThat(admin.submit(open(admin, path + "/remove"), path + "/remove", Map.of()).path())
          .isEqualTo("/console/people");
      assertThat(open(admin, path).status()).isEqualTo(404);
    }

    @Test
    void whoRunsTheInstallationSeesItAndAllOrganizations() {
      var root = signedIn("root");
      var organizations = open(root, "/console/organizations");
      var made =
          root.submit(organizations, "/console/organizations", Map.of("externalId", "globex"));
      assertThat(made.text()).contains("The organization globex was made.");
      assertThat(open(root, "/console/organizations?q=glo").text())
          .contains(">globex<")
          .doesNotContain(">default</th>");
      var globex =
          made.text().replaceAll("(?s).*>globex</th>.*?<code>([0-9a-f-]{36})</code>.*", "$1");
      var there = root.submit(made, "/account/organization", Map.of("organization", globex));
      assertThat(there.path()).isEqualTo("/console");
      assertThat(open(root, "/console/account").text()).contains("globex");
      assertThat(open(root, "/console/people").text()).doesNotContain("olga");

      var system = open(root, "/console/system");
      assertThat(system.text()).contains("Tables").contains("Run the audit");
      var audited = root.submit(system, "/console/system/audit", Map.of());
      assertThat(audited.status()).isEqualTo(200);
      assertThat(audited.text()).contains("the sums are right");
      assertThat(open(root, "/console/audit?all=true&action=organization.created").text())
          .contains("globex");
    }

    @Test
    void whoBelongsNowhereIsToldSoAndSeesTheirAccount() {
      var stranger = new Browser();

      var start = signIn(stranger, "stranger", PASSWORD);

      assertThat(start.path()).isEqualTo("/console");
      var projects = open(stranger, "/console/projects");
      assertThat(projects.status()).isEqualTo(403);
      assertThat(projects.text()).contains("You belong to no organization yet");
      var account = open(stranger, "/console/account");
      assertThat(account.status()).isEqualTo(200);
      assertThat(account.text()).contains("Change password").contains("Sign out");
    }

    @Test
    void whatIsNoIdIsNoPage() {
      var admin = signedIn("anna");

      for (var path : List.of("/console/teams/x", "/console/people/x", "/console/projects/-")) {
        assertThat(open(admin, path).status()).isEqualTo(404);
      }
    }

    private Client with(String key) {
      return new Client(server.address(), Map.of("X-API-Key", key));
    }

    private Browser signedIn(String login) {
      var browser = new Browser();
      assertThat(signIn(browser, login, PASSWORD).path()).isEqualTo("/console");
      return browser;
    }

    private Page signIn(Browser browser, String login, String password) {
      return browser.submit(
          open(browser, "/sign-in"), "/sign-in", Map.of("login", login, "password", password));
    }

    private Page open(Browser browser, String path) {
      return browser.open(server.address().resolve(path));
    }

    private Page post(Browser browser, String path, String token) {
      var fields = new LinkedHashMap<>(FIELDS);
      fields.put("_csrf", token);
      return browser.post(server.address().resolve(path), fields);
    }

    private void people(String... arguments) throws IOException, InterruptedException {
      Command.run(
              installation.folder(),
              installation.databaseUrl(),
              PASSWORD + "\n",
              Stream.concat(Stream.of("people"), Stream.of(arguments)).toArray(String[]::new))
          .succeeds();
    }
  }

  private static String key(Page page) {
    var found = KEY.matcher(page.text());
    assertThat(found.find()).as(page.text()).isTrue();
    return found.group();
  }

  private static String token(Page page) {
    var found = TOKEN.matcher(page.text());
    assertThat(found.find()).as(page.text()).isTrue();
    return found.group(1);
  }

  private static String oneTimePassword(Page page) {
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("cache-control")).contains("no-store");
    return page.text().replaceAll("(?s).*<code>([^<]+)</code>.*", "$1");
  }

  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
