package dev.runs.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * What it costs that many follow: 10,000 streams of runs to which nothing happens, one that follows
 * everything, and new runs at a fixed rate, so that a stall is not hidden.
 */
final class LiveUpdates {

  private static final int STREAMS = 10_000;
  private static final int EVENTS_PER_SECOND = 1_000;
  private static final int RUNS_PER_REQUEST = 10;
  private static final int WARM_UP = 20;
  private static final int SECONDS = 20;
  private static final PrintStream OUT = System.out;

  private final String store;
  private final ServerProcess server;
  private final String organization;

  LiveUpdates(String store, ServerProcess server, String organization) {
    this.store = store;
    this.server = server;
    this.organization = organization;
  }

  void measure() throws Exception {
    var quiet = server.post("/v1/runs", run(), 201).get("id").asString();
    write(WARM_UP);
    var alone = write(SECONDS);
    var before = server.liveHeapBytes();
    var idle = Collections.nCopies(STREAMS, "/v1/runs/" + quiet + "/events");
    try (var streams = server.follow(idle, "/v1/events?organizationId=" + organization)) {
      var each = (server.liveHeapBytes() - before) / STREAMS;
      var sent = write(SECONDS);
      LockSupport.parkNanos(2_000_000_000L);
      var delivered = new ArrayList<Double>();
      for (var request : sent) {
        for (var run : request.runs()) {
          var arrival = streams.arrivals().get(run);
          if (arrival == null) {
            throw new IllegalStateException("nobody was told of " + run);
          }
          delivered.add((arrival - request.answered()) / 1e6);
        }
      }
      print("new runs answered, nobody follows, p50 / p99 ms", latencies(alone));
      print("new runs answered, 10,001 streams, p50 / p99 ms", latencies(sent));
      print("told after the answer, p50 / p99 ms", delivered);
      OUT.printf(
          Locale.ROOT, "| %s: heap of an idle stream | %,d bytes | 20,000 | – |%n", store, each);
    }
  }

  /**
   * A request at its time.
   *
   * @param due when it was to be sent, answered when it was, as {@link System#nanoTime} counts
   */
  private record Sent(long due, long answered, List<String> runs) {}

  private List<Sent> write(int seconds) throws Exception {
    var requests = seconds * EVENTS_PER_SECOND / RUNS_PER_REQUEST;
    var apart = 1_000_000_000L * RUNS_PER_REQUEST / EVENTS_PER_SECOND;
    var works = new ArrayList<Callable<Sent>>();
    var begin = System.nanoTime() + 100_000_000L;
    var body =
        "{\"items\":[" + String.join(",", Collections.nCopies(RUNS_PER_REQUEST, run())) + "]}";
    for (var i = 0; i < requests; i++) {
      var due = begin + i * apart;
      works.add(() -> {
        LockSupport.parkNanos(due - System.nanoTime());
        var answer = server.post("/v1/runs:batch", body, 201);
        var answered = System.nanoTime();
        var runs =
            answer.get("results").valueStream().map(item -> item.at("/run/id").asString()).toList();
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

  private static List<Double> latencies(List<Sent> sent) {
    return sent.stream().map(one -> (one.answered() - one.due()) / 1e6).toList();
  }

  private void print(String what, List<Double> millis) {
    var sorted = millis.stream().sorted().toList();
    OUT.printf(
        Locale.ROOT,
        "| %s: %s | %.1f / %.1f | – | – |%n",
        store,
        what,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100));
  }

  private String run() {
    return "{\"organizationId\":\"%s\",\"serviceName\":\"bench\",\"taskName\":\"task\"}"
        .formatted(organization);
  }
}
