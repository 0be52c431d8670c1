package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The client that is written in Python, and its tests, which another process runs. */
final class Python {

  /** Where it lies. */
  static final Path FOLDER =
      Path.of(System.getProperty("runs.root")).resolve("clients").resolve("python");

  /** The oldest one that the client promises to run on: 3.9. */
  private static final int OLDEST_MINOR = 9;

  private static final Pattern VERSION = Pattern.compile("Python 3\\.(\\d+)\\..*", Pattern.DOTALL);

  private static final Pattern RAN = Pattern.compile("(?m)^Ran (\\d+) tests? in ");

  private Python() {}

  /** What a program has ended with, and all that it wrote. */
  private record Ended(int code, String text) {}

  /** Whether this machine has one that is new enough. */
  static boolean isThere() throws InterruptedException {
    try {
      var version = VERSION.matcher(run(Map.of(), "--version").text());
      return version.matches() && Integer.parseInt(version.group(1)) >= OLDEST_MINOR;
    } catch (IOException notFound) {
      return false;
    }
  }

  /**
   * Runs the tests in a file; they find the server, and a key of the organization.
   *
   * @return how many there are, of which none has failed or was left out
   */
  static int passes(String file, Pipelines organization) throws IOException, InterruptedException {
    var ended =
        run(
            Map.of(
                "RUNS_URL", organization.client().server().toString(),
                "GRIOT_API_KEY", organization.key()),
            "-m",
            "unittest",
            "discover",
            "-s",
            "tests",
            "-p",
            file);
    assertThat(ended.code()).as(ended.text()).isZero();
    assertThat(ended.text()).doesNotContain("skipped").doesNotContain(organization.key());
    var ran = RAN.matcher(ended.text());
    assertThat(ran.find()).as(ended.text()).isTrue();
    return Integer.parseInt(ran.group(1));
  }

  private static Ended run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("python3"));
    line.addAll(List.of(arguments));
    var builder = new ProcessBuilder(line).directory(FOLDER.toFile()).redirectErrorStream(true);
    // a proxy is for servers of others
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), text);
  }
}
