package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.JooqStores;
import dev.runs.application.event.RunEventLog;
import dev.runs.bootstrap.endtoend.WorkerProcess.Entry;
import dev.runs.domain.event.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Workers in processes of their own and their server, which are killed, or frozen beyond their
 * leases, at any moment.
 */
@Timeout(900)
final class QueueKillIT {

  private static final int WORKERS = 8;
  private static final int BATCHES = 10;
  private static final int RUNS_IN_A_BATCH = 500;
  private static final Duration FROZEN = Duration.ofSeconds(WorkerProcess.LEASE_SECONDS + 1L);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration BETWEEN_DISASTERS = Duration.ofMillis(400);

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
    void endsEveryRunOnceWhoeverDies() throws Exception {
      var site = new Site(installation());
      Map<String, JsonNode> runs;
      try {
        site.client().put("/v1/kinds/work", POLICY).is(200);
        for (var batch = 0; batch < BATCHES; batch++) {
          site.enqueue(batch);
          site.disasters(batch);
        }
        runs = site.awaitEnd();
        site.checkWorkers();
      } finally {
        site.close();
      }

      site.server.stop();
      checkRuns(runs);
      var journal = WorkerProcess.journal(site.folder);
      checkAcknowledged(journal, runs);
      checkThatNoLeasesOverlap(journal);
      checkLog(site, runs);
    }
  }

  /** Failures come back at once, and never too often. */
  private static final String POLICY =
      "{'maxAttempts':100,'backoffSeconds':0,'backoffCapSeconds':0}";

  /** A server with its workers. */
  private static final class Site {

    private final Installation installation;
    private final Path folder;
    private final RandomGenerator random = new SplittableRandom();
    private final List<Process> workers = new ArrayList<>();
    private final Map<Process, Long> frozen = new HashMap<>();
    private final String organization;
    private Server server;

    Site(Installation installation) throws IOException {
      this.installation = installation;
      this.folder = Files.createDirectories(installation.folder().resolve("workers"));
      this.server = installation.start();
      this.organization = Tracker.ofNewOrganization(server.client()).organization();
      announce();
      for (var i = 0; i < WORKERS; i++) {
        workers.add(startWorker(i));
      }
    }

    Client client() {
      return server.client().with("X-Organization-Id", organization);
    }

    private void announce() throws IOException {
      var next = Files.writeString(folder.resolve("address.next"), server.address().toString());
      Files.move(
          next,
          folder.resolve(WorkerProcess.ADDRESS),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }

    private Process startWorker(int number) throws IOException {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-Xmx64m",
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              WorkerProcess.class.getName(),
              folder.toString(),
              "worker-" + number)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("workers.log").toFile()))
          .start();
    }

    /** A batch that is asked for again after the server has died is made once. */
    void enqueue(int batch) throws IOException {
      var items =
          IntStream.range(0, RUNS_IN_A_BATCH)
              .mapToObj(
                  number -> "{'kind':'work','idempotencyKey':'%d-%d'}".formatted(batch, number))
              .collect(Collectors.joining(","));
      if (batch % 2 == 1) {
        killWhile(() -> ask(items));
      }
      ask(items).is(201);
    }

    private Client.Answer ask(String items) {
      return client().post("/v1/runs:batch", "{'items':[%s]}".formatted(items));
    }

    /** Somewhere in the middle of it, or a moment later. */
    private void killWhile(Supplier<Client.Answer> work) throws IOException {
      var delay = random.nextLong(200_000_000);
      var doomed = server.process();
      var killer =
          Thread.ofVirtual()
              .start(() -> {
                LockSupport.parkNanos(delay);
                doomed.destroyForcibly();
              });
      try {
        work.get().is(201);
      } catch (UncheckedIOException e) {
        assertThat(killer.isAlive()).as("the server ended by itself").isFalse();
      }
      restart();
    }

    private void restart() throws IOException {
      try {
        assertThat(server.kill()).isEqualTo(Server.KILLED);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
      server = installation.start();
      announce();
    }

    void disasters(int number) throws IOException {
      var killed = random.nextInt(WORKERS);
      thaw(true);
      workers.get(killed).destroyForcibly();
      workers.set(killed, startWorker(killed));
      pause();
      freeze(workers.get(random.nextInt(WORKERS)));
      pause();
      freeze(workers.get(random.nextInt(WORKERS)));
      pause();
      if (number % 3 == 2) {
        restart();
      }
      if (number == BATCHES / 2) {
        signal(server.process(), "STOP");
        LockSupport.parkNanos(FROZEN.toNanos());
        signal(server.process(), "CONT");
      }
      pause();
    }

    private void pause() throws IOException {
      LockSupport.parkNanos(BETWEEN_DISASTERS.toNanos());
      thaw(false);
    }

    private void freeze(Process worker) throws IOException {
      signal(worker, "STOP");
      frozen.put(worker, System.nanoTime());
    }

    private void thaw(boolean all) throws IOException {
      for (var worker : List.copyOf(frozen.keySet())) {
        var since = System.nanoTime() - frozen.getOrDefault(worker, 0L);
        if (all || since > FROZEN.toNanos()) {
          signal(worker, "CONT");
          frozen.remove(worker);
        }
      }
    }

    private static void signal(Process process, String name) throws IOException {
      try {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }

    /** What has left the queue may be back in it at the next look, so at last all are looked at. */
    Map<String, JsonNode> awaitEnd() throws IOException {
      LockSupport.parkNanos(FROZEN.toNanos());
      thaw(true);
      for (var state : List.of("queued", "running")) {
        Await.until(
            () -> client().get("/v1/runs?limit=1&state=" + state).is(200).at("/runs"),
            JsonNode::isEmpty,
            LONGEST);
      }
      var seen = new HashMap<String, JsonNode>();
      Await.until(
          () -> {
            seen.putAll(runs());
            return seen.values().stream()
                .filter(run -> !run.at("/state").asString().equals("succeeded"))
                .toList();
          },
          List::isEmpty,
          LONGEST);
      return seen;
    }

    /** Every run that there is, by its id. */
    Map<String, JsonNode> runs() {
      var runs = new HashMap<String, JsonNode>();
      var cursor = "";
      do {
        var page = client().get("/v1/runs?limit=100" + cursor).is(200);
        page.at("/runs").forEach(run -> runs.put(run.at("/id").asString(), run));
        cursor = page.at("/nextCursor").isNull() ? "" : "&cursor=" + page.textAt("/nextCursor");
      } while (!cursor.isEmpty());
      return runs;
    }

    /** A worker that was refused what it may not be refused has ended with an error. */
    void checkWorkers() throws IOException {
      assertThat(workers).allMatch(Process::isAlive);
      assertThat(Files.readString(folder.resolve("workers.log")))
          .doesNotContain("Exception", "Error");
    }

    void close() {
      workers.forEach(Process::destroyForcibly);
    }
  }

  private static void checkRuns(Map<String, JsonNode> runs) {
    assertThat(runs).hasSize(BATCHES * RUNS_IN_A_BATCH);
    assertThat(runs.values())
        .extracting(run -> run.at("/state").asString())
        .containsOnly("succeeded");
    assertThat(runs.values()).extracting(run -> run.at("/attempt").asInt()).anyMatch(n -> n > 1);
  }

  /** What a worker was told is done is what became of the run. */
  private static void checkAcknowledged(List<Entry> journal, Map<String, JsonNode> runs) {
    var succeeded = journal.stream().filter(entry -> entry.kind() == Entry.Kind.SUCCEEDED).toList();
    assertThat(succeeded).hasSizeGreaterThan(runs.size() / 2);
    for (var entry : succeeded) {
      assertThat(runs).containsKey(entry.run());
      var run = Objects.requireNonNull(runs.get(entry.run()));
      assertThat(run.at("/outputRef").asString()).isEqualTo(entry.outputRef());
      assertThat(run.at("/attempt").asInt()).isEqualTo(entry.attempt());
    }
  }

  /** Nothing is accepted of an attempt that was sent when a later one had been given away. */
  private static void checkThatNoLeasesOverlap(List<Entry> journal) {
    var claims =
        journal.stream()
            .filter(entry -> entry.kind() == Entry.Kind.CLAIMED)
            .collect(Collectors.groupingBy(Entry::run));
    for (var ofRun : claims.values()) {
      assertThat(ofRun).extracting(Entry::attempt).doesNotHaveDuplicates();
    }
    for (var entry : journal) {
      for (var claim : claims.getOrDefault(entry.run(), List.of())) {
        if (claim.attempt() > entry.attempt()) {
          assertThat(entry.at()).as("%s after %s", entry, claim).isLessThan(claim.at());
        }
      }
    }
  }

  /** Each run was begun only when it waited, and ended once. */
  private static void checkLog(Site site, Map<String, JsonNode> runs) {
    var told = new HashMap<String, List<EventType>>();
    try (var database = site.installation.openDatabase()) {
      var stores = new JooqStores(database, InstantSource.system());
      var log = stores.runEventLog();
      stores.write(() -> log.sequence(Integer.MAX_VALUE));
      var last = 0L;
      List<RunEventLog.Entry> page;
      do {
        page = log.after(last, 1_000);
        for (var entry : page) {
          var run = entry.event().run().toString();
          told.computeIfAbsent(run, _ -> new ArrayList<>()).add(entry.event().type());
          last = entry.position();
        }
      } while (!page.isEmpty());
    }
    assertThat(told.keySet()).isEqualTo(runs.keySet());
    told.forEach((run, types) -> {
      var line = types.stream().map(EventType::wireName).collect(Collectors.joining(" "));
      assertThat(line)
          .as("run %s", run)
          .matches("run.created run.enqueued (run.started run.retried )*run.started run.succeeded");
    });
  }
}
