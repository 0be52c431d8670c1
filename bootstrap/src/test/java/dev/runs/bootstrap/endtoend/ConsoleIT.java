package dev.runs.bootstrap.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** People in a real browser, on a database that {@code runs demo} has filled. */
@Timeout(600)
final class ConsoleIT {

  private static final String PASSWORD = "a password of mine";

  /** What the first page of somebody may weigh, with all that it is made of. */
  private static final int MOST_BYTES = 200_000;

  private static final int NARROW = 400;

  /** A tree shows 50 below one run. */
  private static final int MORE_THAN_A_PAGE = 55;

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  final class OnSqlite extends Contract {

    @RegisterExtension final OncePerClass once = new OncePerClass(Installation.onSqlite());

    @Override
    OncePerClass once() {
      return once;
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  final class OnPostgres extends Contract {

    @RegisterExtension final OncePerClass once = new OncePerClass(Installation.onPostgres());

    @Override
    OncePerClass once() {
      return once;
    }
  }

  @SuppressWarnings("NullAway.Init") // JUnit calls what it is told to call first
  abstract static class Contract {

    private Server server;
    private Chromium chromium;
    private Tracker tracker;
    private Map<String, String> passwords;

    abstract OncePerClass once();

    @BeforeAll
    void begin() throws Exception {
      chromium = Chromium.start();
      var installation = once().installation();
      var demo =
          Command.run(installation.folder(), installation.databaseUrl(), "", "demo", "--days", "2")
              .succeeds()
              .text();
      passwords = passwords(demo);
      Command.run(
              installation.folder(),
              installation.databaseUrl(),
              PASSWORD + "\n",
              "people",
              "add",
              "root",
              "--platform-admin",
              "--password")
          .succeeds();
      passwords.put("root", PASSWORD);
      server = once().start();
      var organization =
          server
              .client()
              .post("/v1/organizations", "{'externalId':'%s'}", organizationOf(demo))
              .id();
      tracker = new Tracker(server.client(), organization);
    }

    @AfterAll
    void end() {
      if (chromium != null) {
        chromium.close();
      }
    }

    private Chromium.Window signedIn(String role) {
      return signedIn(role, ColorScheme.LIGHT, 1280, true);
    }

    /** Somebody of the demo's organization who has this role, or the one of the platform. */
    private Chromium.Window signedIn(
        String role, ColorScheme colours, int width, boolean withScript) {
      var window = chromium.window(colours, width, withScript);
      var login =
          role.equals("root")
              ? "root"
              : passwords.keySet().stream()
                  .filter(it -> it.endsWith(" " + role))
                  .findFirst()
                  .orElseThrow();
      window.signIn(server, login.split(" ")[0], Objects.requireNonNull(passwords.get(login)));
      if (role.equals("root")) {
        actIn(window.page(), tracker.organization());
      }
      return window;
    }

    private static void actIn(Page page, String organization) {
      page.evaluate(
          "id => fetch('/account/organization', {method: 'POST', redirect: 'manual', headers:"
              + " {'Content-Type': 'application/x-www-form-urlencoded'}, body: new"
              + " URLSearchParams({organization: id, _csrf:"
              + " document.querySelector('input[name=_csrf]').value})})",
          organization);
      page.reload();
    }

    private void open(Chromium.Window window, String path) {
      window.page().navigate(server.address().resolve(path).toString());
    }

    @Test
    void findARunOpenItAndSeeItChangeWithoutLoadingThePageAgain() {
      var run = tracker.root();
      try (var window = signedIn("viewer")) {
        var page = window.page();
        open(window, "/console/runs");
        page.press("body", "/");
        page.keyboard().type(run);
        page.keyboard().press("Enter");
        page.waitForURL("**/console/runs?**");
        page.click("main tbody tr[data-row] a");
        page.waitForURL("**/console/runs/" + run + "**");
        assertThat(page.locator("main .state").first()).hasText("running");
        assertThat(page.locator("#live")).hasClass(Pattern.compile(".*\\bon\\b.*"));
        page.evaluate("window.isTheSamePage = true");

        report(run, "completed");

        assertThat(page.locator("main .state").first()).hasText("succeeded");
        assertThat(page.evaluate("window.isTheSamePage")).isEqualTo(true);
        assertThat(window.errors()).isEmpty();
      }
    }

    @Test
    void areToldOfNewRunsAndNoRowMoves() {
      tracker.root();
      try (var window = signedIn("viewer")) {
        var page = window.page();
        open(window, "/console/runs");
        assertThat(page.locator("#live")).hasClass(Pattern.compile(".*\\bon\\b.*"));
        var before = page.locator("main tbody tr[data-row]").first().getAttribute("id");

        var made = tracker.root();

        assertThat(page.locator("#fresh button")).containsText("1 new run");
        assertThat(page.locator("main tbody tr[data-row]").first().getAttribute("id"))
            .isEqualTo(before);
        page.click("#fresh button");
        assertThat(page.locator("main tbody tr[data-row]").first())
            .hasAttribute("id", "run-" + made);
        assertThat(window.errors()).isEmpty();
      }
    }

    @Test
    void areToldInANarrowedListOnlyOfWhatItWouldShow() {
      var run = tracker.root();
      tracker.child(run);
      try (var window = signedIn("viewer")) {
        var page = window.page();
        open(window, "/console/runs?task=page&service=crawler&all=true");
        assertThat(page.locator("#live")).hasClass(Pattern.compile(".*\\bon\\b.*"));

        tracker.root();
        var made = tracker.child(run);

        assertThat(page.locator("#fresh button")).containsText("1 new run ");
        page.click("#fresh button");
        assertThat(page.locator("main tbody tr[data-row]").first())
            .hasAttribute("id", "run-" + made);
        assertThat(window.errors()).isEmpty();
      }
    }

    @Test
    void areToldOfRunsThatAppearBelowTheOneTheyLookAt() {
      var run = tracker.root();
      var open = tracker.child(run);
      var closed = tracker.child(run);
      tracker.child(open);
      tracker.child(closed);
      try (var window = signedIn("viewer")) {
        var page = window.page();
        open(window, "/console/runs/" + run);
        assertThat(page.locator("#live")).hasClass(Pattern.compile(".*\\bon\\b.*"));
        page.click("[id='node-" + open + "'] .toggle a");
        assertThat(page.locator("[id='node-" + open + "'] li")).hasCount(1);

        tracker.child(closed);
        var right = tracker.child(run);
        var deeper = tracker.child(open);

        assertThat(page.locator("#fresh button")).containsText("2 new runs");
        page.click("#fresh button");
        for (var made : List.of(right, deeper)) {
          assertThat(page.locator("[id='run-" + made + "']")).isVisible();
        }
        assertThat(window.errors()).isEmpty();
      }
    }

    @Test
    void seeInEachPartThatIsAskedForAloneWhatThePageItselfShows() {
      var run = tracker.root();
      for (var i = 0; i < MORE_THAN_A_PAGE; i++) {
        var child = tracker.child(run);
        if (i == 0) {
          report(tracker.child(child), "completed");
        }
        report(child, "completed");
      }
      report(run, "completed");
      tracker.client().post("/v1/runs", "{'kind':'parts.seen'}").is(201);
      var kinds = new LinkedHashSet<String>();
      try (var window = signedIn("operator")) {
        for (var path :
            List.of(
                "/console",
                "/console/runs",
                "/console/runs/" + run,
                "/console/queue",
                "/console/queue/kind?name=parts.seen")) {
          open(window, path);
          var parts = PageParts.of(window.page());
          assertThat(parts.kinds()).as(path).isNotEmpty();
          assertThat(parts.different()).as(path).isEmpty();
          kinds.addAll(parts.kinds());
        }
      }
      assertThat(kinds).containsExactlyInAnyOrder("polled", "row", "live", "branch", "more");
    }

    @Test
    void chooseTheirColoursAtOnce() {
      try (var window = signedIn("viewer")) {
        var page = window.page();
        open(window, "/console/account");
        var root = page.locator("html");
        assertThat(root).hasAttribute("data-theme", "system");

        page.waitForResponse(
            "**/console/theme", () -> page.selectOption("form.theme select", "dark"));

        assertThat(root).hasAttribute("data-theme", "dark");
        open(window, "/console/runs");
        assertThat(root).hasAttribute("data-theme", "dark");
        assertThat(window.errors()).isEmpty();
      }
    }

    @Test
    void cancelARunWithAllBelowAsOperator() {
      var run = tracker.root();
      var child = tracker.child(run);
      try (var window = signedIn("operator")) {
        var page = window.page();
        open(window, "/console/runs/" + run);
        page.click("main a[href$='/cancel']");
        assertThat(page.locator("main")).containsText("1 run below");
        page.fill("main [name=reason]", "no longer <wanted>");
        page.click("main form[action$='/cancel'] button");

        page.waitForURL("**/console/runs/" + run);
        assertThat(page.locator("main .state").first()).hasText("canceled");
        assertThat(tracker.show(child).textAt("/state")).isEqualTo("canceled");
        assertThat(page.locator("main")).containsText("no longer <wanted>");
        assertThat(window.errors()).isEmpty();
      }
    }

    @Test
    void seeNoButtonsAsViewerAndAreRefusedWhatTheyStandFor() {
      var run = tracker.root();
      try (var window = signedIn("viewer")) {
        var page = window.page();
        open(window, "/console/runs/" + run);
        assertThat(page.locator("main a[href$='/cancel']")).hasCount(0);
        assertThat(page.locator("main form[method=post]")).hasCount(0);

        for (var path :
            List.of("/console/runs/" + run + "/cancel", "/console/bulk", "/console/teams")) {
          assertThat(post(page, path).status()).as(path).isEqualTo(403);
        }
        assertThat(tracker.show(run).textAt("/state")).isEqualTo("running");
      }
    }

    /** What a form of the page would send, with its token against forgery. */
    private APIResponse post(Page page, String path) {
      var token = page.locator("input[name=_csrf]").first().inputValue();
      return page.request()
          .post(
              server.address().resolve(path).toString(),
              RequestOptions.create()
                  .setHeader("Content-Type", "application/x-www-form-urlencoded")
                  .setMaxRedirects(0)
                  .setData("_csrf=" + token + "&name=x&action=cancel&all=true&reason=x"));
    }

    @Test
    void seeTheFailureFirstAndWhereItComesFrom() {
      var run = tracker.root();
      var child = tracker.child(run);
      var deepest = failedBelow(child, "the <disk> is full");
      report(child, "failed");
      report(run, "failed");
      try (var window = signedIn("viewer")) {
        open(window, "/console/runs/" + run);
        var failure = window.page().locator("main .failure");
        assertThat(failure).containsText("the <disk> is full");
        assertThat(failure.locator("a[href*='" + deepest + "']").first()).isVisible();
      }
    }

    private void report(String run, String status) {
      tracker.client().patch("/v1/runs/" + run, "{'status':'%s'}", status).is(200);
    }

    /** A queued run that a worker has taken and given up. */
    private String failedBelow(String parent, String error) {
      var client = tracker.client().with("X-Organization-Id", tracker.organization());
      var run =
          client
              .post("/v1/runs", "{'kind':'disk.fill','parentRunId':'%s','maxAttempts':1}", parent)
              .is(201)
              .id();
      var lease =
          client
              .post("/v1/runs:claim", "{'workerId':'w','kinds':['disk.fill']}")
              .is(200)
              .at("/runs/0/lease");
      client
          .post(
              "/v1/runs/" + run + ":fail",
              "{'workerId':'w','attempt':%s,'leaseToken':'%s','error':'%s'}",
              lease.at("/attempt"),
              lease.at("/leaseToken").asString(),
              error)
          .is(200);
      return run;
    }

    @Test
    void openAndFoldATreeInPlace() {
      var run = tracker.root();
      var child = tracker.child(run);
      var grandchild = tracker.child(child);
      try (var window = signedIn("viewer")) {
        var page = window.page();
        open(window, "/console/runs/" + run);
        page.evaluate("window.isTheSamePage = true");
        assertThat(page.locator("[id*='" + grandchild + "']")).hasCount(0);

        page.click("[id*='" + child + "'] .toggle a");
        assertThat(page.locator("[id*='" + grandchild + "']").first()).isVisible();
        page.click("[id*='" + child + "'] .toggle a");
        assertThat(page.locator("[id*='" + grandchild + "']").first()).not().isVisible();

        assertThat(page.evaluate("window.isTheSamePage")).isEqualTo(true);
        assertThat(window.errors()).isEmpty();
      }
    }

    @Test
    void goAroundByKeys() {
      try (var window = signedIn("operator")) {
        var page = window.page();
        open(window, "/console");
        page.keyboard().press("g");
        page.keyboard().press("r");
        page.waitForURL("**/console/runs");
        page.keyboard().press("j");
        page.keyboard().press("j");
        page.keyboard().press("x");
        assertThat(page.locator("main tbody tr").nth(1).locator("input[type=checkbox]"))
            .isChecked();
        page.keyboard().press("?");
        assertThat(page.locator("#sheet")).isVisible();
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.waitForURL("**/console/runs/*-*");
        assertThat(window.errors()).isEmpty();
      }
    }

    @Test
    void makeAKeyThatIsShownOnceUseItAndRevokeIt() {
      try (var window = signedIn("admin")) {
        var page = window.page();
        open(window, "/console/teams");
        page.click("main tbody a[href*='/console/teams/']");
        page.click("main a[href$='/keys/new']");
        page.fill("main form[action$='/keys'] [name=name]", "made in a browser");
        page.check("main form[action$='/keys'] [value='runs:read']");
        page.click("main form[action$='/keys'] button");
        var key = page.locator("main .secret code").first().textContent();
        var holder = server.client().with("X-API-Key", key);
        assertThat(holder.get("/v1/runs?limit=1").status()).isEqualTo(200);

        page.click("main p.row a[href*='/console/teams/']");
        assertThat(page.content()).doesNotContain(key);
        page.click("main tr a:has-text('made in a browser')");
        page.click("main a[href$='/revoke']");
        page.click("main form[action$='/revoke'] button");
        page.waitForURL(url -> !url.endsWith("/revoke"));

        // keys are believed for some seconds
        Await.until(() -> holder.get("/v1/runs?limit=1").status(), status -> status == 401);
        assertThat(window.errors()).isEmpty();
      }
    }

    @Test
    void findEveryPageSoundInBothThemesAndOnNarrowScreens() {
      var wrong = new ArrayList<String>();
      var kinds = new LinkedHashMap<String, String>();
      try (var light = signedIn("root");
          var dark = signedIn("root", ColorScheme.DARK, NARROW, true)) {
        walk(
            light,
            (path, status) -> {
              kinds.put(kind(path), path);
              if (status >= 400) {
                wrong.add(path + " answers " + status);
              }
              wrong.addAll(violations(light.page(), path + " in light colours"));
              open(dark, path);
              wrong.addAll(violations(dark.page(), path + " in dark colours"));
              var width = ((Number) dark.page().evaluate("document.documentElement.scrollWidth"));
              if (width.intValue() > NARROW) {
                wrong.add(path + " is " + width + " wide on a screen of " + NARROW);
              }
            });
        light.errors().forEach(wrong::add);
        dark.errors().forEach(wrong::add);
      }
      assertThat(wrong).isEmpty();
      assertThat(kinds.keySet())
          .contains(
              "/console",
              "/console/runs",
              "/console/runs/*",
              "/console/queue",
              "/console/pipelines",
              "/console/costs",
              "/console/projects",
              "/console/users",
              "/console/teams",
              "/console/people",
              "/console/audit",
              "/console/organizations",
              "/console/system",
              "/console/account");
    }

    @Test
    void readEveryPageWithoutJavaScript() {
      var wrong = new ArrayList<String>();
      try (var window = signedIn("root", ColorScheme.LIGHT, 1280, false)) {
        walk(
            window,
            (path, status) -> {
              if (status >= 400) {
                wrong.add(path + " answers " + status);
              }
              if (window.page().locator("main h1").count() != 1) {
                wrong.add(path + " has no heading");
              }
              var hidden = window.page().locator("main .scroll tbody, main form, main dl");
              if (hidden.count() == 0 && window.page().locator("main").innerText().length() < 20) {
                wrong.add(path + " is empty");
              }
            });
        wrong.addAll(window.errors());
      }
      assertThat(wrong).isEmpty();
    }

    @Test
    void loadLessThan200KilobytesForTheFirstPage() {
      for (var path : List.of("/console", "/console/runs", "/console/costs")) {
        try (var window = signedIn("viewer")) {
          var loaded = new ArrayList<Integer>();
          window
              .page()
              .onRequestFinished(request ->
                  loaded.add(
                      request.sizes().responseBodySize + request.sizes().responseHeadersSize));
          open(window, path);
          window.page().waitForFunction("window.htmx !== undefined");
          assertThat(loaded).isNotEmpty();
          assertThat(loaded.stream().mapToInt(it -> it).sum()).as(path).isLessThan(MOST_BYTES);
        }
      }
    }

    private interface Look {
      void at(String path, int status);
    }

    /** Follows the links of the navigation and of every page, to one page of each kind. */
    private void walk(Chromium.Window window, Look look) {
      var waiting = new ArrayDeque<String>(List.of("/console"));
      var seen = new LinkedHashSet<String>();
      while (!waiting.isEmpty()) {
        var path = waiting.remove();
        if (!seen.add(kind(path))) {
          continue;
        }
        var answer = window.page().navigate(server.address().resolve(path).toString());
        look.at(path, answer.status());
        links(window.page()).stream()
            .filter(link -> !seen.contains(kind(link)))
            .forEach(waiting::add);
      }
    }

    private static Set<String> links(Page page) {
      var found = new LinkedHashSet<String>();
      for (var link : page.locator("a[href]").all()) {
        var target = URI.create(page.url()).resolve(link.getAttribute("href").replace(" ", "%20"));
        var isFile = target.getPath().endsWith(".csv");
        if (target.getPath().startsWith("/console") && !isFile) {
          found.add(
              target.getRawPath()
                  + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery()));
        }
      }
      return found;
    }

    /** Pages that differ only in what they show are of one kind. */
    private static String kind(String path) {
      return path.replaceFirst("\\?.*", "")
          .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "*")
          .replaceFirst("^(/console/(?:queue|pipelines|costs|projects|users))/[^/]+", "$1/*");
    }

    private static List<String> violations(Page page, String where) {
      return new AxeBuilder(page)
              .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
              .analyze()
              .getViolations()
              .stream()
              .map(rule ->
                  where
                      + ": "
                      + rule.getId()
                      + ": "
                      + rule.getNodes().stream().limit(3).map(node -> node.getHtml()).toList())
              .toList();
    }

    /** By login and role, as the demo printed them. */
    private static Map<String, String> passwords(String printed) {
      var found = new LinkedHashMap<String, String>();
      Pattern.compile("(?m)^ {4}(\\S+) +(\\S.*\\S)  (viewer|operator|admin)$")
          .matcher(printed)
          .results()
          .forEach(line -> found.put(line.group(1) + " " + line.group(3), line.group(2)));
      if (found.size() < 3) {
        throw new AssertionError("the demo names no accounts: " + printed);
      }
      return found;
    }

    private static String organizationOf(String printed) {
      var found = Pattern.compile("of the organization (\\S+),").matcher(printed);
      if (!found.find()) {
        throw new AssertionError("the demo names no organization: " + printed);
      }
      return found.group(1);
    }
  }
}
