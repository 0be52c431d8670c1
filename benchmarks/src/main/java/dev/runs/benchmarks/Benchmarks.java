package dev.runs.benchmarks;

import ch.qos.logback.classic.Level;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the service beside yardsticks, each pair in the same minute on the same machine, and
 * prints a table of ratios. Arguments: the checkout, then the rows to measure; all when none is
 * named.
 */
public final class Benchmarks {

  private static final int WARM_UP = 20;
  private static final int SECONDS = 8;
  private static final int DESCENDANTS = 100_000;
  private static final PrintStream OUT = System.out;

  private final Path root;

  private Benchmarks(Path root) {
    this.root = root;
  }

  /** A database, for the service and for the yardstick. */
  private record Store(String name, String forService, String forJdbc) {}

  /** Starts it. */
  public static void main(String[] arguments) throws Exception {
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .setLevel(Level.WARN);
    var root = Path.of(arguments[0]);
    var rows = List.of(arguments).subList(1, arguments.length);
    var benchmarks = new Benchmarks(root);
    OUT.println("| row | service | yardstick | ratio |");
    OUT.println("|--|--|--|--|");
    var folder = Files.createTempDirectory("runs-benchmarks");
    var file = folder.resolve("bench.db");
    benchmarks.measure(new Store("SQLite", "sqlite:" + file, "jdbc:sqlite:" + file), rows);
    try (var postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start()) {
      var port = postgres.getPort();
      benchmarks.measure(
          new Store(
              "PostgreSQL",
              "postgres://postgres@127.0.0.1:" + port + "/postgres?sslmode=disable",
              "jdbc:postgresql://127.0.0.1:"
                  + port
                  + "/postgres?user=postgres&reWriteBatchedInserts=true"),
          rows);
      if (isWanted("queue", rows)) {
        new Queues(root, postgres).measure();
      }
    }
  }

  private void measure(Store store, List<String> rows) throws Exception {
    if (List.of("queue").equals(rows)) {
      return;
    }
    try (var server = ServerProcess.start(root, store.forService())) {
      var organization =
          server.post("/v1/organizations", "{\"externalId\":\"bench\"}", 201).get("id").asString();
      server.put("/v1/costs/tokens", "{\"costPerUnitInUsdCents\":\"0.0000000001\"}");
      if (isWanted("post", rows)) {
        post(store, server, organization);
      }
      if (isWanted("batch", rows)) {
        batch(store, server, organization);
      }
      if (isWanted("costs", rows)) {
        costs(store, server, organization);
      }
      if (isWanted("get", rows)) {
        get(store, server, organization);
      }
      if (isWanted("events", rows)) {
        new LiveUpdates(store.name(), store.forJdbc(), server, organization).measure();
      }
    }
  }

  private void post(Store store, ServerProcess server, String organization) throws Exception {
    var body = run(organization, "");
    var service = Rate.of(32, WARM_UP, SECONDS, _ -> repeated(server.posting("/v1/runs", body), 1));
    var writers = store.name().equals("SQLite") ? 1 : 32;
    var yardstick =
        Rate.of(writers, 2, SECONDS, _ -> new Yardstick(store.forJdbc(), organization)::createRun);
    print(store, "POST /v1/runs, 32 connections", service, yardstick);
  }

  private void batch(Store store, ServerProcess server, String organization) throws Exception {
    var item = run(organization, "");
    var body =
        IntStream.range(0, 1_000)
            .mapToObj(_ -> item)
            .collect(Collectors.joining(",", "{\"items\":[", "]}"));
    var service =
        Rate.of(2, WARM_UP, SECONDS, _ -> repeated(server.posting("/v1/runs:batch", body), 1_000));
    var yardstick =
        Rate.of(
            store.name().equals("SQLite") ? 1 : 2,
            2,
            SECONDS,
            _ -> {
              var jdbc = new Yardstick(store.forJdbc(), organization);
              return () -> jdbc.createRuns(1_000);
            });
    print(store, "POST /v1/runs:batch of 1,000, runs", service, yardstick);
  }

  private void costs(Store store, ServerProcess server, String organization) throws Exception {
    var top = newRun(server, organization, "");
    var middle = newRun(server, organization, top);
    var lower = newRun(server, organization, middle);
    var leaves = new String[16];
    for (var i = 0; i < leaves.length; i++) {
      leaves[i] = newRun(server, organization, lower);
    }
    var body = "{\"items\":[{\"costName\":\"tokens\",\"quantity\":1}]}";
    var service =
        Rate.of(
            16,
            WARM_UP,
            SECONDS,
            worker -> repeated(server.posting("/v1/runs/" + leaves[worker] + "/costs", body), 1));
    if (store.name().equals("SQLite")) {
      OUT.printf(
          Locale.ROOT,
          "| %s: costs under one root, 16 writers | %,.0f/s | – | – |%n",
          store.name(),
          service);
      return;
    }
    var yardstick =
        Rate.of(
            16,
            2,
            SECONDS,
            worker -> {
              var jdbc = new Yardstick(store.forJdbc(), organization);
              return () ->
                  jdbc.addCostUpdatingAncestors(leaves[worker], leaves[worker], lower, middle, top);
            });
    print(
        store, "costs under one root, 16 writers, against updating ancestors", service, yardstick);
  }

  private static Rate.Work repeated(Line line, int units) {
    return () -> {
      line.send();
      return units;
    };
  }

  private void get(Store store, ServerProcess server, String organization) throws Exception {
    var top = newRun(server, organization, "");
    var leaf = newRun(server, organization, "");
    var item = run(organization, top);
    for (var made = 0; made < DESCENDANTS; made += 1_000) {
      server.post(
          "/v1/runs:batch",
          IntStream.range(0, 1_000)
              .mapToObj(_ -> item)
              .collect(Collectors.joining(",", "{\"items\":[", "]}")),
          201);
    }
    Thread.sleep(3_000);
    for (var warm = 0; warm < 300; warm++) {
      server.get("/v1/runs/" + top);
      server.get("/v1/runs/" + leaf);
    }
    var ofTop = median(server, "/v1/runs/" + top);
    var ofLeaf = median(server, "/v1/runs/" + leaf);
    OUT.printf(
        Locale.ROOT,
        "| %s: GET of a root with 100,000 descendants against a leaf | %.2f ms | %.2f ms | %.2f"
            + " |%n",
        store.name(),
        ofTop,
        ofLeaf,
        ofTop / ofLeaf);
  }

  private static double median(ServerProcess server, String path) throws Exception {
    var times = new double[400];
    for (var i = 0; i < times.length; i++) {
      var start = System.nanoTime();
      server.get(path);
      times[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(times);
    return times[times.length / 2];
  }

  private static String newRun(ServerProcess server, String organization, String parent)
      throws Exception {
    return server.post("/v1/runs", run(organization, parent), 201).get("id").asString();
  }

  private static String run(String organization, String parent) {
    return """
    {"organizationId":"%s","serviceName":"bench","taskName":"task","parentRunId":"%s"}\
    """
        .formatted(organization, parent);
  }

  private static boolean isWanted(String row, List<String> rows) {
    return rows.isEmpty() || rows.contains(row);
  }

  private static void print(Store store, String what, double service, double yardstick) {
    OUT.printf(
        Locale.ROOT,
        "| %s: %s | %,.0f/s | %,.0f/s | %.2f |%n",
        store.name(),
        what,
        service,
        yardstick,
        service / yardstick);
  }
}
