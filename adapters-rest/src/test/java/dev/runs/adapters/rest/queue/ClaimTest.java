package dev.runs.adapters.rest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimTest extends QueueRestTest {

  @Test
  void givesARunWithItsInputAndALease() {
    var kind = newKind();
    var id = enqueue(kind, ",'input':{'to':'ada'},'timeout':600").is(201).textAt("/id");
    var now = world.clock().instant();

    var claimed = claim(acme, kind, "").is(200);

    var run = claimed.at("/runs/0");
    assertThat(claimed.at("/runs")).hasSize(1);
    assertThat(run.at("/id").asString()).isEqualTo(id);
    assertThat(run.at("/state").asString()).isEqualTo("running");
    assertThat(run.at("/attempt").intValue()).isEqualTo(1);
    assertThat(run.at("/claimedBy").asString()).isEqualTo("worker");
    assertThat(run.at("/claimedAt").isString()).isTrue();
    assertThat(run.at("/startedAt").isString()).isTrue();
    assertThat(run.at("/input/to").asString()).isEqualTo("ada");
    assertThat(run.at("/lease/runId").asString()).isEqualTo(id);
    assertThat(run.at("/lease/expiresAt").asString())
        .isEqualTo(written(now.plus(Duration.ofSeconds(30))));
    assertThat(run.at("/lease/timesOutAt").asString())
        .isEqualTo(written(now.plus(Duration.ofMinutes(10))));
    assertThat(run.at("/lease/cancelRequested").booleanValue()).isFalse();
    assertThat(show(id).textAt("/claimedBy")).isEqualTo("worker");
    assertThat(show(id).text()).doesNotContain("leaseToken");
  }

  private static String written(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  @Test
  void givesEachRunToOneWorker() {
    var kind = newKind();
    enqueued(kind);

    claim(acme, kind, "").is(200);

    assertThat(claim(acme, kind, "").is(200).at("/runs")).isEmpty();
  }

  @Test
  void givesTheMoreUrgentFirstAndThenWhatIsReadyLonger() {
    var kind = newKind();
    var late = enqueue(kind, ",'priority':-1").is(201).textAt("/id");
    var first = enqueued(kind);
    world.clock().advance(Duration.ofSeconds(1));
    var second = enqueued(kind);
    var urgent = enqueue(kind, ",'priority':1").is(201).textAt("/id");

    assertThat(ids(claim(acme, kind, ",'limit':3"))).containsExactly(urgent, first, second);
    assertThat(ids(claim(acme, kind, ",'limit':3"))).containsExactly(late);
  }

  @Test
  void givesOnlyTheKindsThatAreWanted() {
    var one = newKind();
    var other = newKind();
    enqueued(one);
    var id = enqueued(other);

    assertThat(ids(claim(acme, newKind(), ",'limit':9"))).isEmpty();
    assertThat(ids(claim(acme, other, ",'limit':9"))).containsExactly(id);
  }

  @Test
  void givesNothingBeforeItsTime() {
    var kind = newKind();
    var at = world.clock().instant().plusSeconds(60);
    enqueue(kind, ",'scheduledAt':'" + at + "'").is(201);

    pass(Duration.ofSeconds(59));
    assertThat(ids(claim(acme, kind, ""))).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(ids(claim(acme, kind, ""))).hasSize(1);
  }

  @Test
  void givesWhatLiesWithinReachAlone() {
    acme.post("/v1/projects", "{'slug':'mine'}").is(201);
    var kind = newKind();
    var other = world.organization();
    var mine = enqueue(kind, ",'projectId':'mine'").is(201).textAt("/id");
    enqueued(kind);
    var bound = world.holder(organization, "'runs:claim'", ",'projectIds':['mine']");
    var stranger = world.holder(other, "'runs:claim'", "");

    assertThat(ids(claim(stranger, kind, ",'limit':9"))).isEmpty();
    assertThat(ids(claim(client.within(other), kind, ",'limit':9"))).isEmpty();
    assertThat(ids(claim(bound, kind, ",'limit':9"))).containsExactly(mine);
  }

  @Test
  void letsThePlatformWorkForAllOrganizationsInTurns() {
    var kind = newKind();
    for (var i = 0; i < 20; i++) {
      enqueued(kind);
    }
    var other = world.organization();
    var only = client.within(other).post("/v1/runs", "{'kind':'%s'}", kind).is(201).textAt("/id");

    assertThat(ids(claim(client, kind, ",'limit':2"))).contains(only);
  }

  @Test
  void waitsUntilSomethingIsReady() {
    var kind = newKind();
    var claim = CompletableFuture.supplyAsync(() -> claim(acme, kind, ",'waitSeconds':60"));
    var id = enqueued(kind);
    while (!claim.isDone()) {
      world.keepQueue();
      Thread.onSpinWait();
    }

    assertThat(ids(claim.join())).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource({"limit, 1, 100", "leaseSeconds, 1, 3600", "waitSeconds, 0, 60"})
  void takesNumbersWithinTheirBoundsAlone(String field, long least, long most) {
    var kind = newKind();
    enqueued(kind);
    enqueued(kind);
    assertThat(ids(claim(acme, kind, ",'" + field + "':" + least))).hasSize(1);
    assertThat(ids(claim(acme, kind, ",'" + field + "':" + most))).hasSize(1);
    for (var wrong : new String[] {"" + (least - 1), "" + (most + 1), "1.5", "'1'"}) {
      var refused = claim(acme, kind, ",'" + field + "':" + wrong).is(400);
      assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/" + field);
      assertThat(refused.textAt("/error")).contains(least + " to " + most);
    }
  }

  @Test
  void letsALeaseLastAsLongAsItIsAskedFor() {
    var kind = newKind();
    enqueued(kind);
    var now = world.clock().instant();

    assertThat(claim(acme, kind, ",'leaseSeconds':3600").is(200).textAt("/runs/0/lease/expiresAt"))
        .isEqualTo(written(now.plusSeconds(3_600)));
  }

  @Test
  void needsAWorkerWithAName() {
    var kind = "','kinds':['" + newKind() + "']}";
    acme.post("/v1/runs:claim", "{'workerId':'" + "w".repeat(200) + kind).is(200);
    for (var wrong : new String[] {"", " ", "w".repeat(201), "a\\nb"}) {
      var refused = acme.post("/v1/runs:claim", "{'workerId':'" + wrong + kind).is(400);
      assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/workerId");
      assertThat(refused.textAt("/errors/0/code")).isEqualTo("worker.invalid");
    }
    assertThat(acme.post("/v1/runs:claim", "{}").is(400).textAt("/error"))
        .isEqualTo("workerId is required");
  }

  @Test
  void takesUpTo100Kinds() {
    acme.post("/v1/runs:claim", kinds(100)).is(200);
    for (var wrong :
        List.of(kinds(101), "{'workerId':'w','kinds':[' ']}", "{'workerId':'w','kinds':'x'}")) {
      assertThat(acme.post("/v1/runs:claim", wrong).is(400).textAt("/errors/0/pointer"))
          .isEqualTo("/kinds");
    }
  }

  private static String kinds(int count) {
    var kinds = String.join(",", Collections.nCopies(count, "'nothing'"));
    return "{'workerId':'w','kinds':[" + kinds + "]}";
  }

  private static List<String> ids(Answer claimed) {
    return claimed.is(200).at("/runs").valueStream().map(run -> run.at("/id").asString()).toList();
  }
}
