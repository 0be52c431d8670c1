package dev.runs.benchmarks;

import java.io.PrintStream;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * What it costs that many follow. First 10,000 streams of runs to which nothing happens, one that
 * follows everything, and 1,000 new runs a second; then a writer beside 0, 100 and 1,000 who are
 * told of each run it makes. All requests are sent at a fixed rate, so that a stall is not hidden.
 */
final class LiveUpdates {

  private static final int STREAMS = 10_000;
  private static final Pace MANY = new Pace(1_000, 10);
  private static final int WARM_UP = 20;
  private static final int SECONDS = 20;

  /** Few enough that a thousand can be told of each. */
  private static final Pace FEW = new Pace(10, 1);

  private static final List<Integer> WATCHERS = List.of(0, 100, 1_000);

  /** So long an event may take until it counts as lost. */
  private static final long LONGEST_NANOS = 60_000_000_000L;

  /** Within this PostgreSQL's processes tell what they have done. */
  private static final long STATISTICS_NANOS = 11_000_000_000L;

  private static final PrintStream OUT = System.out;

  private final String store;
  private final String jdbcUrl;
  private final ServerProcess server;
  private final String organization;

  LiveUpdates(String store, String jdbcUrl, ServerProcess server, String organization) {
    this.store = store;
    this.jdbcUrl = jdbcUrl;
    this.server = server;
    this.organization = organization;
  }

  void measure() throws Exception {
    write(WARM_UP, MANY);
    idle();
    beside("events", Streams.Request.events("/v1/events?organizationId=" + organization));
    beside("WatchRuns", Streams.Request.watch("WatchRuns", "{\"org\":\"bench\"}"));
  }

  /**
   * @param runsPerSecond how many runs are made
   * @param runsPerRequest how many of them with one request
   */
  private record Pace(int runsPerSecond, int runsPerRequest) {}

  /**
   * A request at its time.
   *
   * @param due when it was to be sent, answered when it was, as {@link System#nanoTime} counts
   */
  private record Sent(long due, long answered, List<String> runs) {

    double millis() {
      return (answered - due) / 1e6;
    }
  }

  private void idle() throws Exception {
    var quiet = server.post("/v1/runs", run(), 201).get("id").asString();
    var alone = millis(write(SECONDS, MANY));
    var threads = server.threads();
    var before = server.liveHeapBytes();
    var idle =
        Collections.nCopies(STREAMS, Streams.Request.events("/v1/runs/" + quiet + "/events"));
    var following = Streams.Request.events("/v1/events?organizationId=" + organization);
    try (var streams = server.follow(idle, following)) {
      var each = (double) (server.liveHeapBytes() - before) / STREAMS;
      var sent = write(SECONDS, MANY);
      var delivered = new ArrayList<Double>();
      for (var request : sent) {
        for (var run : request.runs()) {
          delivered.add((arrival(streams, run) - request.answered()) / 1e6);
        }
      }
      print("1,000 runs/s, p50 ms, 10,001 streams / none", millis(sent), alone, 50);
      print("1,000 runs/s, p99 ms, 10,001 streams / none", millis(sent), alone, 99);
      row("1,000 events/s: told after the answer, p50 ms", at(delivered, 50), 0);
      row("1,000 events/s: told after the answer, p99 ms, of 200", at(delivered, 99), 200);
      row("events told of those that happened", delivered.size(), SECONDS * MANY.runsPerSecond());
      row("heap of an idle stream, bytes, of 20,000", each, 20_000);
      row("threads, 10,001 streams / none", server.threads(), threads);
    }
  }

  /** When somebody was told of a run, for which it waits a while. */
  private static long arrival(Streams streams, String run) {
    var last = System.nanoTime() + LONGEST_NANOS;
    var arrival = streams.arrivals().get(run);
    while (arrival == null) {
      if (System.nanoTime() > last) {
        throw new IllegalStateException("nobody was told of " + run);
      }
      LockSupport.parkNanos(10_000_000L);
      arrival = streams.arrivals().get(run);
    }
    return arrival;
  }

  /** A writer beside many who are told of each run. */
  private void beside(String what, Streams.Request following) throws Exception {
    List<Double> alone = List.of();
    var transactionsOfFew = 0.0;
    for (var watchers : WATCHERS) {
      try (var _ =
          watchers == 0
              ? null
              : server.follow(Collections.nCopies(watchers - 1, following), following)) {
        write(2, FEW);
        var before = transactions();
        var sent = millis(write(SECONDS, FEW));
        var after = transactions();
        if (watchers == 0) {
          alone = sent;
        }
        var name = String.format(Locale.ROOT, "%s: a run answered beside %,d", what, watchers);
        print(name + ", p50 ms / beside 0", sent, alone, 50);
        print(name + ", p99 ms / beside 0", sent, alone, 99);
        if (before.isPresent() && after.isPresent()) {
          var made = (double) (after.getAsLong() - before.getAsLong());
          if (watchers > 0 && transactionsOfFew == 0) {
            transactionsOfFew = made;
          }
          row(
              String.format(
                  Locale.ROOT, "%s: transactions beside %,d / beside 100", what, watchers),
              made,
              transactionsOfFew);
        }
      }
    }
  }

  /** How many transactions PostgreSQL has done; nothing on SQLite, which counts none. */
  private OptionalLong transactions() throws SQLException {
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      return OptionalLong.empty();
    }
    LockSupport.parkNanos(STATISTICS_NANOS);
    try (var connection = DriverManager.getConnection(jdbcUrl);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select xact_commit + xact_rollback from pg_stat_database"
                    + " where datname = current_database()")) {
      rows.next();
      return OptionalLong.of(rows.getLong(1));
    }
  }

  private List<Sent> write(int seconds, Pace pace) throws Exception {
    var requests = seconds * pace.runsPerSecond() / pace.runsPerRequest();
    var apart = 1_000_000_000L * pace.runsPerRequest() / pace.runsPerSecond();
    var works = new ArrayList<Callable<Sent>>();
    var begin = System.nanoTime() + 100_000_000L;
    var body =
        "{\"items\":[" + String.join(",", Collections.nCopies(pace.runsPerRequest(), run())) + "]}";
    for (var i = 0; i < requests; i++) {
      var due = begin + i * apart;
      works.add(() -> {
        LockSupport.parkNanos(due - System.nanoTime());
        var answer = server.post("/v1/runs:batch", body, 201);
        var answered = System.nanoTime();
        var runs = answer.get("runs").valueStream().map(run -> run.get("id").asString()).toList();
        return new Sent(due, answered, runs);
      });
    }
    var sent = new ArrayList<Sent>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : threads.invokeAll(works)) {
        sent.add(one.get());
      }
    }
    return sent;
  }

  private static List<Double> millis(List<Sent> sent) {
    return sent.stream().map(Sent::millis).toList();
  }

  private static double at(List<Double> millis, int percent) {
    var sorted = millis.stream().sorted().toList();
    return sorted.get(sorted.size() * percent / 100);
  }

  private void print(String what, List<Double> millis, List<Double> others, int percent) {
    row(what, at(millis, percent), at(others, percent));
  }

  /**
   * @param other what it is compared with; 0 when with nothing
   */
  private void row(String what, double value, double other) {
    if (other == 0) {
      OUT.printf(Locale.ROOT, "| %s: %s | %,.1f | – | – |%n", store, what, value);
    } else {
      OUT.printf(
          Locale.ROOT,
          "| %s: %s | %,.1f | %,.1f | %.2f |%n",
          store,
          what,
          value,
          other,
          value / other);
    }
  }

  private String run() {
    return "{\"organizationId\":\"%s\",\"serviceName\":\"bench\",\"taskName\":\"task\"}"
        .formatted(organization);
  }
}
