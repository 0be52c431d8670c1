package dev.runs.bootstrap.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real Chromium without a window, as the machine has it. */
final class Chromium implements AutoCloseable {

  /** What skips the tests in a browser, and nothing else does. */
  private static final String WITHOUT = "RUNS_CHECK_WITHOUT_BROWSER";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Only keeps a test that would wait for ever from doing so. */
  private static final double LONGEST_MILLIS = 20_000;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;

  private Chromium(Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  static Chromium start() {
    assumeFalse("true".equals(System.getenv(WITHOUT)), WITHOUT + " is true");
    PlaywrightAssertions.setDefaultAssertionTimeout(LONGEST_MILLIS);
    var playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var browser =
        playwright
            .chromium()
            .launch(
                new LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-dev-shm-usage",
                            "--disable-gpu",
                            "--force-color-profile=srgb",
                            "--hide-scrollbars",
                            "--no-first-run",
                            "--disable-background-networking")));
    return new Chromium(playwright, browser);
  }

  /** Somebody's own window: cookies and what is said of errors are theirs alone. */
  Window window(ColorScheme colours, int width, boolean withScript) {
    var context =
        browser.newContext(
            new NewContextOptions()
                .setColorScheme(colours)
                .setViewportSize(width, 900)
                .setJavaScriptEnabled(withScript));
    return new Window(context);
  }

  Window window() {
    return window(ColorScheme.LIGHT, 1280, true);
  }

  /** One window, and what went wrong in it. */
  static final class Window implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final List<String> errors = new ArrayList<>();

    private Window(BrowserContext context) {
      this.context = context;
      this.page = context.newPage();
      page.setDefaultTimeout(LONGEST_MILLIS);
      page.onPageError(errors::add);
      page.onConsoleMessage(message -> {
        if (message.type().equals("error")) {
          errors.add(page.url() + ": " + message.text());
        }
      });
    }

    Page page() {
      return page;
    }

    /** What the browser's own console says went wrong, also against the policy of the page. */
    List<String> errors() {
      return List.copyOf(errors);
    }

    void signIn(Server server, String login, String password) {
      page.navigate(server.address().resolve("/sign-in").toString());
      page.fill("#login", login);
      page.fill("#password", password);
      page.click("main form button");
      page.waitForURL("**/console");
    }

    @Override
    public void close() {
      context.close();
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Path executable() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(
                "There is no Chromium on the path: apt-get install chromium, or "
                    + WITHOUT
                    + "=true"));
  }
}
