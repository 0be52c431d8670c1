package dev.runs.adapters.rest.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsControllerTest extends RestTest {

  private final String organization = world.organization();

  @Test
  void showsWhatHappenedToARun() {
    var root = world.run(organization);
    var child = world.child(organization, root);
    complete(child);

    var page = client.get("/v1/runs/" + child + "/events").is(200);

    assertThat(types(page)).containsExactly("run.created", "run.succeeded");
    assertThat(page.textAt("/events/0/runId")).isEqualTo(child);
    assertThat(page.textAt("/events/0/rootRunId")).isEqualTo(root);
    assertThat(page.textAt("/events/0/parentRunId")).isEqualTo(root);
    assertThat(page.textAt("/events/0/organizationId")).isEqualTo(organization);
    assertThat(page.textAt("/events/0/project")).isEqualTo("default");
    assertThat(page.textAt("/events/0/domain")).isEqualTo("production");
    assertThat(page.textAt("/events/0/serviceName")).isEqualTo("parser");
    assertThat(page.textAt("/events/0/taskName")).isEqualTo("parse");
    assertThat(page.textAt("/events/0/actor")).isEqualTo("key:configured");
    assertThat(page.textAt("/events/0/at")).isEqualTo("2026-11-20T12:00:00.123Z");
    assertThat(page.at("/events/1/version").asInt()).isEqualTo(2);
    assertThat(page.textAt("/events/1/details/from")).isEqualTo("running");
    assertThat(page.at("/events/1/position").asLong())
        .isGreaterThan(page.at("/events/0/position").asLong());
    assertThat(page.at("/nextCursor").isNull()).isTrue();
  }

  @Test
  void showsWhatHappenedInATree() {
    var root = world.run(organization);
    var child = world.child(organization, root);
    complete(child);

    assertThat(types(client.get("/v1/runs/" + root + "/events").is(200)))
        .containsExactly("run.created");
    assertThat(types(client.get("/v1/runs/" + root + "/events?tree=true").is(200)))
        .containsExactly("run.created", "run.created", "run.succeeded");
  }

  @Test
  void leadsThroughAllEventsPageByPage() {
    var root = world.run(organization);
    for (var i = 0; i < 4; i++) {
      complete(world.child(organization, root));
    }
    var all = "/v1/runs/" + root + "/events?tree=true&limit=";
    var seen = new ArrayList<Long>();
    var cursor = "";
    do {
      var page = client.get(all + "2" + cursor).is(200);
      assertThat(page.at("/events").size()).isLessThanOrEqualTo(2);
      seen.addAll(positions(page));
      cursor = page.at("/nextCursor").isNull() ? "" : "&cursor=" + page.textAt("/nextCursor");
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(9).isEqualTo(positions(client.get(all + "100").is(200)));
    assertThat(positions(client.get(all + "100&after=" + seen.get(6)).is(200)))
        .isEqualTo(seen.subList(7, 9));
    assertThat(client.get(all + "501").is(200).at("/limit").asInt()).isEqualTo(500);
  }

  @Test
  void narrowsDownWhatHappenedInAnOrganization() {
    var own = world.organization();
    var root = world.run(own);
    var child = world.child(own, root);
    complete(child);
    client.post("/v1/runs", "{'organizationId':'%s','kind':'mail'}", own).is(201);
    client.within(own).post("/v1/projects", "{'slug':'growth'}").is(201);
    client
        .post(
            "/v1/runs",
            "{'organizationId':'%s','serviceName':'a','taskName':'b','projectId':'growth'}",
            own)
        .is(201);
    client.delete("/v1/runs/" + child).is(204);

    assertThat(told(own, ""))
        .containsExactly(
            "run.created",
            "run.created",
            "run.succeeded",
            "run.created",
            "run.enqueued",
            "run.created",
            "run.deleted");
    assertThat(told(own, "&type=run.succeeded&type=run.deleted"))
        .containsExactly("run.succeeded", "run.deleted");
    assertThat(told(own, "&kind=mail")).containsExactly("run.created", "run.enqueued");
    assertThat(told(own, "&serviceName=crawler&taskName=crawl")).containsExactly("run.created");
    assertThat(told(own, "&projectId=growth")).containsExactly("run.created");
    assertThat(told(own, "&runId=" + child))
        .containsExactly("run.created", "run.succeeded", "run.deleted");
    assertThat(told(own, "&rootRunId=" + root)).hasSize(4);
    assertThat(told(world.organization(), "&rootRunId=" + root)).isEmpty();
  }

  @Test
  void tellsAPlatformKeyOfAllOrganizationsUnlessItNamesOne() {
    var one = world.run(world.organization());
    var other = world.organization();
    var another = world.run(other);
    world.tellEvents();

    var all = client.get("/v1/events?limit=500").is(200).text();
    var named = client.within(other).get("/v1/events").is(200).text();

    assertThat(all).contains(one, another);
    assertThat(named).contains(another).doesNotContain(one);
  }

  @Test
  void showsAKeyOfAProjectOnlyWhatHappensThere() {
    var own = world.organization();
    client.within(own).post("/v1/projects", "{'slug':'growth'}").is(201);
    var elsewhere = world.run(own);
    var there =
        client
            .post(
                "/v1/runs",
                "{'organizationId':'%s','serviceName':'a','taskName':'b','projectId':'growth'}",
                own)
            .is(201)
            .textAt("/id");
    world.tellEvents();
    var holder = world.holder(own, "'runs:read'", ",'projectIds':['growth']");

    assertThat(holder.get("/v1/events").is(200).text()).contains(there).doesNotContain(elsewhere);
    holder.get("/v1/runs/" + elsewhere + "/events").is(404);
    assertThat(
            holder
                .with("Accept", "text/event-stream")
                .get(all("from=start&follow=false"))
                .is(200)
                .text())
        .contains(there)
        .doesNotContain(elsewhere);
  }

  @ParameterizedTest
  @CsvSource({
    "after=-1, after",
    "after=two, after",
    "after=1234567890123456789, after",
    "type=run.eaten, type",
    "follow=maybe, follow",
    "from=middle, from",
    "runId=7, runId",
    "kind=mail&taskName=x, kind",
    "projectId=growth, projectId",
    "organizationId=acme, organizationId",
  })
  void refusesWhatItDoesNotKnow(String query, String parameter) {
    var refused = client.get("/v1/events?" + query).is(400);

    assertThat(refused.textAt("/errors/0/parameter")).isEqualTo(parameter);
  }

  @Test
  void refusesAStrangeCursorAndAStrangePlace() {
    assertThat(client.get("/v1/events?cursor=bm9wZQ").is(400).textAt("/code"))
        .isEqualTo("request.invalid_cursor");
    var refused = streaming().with("Last-Event-ID", "yesterday").get("/v1/events").is(400);
    assertThat(refused.textAt("/errors/0/header")).isEqualTo("Last-Event-ID");
    assertThat(client.get("/v1/runs/" + NOBODY + "/events?tree=perhaps").is(400).textAt("/code"))
        .isEqualTo("request.invalid");
  }

  @Test
  void sendsAStreamThatEndsWithItsRun() {
    var root = world.run(organization);
    complete(root);

    var stream = streaming().get("/v1/runs/" + root + "/events?from=start").is(200);

    assertThat(stream.contentType()).isEqualTo("text/event-stream;charset=utf-8");
    assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
    var events = client.get("/v1/runs/" + root + "/events").is(200).at("/events");
    var last = events.get(1).get("position").asLong();
    assertThat(stream.text())
        .startsWith("retry: 1000\nid: ")
        .contains(
            """
            id: %d
            event: run.created
            data: %s

            id: %d
            event: run.succeeded
            data: %s

            id: %d
            event: end
            data: {"position":%d,"reason":"ended"}

            """
                .formatted(
                    events.get(0).get("position").asLong(),
                    events.get(0),
                    last,
                    events.get(1),
                    last,
                    last));
    assertThat(world.eventTail().feeds()).isZero();
  }

  @Test
  void tellsOneWhoComesBackAfterTheEndThatItIsOver() {
    var root = world.run(organization);
    complete(root);
    var last = positions(client.get("/v1/runs/" + root + "/events").is(200)).getLast();

    streaming().with("Last-Event-ID", last.toString()).get("/v1/runs/" + root + "/events").is(204);
    var before = streaming().with("Last-Event-ID", Long.toString(last - 1));
    assertThat(before.get("/v1/runs/" + root + "/events?after=0").is(200).text())
        .contains("run.succeeded", "event: end")
        .doesNotContain("run.created");
  }

  @Test
  void endsAStreamOfATreeWithItsLastRun() {
    var root = world.run(organization);
    var child = world.child(organization, root);
    complete(root);
    var stream = streaming().get("/v1/runs/" + root + "/events?tree=true&from=start").is(200);
    assertThat(stream.text()).contains("run.succeeded").doesNotContain("event: end");

    complete(child);

    awaitText(stream, "event: end");
  }

  @Test
  void endsAStreamOfARunThatIsDeletedWithOneAbove() {
    var root = world.run(organization);
    var child = world.child(organization, root);
    var stream = streaming().get("/v1/runs/" + child + "/events?from=start").is(200);

    client.delete("/v1/runs/" + root).is(204);
    world.tellEvents();

    awaitText(stream, "event: end");
    assertThat(contents(stream)).contains("event: run.deleted");
  }

  @Test
  void followsWhatHappens() {
    var root = world.run(organization);
    world.tellEvents();
    var stream = streaming().get("/v1/runs/" + root + "/events").is(200);
    assertThat(stream.text()).doesNotContain("run.created");

    complete(root);

    awaitText(stream, "event: end");
    assertThat(contents(stream)).contains("event: run.succeeded");
  }

  @Test
  void sendsOnlyTheTypesThatAreWanted() {
    var root = world.run(organization);
    complete(root);

    assertThat(
            streaming()
                .get("/v1/runs/" + root + "/events?from=start&type=run.succeeded")
                .is(200)
                .text())
        .contains("run.succeeded", "event: end")
        .doesNotContain("run.created");
  }

  @Test
  void endsWhereAllThereIsWasSentWhenItIsNotToFollow() {
    world.run(organization);
    world.tellEvents();

    assertThat(streaming().get(all("from=start&follow=false")).is(200).text())
        .contains("run.created")
        .endsWith("\"reason\":\"caught_up\"}\n\n");
  }

  @Test
  void tellsOneWhoComesTooLateWhereWhatIsKeptBegins() {
    var forgetful = new RestWorld();
    var own = forgetful.organization();
    forgetful.run(own);
    forgetful.clock().advance(Duration.ofDays(1));
    forgetful.run(own);
    forgetful.tellEvents();
    forgetful
        .stores()
        .write(() ->
            forgetful
                .stores()
                .runEventLog()
                .forget(forgetful.clock().instant().minusSeconds(1), 10));
    var asked = forgetful.client().within(own);

    var page = asked.get("/v1/events?after=0").is(200);
    assertThat(positions(page)).containsExactly(2L);
    var streamed = asked.with("Accept", "text/event-stream");
    assertThat(streamed.with("Last-Event-ID", "0").get("/v1/events?follow=false").is(200).text())
        .doesNotContain("event: reset");
    forgetful
        .stores()
        .write(() ->
            forgetful
                .stores()
                .runEventLog()
                .forget(forgetful.clock().instant().plusSeconds(1), 10));
    assertThat(asked.get("/v1/events?after=1").is(410).at("/firstPosition").asLong()).isEqualTo(3);
    assertThat(streamed.with("Last-Event-ID", "1").get("/v1/events?follow=false").is(200).text())
        .contains(
            "id: 2\nevent: reset\ndata: {\"firstPosition\":3,\"reason\":\"position_not_kept\"}\n");
  }

  @Test
  void letsAKeyHaveOnlySoManyStreams() {
    var own = world.organization();
    var holder = world.holder(own, "'runs:read'", "").with("Accept", "text/event-stream");
    for (var i = 0; i < RestWorld.MOST_STREAMS; i++) {
      holder.get("/v1/events").is(200);
    }

    var refused = holder.get("/v1/events").is(429);
    assertThat(refused.textAt("/code")).isEqualTo("rate.too_many_streams");
    assertThat(refused.at("/mostStreams").asInt()).isEqualTo(RestWorld.MOST_STREAMS);
    world
        .holder(own, "'runs:read'", "")
        .with("Accept", "text/event-stream")
        .get("/v1/events")
        .is(200);
  }

  private static String all(String query) {
    return "/v1/events?" + query;
  }

  private Client streaming() {
    return client.with("Accept", "text/event-stream");
  }

  private void complete(String run) {
    client.patch("/v1/runs/" + run, "{'status':'completed'}").is(200);
    world.tellEvents();
  }

  private List<String> told(String own, String query) {
    world.tellEvents();
    return types(client.get("/v1/events?organizationId=" + own + query).is(200));
  }

  private static List<String> types(Answer page) {
    return page.at("/events").valueStream().map(event -> event.get("type").asString()).toList();
  }

  private static List<Long> positions(Answer page) {
    return page.at("/events").valueStream().map(event -> event.get("position").asLong()).toList();
  }

  /** Looks until a stream that goes on without the thread of its request has sent something. */
  private static void awaitText(Answer stream, String text) {
    var end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!contents(stream).contains(text)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it does not come: " + contents(stream));
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static String contents(Answer stream) {
    return new String(stream.response().getContentAsByteArray(), StandardCharsets.UTF_8);
  }
}
