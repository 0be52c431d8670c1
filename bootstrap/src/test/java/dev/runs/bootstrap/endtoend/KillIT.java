package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A server that is killed while many write, and started again on what is left. */
@Timeout(240)
final class KillIT {

  private static final int WRITERS = 8;
  private static final int LINES_BEFORE_A_KILL = 300;
  private static final int LINES_PER_RUN = 3;

  @Nested
  final class OnSqlite extends Contract {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Override
    Installation installation() {
      return installation;
    }
  }

  @Nested
  final class OnPostgres extends Contract {

    @RegisterExtension final Installation installation = Installation.onPostgres();

    @Override
    Installation installation() {
      return installation;
    }
  }

  abstract static class Contract {

    abstract Installation installation();

    @Test
    void keepsEverythingItHasAcknowledged() throws Exception {
      var server = installation().start();
      var tracker = Tracker.ofNewOrganization(server.client());
      tracker.price("token", "0.0003");
      var root = tracker.root();
      var acknowledged = new Acknowledged();

      for (var kill = 1; kill <= 2; kill++) {
        writeAndKill(server, tracker, root, acknowledged);
        server = installation().start();
        tracker = tracker.through(server);
        check(tracker, root, acknowledged);
      }
    }
  }

  /**
   * What clients were told is done.
   *
   * @param parents of each run
   * @param lines by their id, as they were answered
   */
  private record Acknowledged(Map<String, String> parents, Map<String, JsonNode> lines) {

    Acknowledged() {
      this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    BigDecimal total() {
      return sum(lines.values());
    }
  }

  private static void writeAndKill(
      Server server, Tracker tracker, String root, Acknowledged acknowledged) {
    var lines = new CountDownLatch(LINES_BEFORE_A_KILL);
    AtOnce.with(
        1 + WRITERS,
        number -> {
          if (number == 0) {
            kill(server, lines);
          } else {
            writeUntilKilled(tracker, root, acknowledged, lines);
          }
          return number;
        });
  }

  private static void kill(Server server, CountDownLatch lines) {
    try {
      assertThat(lines.await(2, TimeUnit.MINUTES)).isTrue();
      assertThat(server.kill()).isEqualTo(Server.KILLED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Ends only when a request stays without an answer. */
  private static void writeUntilKilled(
      Tracker tracker, String root, Acknowledged acknowledged, CountDownLatch lines) {
    try {
      var branch = make(tracker, root, acknowledged);
      while (true) {
        var run = make(tracker, branch, acknowledged);
        for (var i = 1; i <= LINES_PER_RUN; i++) {
          var line = tracker.book(run, "token", i).is(201).at("/costs/0");
          acknowledged.lines().put(line.at("/id").asString(), line);
          lines.countDown();
        }
      }
    } catch (UncheckedIOException killed) {
      assertThat(lines.getCount()).as("the server ended by itself").isZero();
    }
  }

  private static String make(Tracker tracker, String parent, Acknowledged acknowledged) {
    var run = tracker.child(parent);
    acknowledged.parents().put(run, parent);
    return run;
  }

  private static void check(Tracker tracker, String root, Acknowledged acknowledged) {
    var runs = tracker.below(root);
    var lines = new HashMap<String, JsonNode>();
    for (var run : runs.keySet()) {
      var shown = tracker.show(run).is(200);
      var own = shown.at("/costs").valueStream().toList();
      own.forEach(line -> lines.put(line.at("/id").asString(), line));
      assertThat(shown.decimalAt("/ownCostInUsdCents")).isEqualByComparingTo(sum(own));
    }

    var parents = new HashMap<String, String>();
    runs.forEach((id, run) -> parents.put(id, run.at("/parentRunId").asString()));
    assertThat(parents).containsAllEntriesOf(acknowledged.parents());
    assertThat(lines).containsAllEntriesOf(acknowledged.lines());
    var top = tracker.show(root).is(200);
    assertThat(top.decimalAt("/totalCostInUsdCents"))
        .isEqualByComparingTo(sum(lines.values()))
        .isGreaterThanOrEqualTo(acknowledged.total());
    assertThat(top.at("/descendantCounts/running").asInt()).isEqualTo(runs.size());
    tracker.checkAudit();
  }

  private static BigDecimal sum(Iterable<JsonNode> lines) {
    var sum = BigDecimal.ZERO;
    for (var line : lines) {
      sum = sum.add(new BigDecimal(line.at("/totalCostInUsdCents").asString()));
    }
    return sum;
  }
}
