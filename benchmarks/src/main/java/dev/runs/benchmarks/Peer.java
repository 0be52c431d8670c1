package dev.runs.benchmarks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program's queue, at work on a database of its own. */
interface Peer {

  String name();

  /**
   * Enqueues jobs that do nothing, then lets its workers end them all.
   *
   * @param url of an empty database, as libpq has it
   * @return how many a second were ended
   */
  double jobsPerSecond(String url, int jobs) throws Exception;

  /** The same address as Java's driver has it. */
  static String jdbcUrl(String url) {
    var address = URI.create(url);
    var who = address.getUserInfo().split(":", 2);
    return "jdbc:postgresql://%s:%d%s?user=%s&password=%s"
        .formatted(address.getHost(), address.getPort(), address.getPath(), who[0], who[1]);
  }

  /** All that are measured. */
  static List<Peer> all(Path root) {
    return List.of(
        new JobRunrPeer(),
        new DbSchedulerPeer(),
        new NodePeer(root, "graphile-worker"),
        new NodePeer(root, "pg-boss"));
  }

  /**
   * A script in the folder {@code benchmarks/peers}.
   *
   * @param name of the script
   */
  record NodePeer(Path root, String name) implements Peer {

    @Override
    public double jobsPerSecond(String url, int jobs) throws Exception {
      var folder = root.resolve("benchmarks/peers");
      if (!folder.resolve("node_modules").toFile().isDirectory()) {
        run(folder, List.of("npm", "install", "--silent", "--no-audit", "--no-fund"));
      }
      var output = run(folder, List.of("node", name + ".mjs", url, Integer.toString(jobs)));
      return output
          .lines()
          .filter(line -> line.startsWith("rate "))
          .mapToDouble(line -> Double.parseDouble(line.substring(5)))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException(name + " did not say its rate: " + output));
    }

    private static String run(Path folder, List<String> command) throws Exception {
      var process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(10, TimeUnit.MINUTES);
      return output;
    }
  }
}
