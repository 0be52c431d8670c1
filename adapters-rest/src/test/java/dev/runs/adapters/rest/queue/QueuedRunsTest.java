package dev.runs.adapters.rest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.Client.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queued runs where all runs are shown, reported on and deleted. */
class QueuedRunsTest extends QueueRestTest {

  @Nested
  class InLists {

    private final String owner = world.organization();
    private final Client own = client.within(owner);

    private String add(String kind, String more) {
      world.clock().advance(Duration.ofSeconds(1));
      return own.post("/v1/runs", "{'kind':'" + kind + "'" + more + "}").is(201).textAt("/id");
    }

    private List<String> list(String query) {
      return ids(own.get("/v1/runs?" + query).is(200));
    }

    private static List<String> ids(Answer page) {
      return page.at("/runs").valueStream().map(run -> run.at("/id").asString()).toList();
    }

    @Test
    void areFoundByKindStateAndProject() {
      var project = own.post("/v1/projects", "{'slug':'a'}").is(201).textAt("/id");
      var one = add("sync.aux/colors", "");
      var other = add("mail", ",'projectId':'a'");
      own.post("/v1/runs/" + one + ":cancel", "").is(200);
      var tracked =
          own.post("/v1/runs", "{'serviceName':'queue','taskName':'mail'}").is(201).textAt("/id");

      assertThat(list("kind=sync.aux%2Fcolors")).containsExactly(one);
      assertThat(list("kind=mail")).contains(other);
      assertThat(list("state=queued")).containsExactly(other);
      assertThat(list("state=canceled&kind=mail")).isEmpty();
      assertThat(list("projectId=a")).containsExactly(other);
      assertThat(list("projectId=" + project)).containsExactly(other);
      assertThat(list("projectId=default")).containsExactly(tracked, one);
      assertThat(list("projectId=nothing")).isEmpty();
      assertThat(list("organizationId=" + owner + "&kind=mail&projectId=a")).containsExactly(other);
    }

    @Test
    void areFoundByWhenTheyWereMade() {
      var before = add("x", "");
      var at = world.clock().instant().plusSeconds(1);
      var since = add("x", "");
      var after = add("x", "");

      assertThat(list("since=" + at)).containsExactly(after, since);
      assertThat(list("before=" + at)).containsExactly(before);
      assertThat(list("since=" + at + "&before=" + at.plusNanos(1_000))).containsExactly(since);
    }

    @Test
    void areOrderedByCreationEitherWay() {
      var first = add("x", "");
      var second = add("x", "");
      var third = add("x", "");

      assertThat(list("")).containsExactly(third, second, first);
      assertThat(list("sort=-createdAt")).containsExactly(third, second, first);
      assertThat(list("sort=createdAt")).containsExactly(first, second, third);
      for (var sort : List.of("sort=createdAt&", "")) {
        var found = new ArrayList<String>();
        var page = own.get("/v1/runs?" + sort + "limit=2").is(200);
        found.addAll(ids(page));
        page = own.get("/v1/runs?" + sort + "limit=2&cursor=" + page.textAt("/nextCursor"));
        found.addAll(ids(page.is(200)));
        assertThat(found).containsExactlyElementsOf(list(sort));
        assertThat(page.at("/nextCursor").isNull()).isTrue();
      }
    }

    @Test
    void areShown100AtATime() {
      assertThat(own.get("/v1/runs?limit=101").is(200).at("/limit").intValue()).isEqualTo(100);
      assertThat(own.get("/v1/runs").is(200).at("/limit").intValue()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=name", "since=soon", "before=soon", "kind=%20", "state=gone"})
    void areNotFoundByWhatMakesNoSense(String query) {
      assertThat(own.get("/v1/runs?" + query).is(400).textAt("/errors/0/parameter"))
          .isEqualTo(query.replaceFirst("=.*", ""));
    }

    @Test
    void areNotFoundByKindAndServiceAtOnce() {
      own.get("/v1/runs?kind=x&serviceName=queue").is(400);
      own.get("/v1/runs?kind=x&taskName=x").is(400);
      own.get("/v1/runs?sort=createdAt&organizationId=" + owner).is(400);
    }

    @Test
    void areNotShownToOthers() {
      add("x", "");
      own.post("/v1/projects", "{'slug':'b'}").is(201);
      var mine = add("x", ",'projectId':'b'");
      var bound = world.holder(owner, "'runs:read'", ",'projectIds':['b']");
      var stranger = world.holder(world.organization(), "'runs:read'", "");

      assertThat(ids(bound.get("/v1/runs?kind=x").is(200))).containsExactly(mine);
      assertThat(ids(bound.get("/v1/runs?kind=x&projectId=default").is(200))).isEmpty();
      assertThat(ids(stranger.get("/v1/runs?kind=x").is(200))).isEmpty();
      stranger.get("/v1/runs/" + mine).is(404);
    }
  }

  @Nested
  class Reported {

    @ParameterizedTest
    @ValueSource(strings = {"completed", "failed"})
    void onWithoutTheirLeaseAreNotEnded(String status) {
      var waiting = enqueued("x");
      var running = held().id();

      for (var id : List.of(waiting, running)) {
        var refused = acme.patch("/v1/runs/" + id, "{'status':'" + status + "'}").is(409);
        assertThat(refused.textAt("/code")).isEqualTo("run.leased_elsewhere");
      }
      assertThat(show(waiting).textAt("/state")).isEqualTo("queued");
      assertThat(show(running).textAt("/state")).isEqualTo("running");
    }

    @Test
    void onAsTheyEndedStayAsTheyAre() {
      var held = held();
      say(held, "succeed", "").is(200);

      acme.patch("/v1/runs/" + held.id(), "{'status':'completed'}").is(200);
      acme.patch("/v1/runs/" + held.id(), "{'status':'failed'}").is(409);
    }

    @Test
    void withCostsNeedNoLease() {
      var id = enqueued("x");
      world.cost(id, world.priced("2"), "3");

      assertThat(show(id).textAt("/totalCostInUsdCents")).isEqualTo("6.0000000000");
    }
  }

  @Nested
  class Deleted {

    @Test
    void areClaimedNoMore() {
      var kind = newKind();
      acme.delete("/v1/runs/" + enqueued(kind)).is(204);

      assertThat(claim(acme, kind, "").is(200).at("/runs")).isEmpty();
    }

    @Test
    void endTheirLeases() {
      var kind = newKind();
      acme.put("/v1/kinds/" + kind, "{'concurrency':1}").is(200);
      enqueued(kind);
      var held = claimed(kind);
      enqueued(kind);
      acme.delete("/v1/runs/" + held.id()).is(204);

      say(held, "heartbeat", "").is(404);
      say(held, "succeed", "").is(404);
      assertThat(claim(acme, kind, "").is(200).at("/runs")).hasSize(1);
    }

    @Test
    void goWithEverythingBelow() {
      var kind = newKind();
      var root = world.run(organization);
      enqueue(kind, ",'parentRunId':'" + root + "'").is(201);
      acme.delete("/v1/runs/" + root).is(204);

      assertThat(claim(acme, kind, "").is(200).at("/runs")).isEmpty();
    }
  }

  @Test
  void countInTheirTree() {
    var root = world.run(organization);
    var kind = newKind();
    enqueue(kind, ",'parentRunId':'" + root + "'").is(201);
    enqueue(kind, ",'parentRunId':'" + root + "'").is(201);
    var held = claimed(kind);

    assertThat(show(root).at("/descendantCounts/queued").intValue()).isEqualTo(1);
    assertThat(show(root).at("/descendantCounts/running").intValue()).isEqualTo(1);
    say(held, "succeed", "").is(200);
    assertThat(show(root).at("/descendantCounts/succeeded").intValue()).isEqualTo(1);
    assertThat(acme.get("/v1/runs/" + root + "/tree").is(200).text()).contains(held.id());
  }
}
