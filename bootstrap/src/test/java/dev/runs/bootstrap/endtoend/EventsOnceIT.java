package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.JooqStores;
import dev.runs.application.AtOnce;
import dev.runs.application.event.RunEventLog.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many who follow what many report, who go away at any moment and come back, while servers are
 * killed and connections are cut: each of them is told everything once, in order, and nothing of
 * another organization.
 */
@Timeout(600)
final class EventsOnceIT {

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(Installation.onSqlite());
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(Installation.onPostgres());
    }

    @Test
    void twoServersTellEverythingOnce() throws Exception {
      var crowd = new Crowd(installation, 2);

      crowd.writeAndRead(() -> true);

      crowd.checkLog();
    }

    @Test
    void everythingIsToldOnceThoughConnectionsToTheDatabaseAreCut() throws Exception {
      var crowd = new Crowd(installation, 2);
      try (var database = installation.openDatabase()) {
        crowd.writeAndRead(() -> {
          for (var cut = 1; cut < CUTS; cut++) {
            crowd.awaitWritten(WRITTEN * cut / CUTS);
            database.db().execute(CUT);
          }
          return true;
        });
      }

      crowd.checkLog();
    }

    @Test
    void aStreamGoesOnThoughConnectionsToTheDatabaseAreCut() throws Exception {
      var crowd = new Crowd(installation, 2);
      try (var stream = crowd.open(1, "/v1/events?from=start", "");
          var database = installation.openDatabase()) {
        assertThat(stream.nextEvent().type()).isEqualTo("run.created");
        for (var cut = 0; cut < CUTS; cut++) {
          database.db().execute(CUT);
          crowd.write(0, "cut-" + cut);

          assertThat(stream.nextEvent().type()).isEqualTo("run.created");
          assertThat(stream.nextEvent().type()).isEqualTo("run.succeeded");
        }
      }
    }
  }

  abstract static class Contract {

    private static final int WRITERS = 8;
    private static final int RUNS_OF_EACH = 20;
    static final int WRITTEN = WRITERS * RUNS_OF_EACH;
    private static final int FOREIGN = 50;
    private static final int READERS = 20;
    static final int CUTS = 8;
    private static final long SEED = 20_261_121;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    /** The root is made, and each run is made and ends. */
    private static final int EVENTS = 1 + 2 * WRITTEN;

    /** Ends every connection to the database but the one that says so. */
    static final String CUT =
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()";

    @RegisterExtension final Installation installation;

    Contract(Installation installation) {
      this.installation = installation;
    }

    @Test
    void everythingIsToldOnceThoughTheServerIsKilled() throws Exception {
      var crowd = new Crowd(installation, 1);

      crowd.writeAndRead(() -> {
        for (var kill = 1; kill <= 2; kill++) {
          crowd.awaitWritten(WRITTEN * kill / 3);
          crowd.killAndStartAgain();
        }
        return true;
      });

      assertThat(crowd.brokenOff.get()).isPositive();
      crowd.checkLog();
    }

    /** Who writes and who reads, and the servers they do it with. */
    static final class Crowd {

      private final Installation installation;
      private final List<Server> servers = Collections.synchronizedList(new ArrayList<>());
      private final Tracker tracker;
      private final Tracker stranger;
      private final String key;
      private final String root;
      private final List<List<Long>> seen = Collections.synchronizedList(new ArrayList<>());
      private final AtomicInteger written = new AtomicInteger();
      private final AtomicInteger brokenOff = new AtomicInteger();

      Crowd(Installation installation, int servers) throws IOException {
        this.installation = installation;
        for (var i = 0; i < servers; i++) {
          this.servers.add(installation.start());
        }
        this.tracker = Tracker.ofNewOrganization(this.servers.getFirst().client());
        this.stranger = Tracker.ofNewOrganization(this.servers.getFirst().client());
        this.key = tracker.newKey("runs:read");
        this.root = tracker.root();
      }

      /** Opens a stream with a key of the organization. */
      Sse open(int server, String path, String lastId) throws IOException {
        return Sse.open(
            servers.get(server).address(),
            path,
            Map.of("X-API-Key", key),
            HttpClient.Version.HTTP_1_1,
            lastId);
      }

      void writeAndRead(Callable<Boolean> meanwhile) {
        var works = new ArrayList<Callable<Boolean>>();
        works.add(meanwhile);
        works.add(this::writeAsStranger);
        for (var writer = 0; writer < WRITERS; writer++) {
          var number = writer;
          works.add(() -> writeAll(number));
        }
        for (var reader = 0; reader < READERS; reader++) {
          var random = new SplittableRandom(SEED + reader);
          var path =
              reader % 2 == 0
                  ? "/v1/runs/" + root + "/events?tree=true&from=start"
                  : "/v1/events?from=start";
          works.add(() -> read(path, random));
        }
        AtOnce.all(works);
      }

      void awaitWritten(int runs) {
        Await.until(written::get, count -> count >= runs, LONGEST);
      }

      void killAndStartAgain() throws Exception {
        assertThat(servers.getFirst().kill()).isEqualTo(Server.KILLED);
        servers.set(0, installation.start());
      }

      private boolean writeAll(int writer) {
        for (var i = 0; i < RUNS_OF_EACH; i++) {
          write(writer, writer + "-" + i);
          written.incrementAndGet();
        }
        return true;
      }

      /** Makes a run and ends it. */
      void write(int writer, String name) {
        var body =
            "{'organizationId':'%s','serviceName':'crawler','taskName':'page','parentRunId':'%s'}"
                .formatted(tracker.organization(), root);
        var run =
            untilDone(
                    writer,
                    201,
                    client -> client.with("Idempotency-Key", name).post("/v1/runs", body))
                .id();
        untilDone(writer, 200, client -> client.patch("/v1/runs/" + run, "{'status':'completed'}"));
      }

      private boolean writeAsStranger() {
        var body =
            "{'organizationId':'%s','serviceName':'crawler','taskName':'page'}"
                .formatted(stranger.organization());
        for (var i = 0; i < FOREIGN; i++) {
          untilDone(0, 201, client -> client.post("/v1/runs", body));
        }
        return true;
      }

      private interface Request {
        Client.Answer send(Client client);
      }

      /** Does again what was not answered, or not well; what was done though changes nothing. */
      private Client.Answer untilDone(int writer, int status, Request request) {
        var last = new Client.Answer[1];
        Await.until(
            () -> {
              try {
                last[0] = request.send(servers.get(writer % servers.size()).client());
                return last[0].status() + " " + last[0].text();
              } catch (UncheckedIOException e) {
                return String.valueOf(e.getCause());
              }
            },
            answer -> answer.startsWith(status + " "),
            LONGEST);
        return last[0];
      }

      /**
       * Goes away after some events and comes back where it was, until it has seen the last one.
       */
      private boolean read(String path, RandomGenerator random) {
        var positions = new ArrayList<Long>();
        var lastId = new String[] {""};
        Await.until(
            () -> {
              follow(path, positions, lastId, random);
              return positions.size() + " events, up to " + lastId[0] + " of " + path;
            },
            _ -> positions.size() >= EVENTS,
            LONGEST);
        seen.add(positions);
        return true;
      }

      private void follow(
          String path, List<Long> positions, String[] lastId, RandomGenerator random) {
        var most = random.nextInt(1, 100);
        try (var stream = open(random.nextInt(servers.size()), path, lastId[0])) {
          if (stream.status() != 200) {
            // the database was away for a moment
            return;
          }
          for (var i = 0; i < most && positions.size() < EVENTS; i++) {
            var event = stream.next();
            if (event.isEmpty()) {
              return;
            }
            lastId[0] = event.get().id();
            if (!event.get().type().isEmpty()) {
              assertThat(event.get().type()).startsWith("run.");
              positions.add(event.get().json().at("/position").asLong());
            }
          }
        } catch (IOException e) {
          // the server was killed; what it was about to say does not count
          brokenOff.incrementAndGet();
        }
      }

      /** Each reader holds exactly what the log holds of the organization. */
      void checkLog() throws InterruptedException {
        for (var server : servers) {
          assertThat(server.stop()).isEqualTo(Server.STOPPED);
        }
        try (var database = installation.openDatabase()) {
          var log = new JooqStores(database, InstantSource.system()).runEventLog();
          var all = log.after(0, 100 * EVENTS);
          var own =
              all.stream()
                  .filter(entry ->
                      entry.event().organization().toString().equals(tracker.organization()))
                  .map(Entry::position)
                  .toList();
          assertThat(own).hasSize(EVENTS);
          assertThat(all.size()).isGreaterThanOrEqualTo(EVENTS + FOREIGN);
          assertThat(seen).hasSize(READERS).allSatisfy(one -> assertThat(one).isEqualTo(own));
        }
      }
    }
  }
}
