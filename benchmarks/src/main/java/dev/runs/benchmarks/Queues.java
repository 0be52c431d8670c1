package dev.runs.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The queue, with a million finished runs kept, beside those of others on the same server. */
final class Queues {

  private static final int FINISHED = 1_000_000;
  private static final int JOBS = 20_000;
  private static final int WORKERS = 2;
  private static final int AT_ONCE = 100;
  private static final int HELD_SECONDS = 60;
  private static final int LATENCIES = 1_000;

  /** A minute of single runs; until then the server still compiles what it executes. */
  private static final int WARM_UP = 6_000;

  /** Enough that one of them waits when a run comes. */
  private static final int IDLE_WORKERS = 8;

  private static final long BETWEEN_NANOS = 10_000_000;
  private static final PrintStream OUT = System.out;

  private static final String ITEM = "{\"kind\":\"nothing\",\"input\":{}}";

  private static final String FINISHED_RUNS =
      """
      insert into run (id, organization_id, root_id, path, depth, project, domain, name, service,
        task, dispatch, state, attempt, started_at, ended_at, created_at, updated_at, version)
      select id, ?, id, decode(replace(id::text, '-', ''), 'hex'), 1, 'default', 'production',
        'f' || n, 'queue', 'finished', 'queued', 'succeeded', 1, now(), now(), now(), now(), 3
      from (select n, ('018f0000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id
        from generate_series(1, ?) n) made\
      """;

  private final Path root;
  private final EmbeddedPostgres postgres;

  Queues(Path root, EmbeddedPostgres postgres) {
    this.root = root;
    this.postgres = postgres;
  }

  /** Works on databases of its own. */
  void measure() throws Exception {
    execute("postgres", "create database queue");
    try (var server = ServerProcess.start(root, serviceUrl("queue"))) {
      enqueue(server, 1);
      fill();
      var end = new AtomicBoolean();
      var heartbeats = Thread.ofVirtual().start(() -> heartbeats(server, end));
      work(server, 2 * JOBS);
      var service = work(server, JOBS);
      for (var peer : Peer.all(root)) {
        var database = "peer_" + peer.name().replaceAll("\\W", "_").toLowerCase(Locale.ROOT);
        execute("postgres", "create database " + database);
        var others = peer.jobsPerSecond(libpqUrl(database), JOBS);
        print("claim 100 and complete 100, beside " + peer.name(), service, others);
      }
      held(server);
      latency("the same node", server, server);
      try (var other = ServerProcess.start(root, serviceUrl("queue"))) {
        latency("another node", server, other);
      }
      end.set(true);
      heartbeats.join();
    }
  }

  /** Runs that ended long ago, as many as a busy month leaves. */
  private void fill() throws Exception {
    try (var connection = connect("queue");
        var organization =
            connection.createStatement().executeQuery("select organization_id from job limit 1");
        var insert = connection.prepareStatement(FINISHED_RUNS)) {
      organization.next();
      insert.setObject(1, organization.getObject(1));
      insert.setInt(2, FINISHED);
      insert.executeUpdate();
    }
    execute("queue", "vacuum analyze");
  }

  /** A snapshot that another session holds keeps the entries of what is gone in every index. */
  private void held(ServerProcess server) throws Exception {
    var before = work(server, JOBS);
    try (var holder = connect("queue")) {
      holder.setAutoCommit(false);
      holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      holder.createStatement().executeQuery("select 1 from run limit 1").close();
      var rates = new ArrayList<Double>();
      var end = System.nanoTime() + HELD_SECONDS * 1_000_000_000L;
      while (System.nanoTime() < end) {
        rates.add(work(server, JOBS));
      }
      print(
          "the same, at the end of a snapshot held for 60 s, beside without",
          rates.getLast(),
          before);
      holder.rollback();
    }
  }

  private static void enqueue(ServerProcess server, int jobs) throws Exception {
    for (var left = jobs; left > 0; left -= 1_000) {
      var items =
          IntStream.range(0, Math.min(left, 1_000))
              .mapToObj(_ -> ITEM)
              .collect(Collectors.joining(",", "{\"items\":[", "]}"));
      server.post("/v1/runs:batch", items, 201);
    }
  }

  /**
   * Enqueues jobs, then lets workers end them all.
   *
   * @return how many a second were ended
   */
  private static double work(ServerProcess server, int jobs) throws Exception {
    enqueue(server, jobs);
    var left = new AtomicInteger(jobs);
    var begun = System.nanoTime();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < WORKERS; i++) {
      var worker = "worker-" + i;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (left.get() > 0) {
                    var claimed = claim(server, worker, 0, AT_ONCE);
                    if (!claimed.isEmpty()) {
                      server.post("/v1/runs:succeed", reports(worker, claimed), 200);
                      left.addAndGet(-claimed.size());
                    }
                  }
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    }
    for (var thread : threads) {
      thread.join();
    }
    return jobs * 1e9 / (System.nanoTime() - begun);
  }

  private static List<JsonNode> claim(
      ServerProcess server, String worker, int waitSeconds, int limit) throws Exception {
    return server
        .post(
            "/v1/runs:claim",
            "{\"workerId\":\"%s\",\"limit\":%d,\"waitSeconds\":%d,\"leaseSeconds\":600}"
                .formatted(worker, limit, waitSeconds),
            200)
        .get("runs")
        .valueStream()
        .toList();
  }

  private static String reports(String worker, List<JsonNode> claimed) {
    return claimed.stream()
        .map(run ->
            "{\"id\":%s,\"attempt\":%s,\"leaseToken\":%s}"
                .formatted(run.get("id"), run.at("/lease/attempt"), run.at("/lease/leaseToken")))
        .collect(
            Collectors.joining(",", "{\"workerId\":\"%s\",\"items\":[".formatted(worker), "]}"));
  }

  /** Another worker that keeps a hundred runs alive. */
  private static void heartbeats(ServerProcess server, AtomicBoolean end) {
    try {
      enqueue(server, AT_ONCE);
      var held = claim(server, "long-worker", 10, AT_ONCE);
      while (!end.get()) {
        server.post("/v1/runs:heartbeat", reports("long-worker", held), 200);
        Thread.sleep(1_000);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void latency(String where, ServerProcess enqueuing, ServerProcess working)
      throws Exception {
    waits(enqueuing, working, WARM_UP);
    var times = waits(enqueuing, working, LATENCIES);
    OUT.printf(
        Locale.ROOT,
        "| PostgreSQL: enqueue to start on %s, 100/s | p50 %.1f ms, p99 %.1f ms | – | – |%n",
        where,
        times[LATENCIES / 2],
        times[LATENCIES * 99 / 100]);
  }

  /**
   * Enqueues at a fixed rate, whether those before were answered or not, so that a stall is not
   * hidden.
   *
   * @return how many milliseconds each run waited, the shortest first
   */
  private static double[] waits(ServerProcess enqueuing, ServerProcess working, int count)
      throws Exception {
    var sent = new long[count];
    var times = new double[count];
    var done = new CountDownLatch(count);
    var threads = new ArrayList<Thread>();
    for (var number = 0; number < IDLE_WORKERS; number++) {
      var name = "latency-" + number;
      threads.add(Thread.ofVirtual().start(() -> start(working, name, sent, times, done)));
    }
    var begun = System.nanoTime();
    for (var i = 0; i < count; i++) {
      var number = i;
      while (System.nanoTime() < begun + i * BETWEEN_NANOS) {
        Thread.sleep(1);
      }
      sent[i] = begun + i * BETWEEN_NANOS;
      threads.add(Thread.ofVirtual().start(() -> enqueueNumber(enqueuing, number)));
    }
    done.await();
    for (var thread : threads) {
      thread.join();
    }
    Arrays.sort(times);
    return times;
  }

  private static void enqueueNumber(ServerProcess server, int number) {
    try {
      server.post(
          "/v1/runs", "{\"kind\":\"nothing\",\"input\":{\"number\":%d}}".formatted(number), 201);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts runs one by one, and takes note of how long each waited. */
  private static void start(
      ServerProcess server, String worker, long[] sent, double[] times, CountDownLatch left) {
    try {
      while (left.getCount() > 0) {
        for (var run : claim(server, worker, 1, 1)) {
          var number = run.at("/input/number").asInt();
          times[number] = (System.nanoTime() - sent[number]) / 1e6;
          left.countDown();
          server.post("/v1/runs:succeed", reports(worker, List.of(run)), 200);
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String serviceUrl(String database) {
    return "postgres://postgres@127.0.0.1:%d/%s?sslmode=disable"
        .formatted(postgres.getPort(), database);
  }

  private String libpqUrl(String database) {
    return "postgres://postgres:postgres@127.0.0.1:%d/%s".formatted(postgres.getPort(), database);
  }

  private Connection connect(String database) throws Exception {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(postgres.getPort(), database));
  }

  private void execute(String database, String sql) throws Exception {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void print(String what, double service, double yardstick) {
    OUT.printf(
        Locale.ROOT,
        "| PostgreSQL: %s | %,.0f/s | %,.0f/s | %.2f |%n",
        what,
        service,
        yardstick,
        service / yardstick);
  }
}
