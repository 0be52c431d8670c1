package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.adapters.persistence.JooqStores;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.WatchRunsResponse;
import dev.runs.domain.access.Principal;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunFixtures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Streams of events over real connections. */
@Timeout(180)
final class EventStreamIT {

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(Installation::onSqlite);
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(Installation::onPostgres);
    }

    @Test
    void tellsOnOneServerWhatIsDoneOnAnother() throws Exception {
      var here = fresh.start();
      var there = Tracker.ofNewOrganization(fresh.start().client());
      try (var stream = open(here, "/v1/events", "")) {
        assertThat(stream.next()).isPresent();

        var run = there.root();

        assertThat(runs(stream, 1)).containsExactly(run);
      }
    }
  }

  abstract static class Contract {

    private static final int BATCHES = 10;
    private static final int IN_A_BATCH = 1_000;
    private static final String ENDED = "{'status':'completed'}";

    @RegisterExtension final OncePerClass once;

    /** For a test that counts everything there is. */
    @RegisterExtension final Installation fresh;

    private Server shared;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(Supplier<Installation> installations) {
      this.once = new OncePerClass(installations.get());
      this.fresh = installations.get();
    }

    @BeforeAll
    void startServer() throws IOException {
      shared = once.start();
    }

    @Test
    void endsWithItsRunAndWhenTheServerStops() throws Exception {
      var server = fresh.start();
      var tracker = Tracker.ofNewOrganization(server.client());
      var run = tracker.root();
      try (var ofRun = open(server, "/v1/runs/" + run + "/events?from=start", "")) {
        assertThat(ofRun.header("Content-Type")).isEqualTo("text/event-stream;charset=utf-8");
        assertThat(ofRun.header("Cache-Control")).isEqualTo("no-store");
        assertThat(ofRun.header("X-Accel-Buffering")).isEqualTo("no");
        assertThat(ofRun.nextEvent().type()).isEqualTo("run.created");
        try (var ofAll = open(server, "/v1/events", "")) {
          assertThat(ofAll.next()).isPresent();
          tracker.client().patch("/v1/runs/" + run, ENDED).is(200);

          assertThat(types(ofRun.rest())).containsExactly("run.succeeded", "end");
          assertThat(ofAll.nextEvent().type()).isEqualTo("run.succeeded");
          assertThat(server.stop()).isEqualTo(Server.STOPPED);
          assertThat(ofAll.rest()).isEmpty();
        }
        try (var again = open(fresh.start(), "/v1/runs/" + run + "/events", ofRun.lastId())) {
          assertThat(again.status()).isEqualTo(204);
        }
      }
    }

    @Test
    void comesOverHttp2Too() throws Exception {
      var tracker = Tracker.ofNewOrganization(shared.client());
      var run = tracker.root();
      tracker.client().patch("/v1/runs/" + run, ENDED).is(200);

      try (var stream =
          Sse.open(
              shared.address(),
              "/v1/runs/" + run + "/events?after=0",
              shared.client().headers(),
              HttpClient.Version.HTTP_2,
              "")) {
        assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(types(stream.rest())).containsExactly("run.created", "run.succeeded", "end");
      }
    }

    @Test
    void tellsWhatAnotherProcessHasDoneBesideTheServer() throws Exception {
      var server = fresh.start();
      try (var stream = open(server, "/v1/events", "");
          var database = fresh.openDatabase()) {
        assertThat(stream.next()).isPresent();
        var stores = new JooqStores(database, InstantSource.system());
        stores
            .transactions()
            .inTransaction(() -> {
              stores
                  .runEvents()
                  .add(List.of(RunEvent.created(RunFixtures.root(1), Principal.SYSTEM)));
              return true;
            });

        assertThat(stream.nextEvent().type()).isEqualTo("run.created");
      }
    }

    @Test
    void tellsOfWhatIsAskedForAlone() throws Exception {
      var platform = shared.client();
      var tracker = Tracker.ofNewOrganization(platform);
      var organization = tracker.organization();
      var inOrganization = platform.with("X-Organization-Id", organization);
      var project =
          inOrganization.post("/v1/projects", "{'slug':'shop','name':'Shop'}").is(201).id();
      var root = tracker.root();
      var child = tracker.child(root);
      var inShop =
          made(platform, organization, "'serviceName':'s','taskName':'t','projectId':'shop'");
      var queued = made(platform, organization, "'kind':'mail.send','input':{}");
      var foreign = Tracker.ofNewOrganization(platform).root();
      platform.patch("/v1/runs/" + child, ENDED).is(200);
      var all = List.of(root, child, inShop, queued, queued, child);

      awaitTold(shared, "organizationId=" + organization, all);
      assertThat(told(shared, "runId=" + foreign)).containsExactly(foreign);
      assertThat(told(shared, own(organization, "type=run.succeeded"))).containsExactly(child);
      assertThat(told(shared, own(organization, "type=run.succeeded&type=run.enqueued")))
          .containsExactly(queued, child);
      assertThat(told(shared, own(organization, "projectId=shop"))).containsExactly(inShop);
      assertThat(told(shared, own(organization, "projectId=" + project))).containsExactly(inShop);
      assertThat(told(shared, own(organization, "serviceName=s"))).containsExactly(inShop);
      assertThat(told(shared, own(organization, "taskName=root"))).containsExactly(root);
      assertThat(told(shared, own(organization, "kind=mail.send"))).containsExactly(queued, queued);
      assertThat(told(shared, own(organization, "runId=" + child))).containsExactly(child, child);
      assertThat(told(shared, own(organization, "rootRunId=" + root)))
          .containsExactly(root, child, child);
      assertThat(told(shared, own(organization, "runId=" + foreign))).isEmpty();
    }

    @Test
    void tellsNobodyWhatHappensInAnotherOrganization() throws Exception {
      var own = Tracker.ofNewOrganization(shared.client());
      var other = Tracker.ofNewOrganization(shared.client());
      var key = Map.of("X-API-Key", own.newKey("runs:read"));
      var foreign = other.root();
      try (var live = open(shared, "/v1/events", key, "");
          var kept = open(shared, "/v1/events?from=start", key, "");
          var ofForeign = open(shared, "/v1/runs/" + foreign + "/events", key, "");
          var inOther =
              open(shared, "/v1/events?organizationId=" + other.organization(), key, "")) {
        assertThat(live.next()).isPresent();
        other.child(foreign);
        var seen = own.root();

        assertThat(runs(live, 1)).containsExactly(seen);
        assertThat(runs(kept, 1)).containsExactly(seen);
        assertThat(ofForeign.status()).isEqualTo(404);
        assertThat(inOther.status()).isEqualTo(404);
      }
    }

    @Test
    void showsThatItIsAliveWhileNothingHappens() throws Exception {
      try (var stream = open(shared, "/v1/events", "")) {
        assertThat(stream.next()).isPresent();
        assertThat(stream.comments()).isZero();

        var beat = stream.next().orElseThrow();

        assertThat(stream.comments()).isEqualTo(1);
        assertThat(beat.type()).isEmpty();
        assertThat(beat.data()).isEmpty();
      }
    }

    @Test
    void tellsOneWhoComesTooLateWhereWhatIsKeptBegins() throws Exception {
      var server = fresh.start();
      var tracker = Tracker.ofNewOrganization(server.client());
      var old = List.of(tracker.root(), tracker.root(), tracker.root());
      awaitTold(server, "", old);
      try (var database = fresh.openDatabase()) {
        database.inTransaction(
            () -> database.db().execute("update run_event set at = '2026-01-01T00:00:00.000000Z'"));
        cleanup();
      }
      var recent = tracker.root();
      awaitTold(server, "", List.of(recent));

      try (var late = open(server, "/v1/events?follow=false", "2")) {
        var reset = late.nextEvent();
        assertThat(reset.type()).isEqualTo("reset");
        assertThat(reset.json().at("/firstPosition").asLong()).isEqualTo(4);
        assertThat(runs(late, 1)).containsExactly(recent);
      }
      try (var inTime = open(server, "/v1/events?follow=false", "3")) {
        assertThat(runs(inTime, 1)).containsExactly(recent);
      }
      try (var beyond = open(server, "/v1/events?follow=false", "1000")) {
        assertThat(beyond.nextEvent().type()).isEqualTo("reset");
      }
    }

    @Test
    void isHeldUpByNobodyWhoReadsSlowly() throws Exception {
      var server = fresh.start(Map.of("RUNS_WATCH_BUFFER_SIZE", "1"));
      var tracker = Tracker.ofNewOrganization(server.client());
      try (var slow = open(server, "/v1/events", "");
          var fast = open(server, "/v1/events", "")) {
        assertThat(slow.next()).isPresent();
        assertThat(fast.next()).isPresent();
        var run =
            "{'organizationId':'%s','serviceName':'%s','taskName':'t'}"
                .formatted(tracker.organization(), "s".repeat(200));
        var batch = "{'items':[" + String.join(",", Collections.nCopies(IN_A_BATCH, run)) + "]}";
        for (var i = 0; i < BATCHES; i++) {
          tracker.client().post("/v1/runs:batch", batch).is(201);
        }

        var all = LongStream.rangeClosed(1, BATCHES * IN_A_BATCH).boxed().toList();
        assertThat(positions(fast)).isEqualTo(all);
        assertThat(positions(slow)).isEqualTo(all);
      }
    }

    @Test
    void isRefusedBeyondWhatAKeyAndAServerMayHave() throws Exception {
      var server = fresh.start(Map.of("RUNS_MAX_STREAMS", "3", "RUNS_MAX_STREAMS_PER_KEY", "2"));
      var tracker = Tracker.ofNewOrganization(server.client());
      var holder = new Client(server.address(), Map.of("X-API-Key", tracker.newKey("runs:read")));
      try (var _ = open(server, "/v1/events", holder.headers(), "")) {
        try (var _ = open(server, "/v1/events", holder.headers(), "")) {
          var refused = asStream(holder).get("/v1/events").is(429);
          assertThat(refused.textAt("/code")).isEqualTo("rate.too_many_streams");
          assertThat(refused.at("/mostStreams").asInt()).isEqualTo(2);
          try (var last = open(server, "/v1/events", "")) {
            assertThat(last.status()).isEqualTo(200);
            refused = asStream(server.client()).get("/v1/events").is(429);
            assertThat(refused.textAt("/code")).isEqualTo("server.too_many_streams");
            assertThat(refused.at("/mostStreams").asInt()).isEqualTo(3);
            assertThatExceptionOfType(RpcClient.Failed.class)
                .isThrownBy(() -> watch(server))
                .matches(failed -> failed.code().equals("resource_exhausted"));
          }
        }

        // the server learns a moment later that a client is gone
        Await.until(() -> statusOfNext(server, holder), status -> status == 200);
      }
    }

    private static int statusOfNext(Server server, Client holder) {
      try (var next = open(server, "/v1/events", holder.headers(), "")) {
        return next.status();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void watch(Server server) throws IOException {
      try (var watch =
          RpcClient.of(server)
              .open(
                  "WatchRuns",
                  WatchRunsRequest.newBuilder().setOrg("default").build(),
                  WatchRunsResponse.getDefaultInstance())) {
        watch.next();
      }
    }

    private static Client asStream(Client client) {
      return client.with("Accept", "text/event-stream");
    }

    private void cleanup() throws Exception {
      Command.run(fresh.folder(), fresh.databaseUrl(), "", "cleanup").succeeds();
    }

    /** Opens a stream with the platform key. */
    static Sse open(Server server, String path, String lastId) throws IOException {
      return open(server, path, server.client().headers(), lastId);
    }

    static Sse open(Server server, String path, Map<String, String> headers, String lastId)
        throws IOException {
      return Sse.open(server.address(), path, headers, HttpClient.Version.HTTP_1_1, lastId);
    }

    private static String made(Client client, String organization, String what) {
      return client
          .post("/v1/runs", "{'organizationId':'" + organization + "'," + what + "}")
          .is(201)
          .id();
    }

    private static String own(String organization, String query) {
      return "organizationId=" + organization + "&" + query;
    }

    /** The runs of all events there are, as a stream tells them. */
    private static List<String> told(Server server, String query) {
      try (var stream = open(server, "/v1/events?from=start&follow=false&" + query, "")) {
        assertThat(stream.status()).isEqualTo(200);
        return stream.rest().stream()
            .filter(event -> !event.type().equals("end"))
            .map(event -> event.json().at("/runId").asString())
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What is committed has its place in the log only a moment later. */
    private static void awaitTold(Server server, String query, List<String> runs) {
      Await.until(() -> told(server, query), runs::equals);
    }

    /** The runs of the next events of a stream. */
    static List<String> runs(Sse stream, int count) throws IOException {
      var runs = new ArrayList<String>();
      while (runs.size() < count) {
        runs.add(stream.nextEvent().json().at("/runId").asString());
      }
      return runs;
    }

    private static List<Long> positions(Sse stream) throws IOException {
      var positions = new ArrayList<Long>();
      while (positions.size() < BATCHES * IN_A_BATCH) {
        positions.add(stream.nextEvent().json().at("/position").asLong());
      }
      return positions;
    }

    private static List<String> types(List<Sse.Event> events) {
      return events.stream().map(Sse.Event::type).toList();
    }
  }
}
