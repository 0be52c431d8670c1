package dev.runs.adapters.rest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.application.queue.CancelRuns;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CancelTest extends QueueRestTest {

  private Answer cancel(String id) {
    return acme.post("/v1/runs/" + id + ":cancel", "");
  }

  @Test
  void endsAWaitingRunAtOnce() {
    var kind = newKind();
    var run = cancel(enqueued(kind)).is(200);

    assertThat(run.textAt("/state")).isEqualTo("canceled");
    assertThat(run.textAt("/status")).isEqualTo("failed");
    assertThat(run.textAt("/cancelRequestedAt")).isEqualTo(run.textAt("/finishedAt")).isNotEmpty();
    assertThat(claim(acme, kind, "").is(200).at("/runs")).isEmpty();
  }

  @Test
  void endsARunThatItsClientExecutesAtOnce() {
    var run = cancel(world.run(organization)).is(200);

    assertThat(run.textAt("/state")).isEqualTo("canceled");
  }

  @Test
  void asksTheWorkerOfARunningOne() {
    var held = held();

    var run = cancel(held.id()).is(202);
    assertThat(run.textAt("/state")).isEqualTo("running");
    assertThat(run.textAt("/cancelRequestedAt")).isNotEmpty();
    var heartbeat = say(held, "heartbeat", "").is(200);
    assertThat(heartbeat.at("/cancelRequested").booleanValue()).isTrue();
    assertThat(heartbeat.textAt("/cancelBy"))
        .startsWith(
            world.clock().instant().plus(CancelRuns.USUAL_GRACE).toString().substring(0, 23));
    assertThat(say(held, "fail", ",'error':'stopped'").is(200).textAt("/state"))
        .isEqualTo("canceled");
    assertThat(cancel(held.id()).is(200).textAt("/error")).isEqualTo("stopped");
  }

  @Test
  void letsWorkCountThatWasDoneAllTheSame() {
    var held = held();
    cancel(held.id()).is(202);

    assertThat(say(held, "succeed", "").is(200).textAt("/state")).isEqualTo("succeeded");
  }

  @Test
  void doesNotWaitLongerThanTheGrace() {
    var held = held();
    cancel(held.id()).is(202);
    say(held, "heartbeat", ",'leaseSeconds':3600").is(200);

    pass(CancelRuns.USUAL_GRACE.minusSeconds(1));
    assertThat(show(held.id()).textAt("/state")).isEqualTo("running");
    pass(Duration.ofSeconds(2));
    assertThat(show(held.id()).textAt("/state")).isEqualTo("canceled");
    assertThat(say(held, "heartbeat", "").is(409).textAt("/currentState")).isEqualTo("canceled");
  }

  @Test
  void goesDownTheWholeSubtreeAndKeepsNewRunsOut() {
    var root = world.run(organization);
    var waiting = enqueue("x", ",'parentRunId':'" + root + "'").is(201).textAt("/id");
    var below = enqueue("x", ",'parentRunId':'" + waiting + "'").is(201).textAt("/id");
    var done = world.child(organization, root);
    acme.patch("/v1/runs/" + done, "{'status':'completed'}").is(200);

    cancel(root).is(200);

    assertThat(show(waiting).textAt("/state")).isEqualTo("canceled");
    assertThat(show(below).textAt("/state")).isEqualTo("canceled");
    assertThat(show(done).textAt("/state")).isEqualTo("succeeded");
    assertThat(enqueue("x", ",'parentRunId':'" + below + "'").is(409).textAt("/code"))
        .isEqualTo("run.canceled_above");
  }

  @Test
  void isDoneOnceHoweverOftenItIsAskedFor() {
    var id = enqueued("x");
    var first = cancel(id).is(200);

    assertThat(cancel(id).is(200).text()).isEqualTo(first.text());
    assertThat(client.get("/v1/audit?action=run.canceled&target=run:" + id).is(200).at("/entries"))
        .hasSize(1);
  }

  @Test
  void tellsWhyInTheEventsOfAllRunsThatItEnds() {
    var root = world.run(organization);
    enqueue("x", ",'parentRunId':'" + root + "'").is(201);

    acme.post(path(root), "{'reason':'the budget is spent'}").is(200);

    world.tellEvents();
    var told = acme.get("/v1/runs/" + root + "/events?tree=true&type=run.canceled").is(200);
    assertThat(told.at("/events").valueStream().map(event -> event.at("/details/reason")))
        .extracting(JsonNode::asString)
        .containsExactly("the budget is spent", "the budget is spent");
  }

  @Test
  void tellsWhyWhereAWorkerIsAskedToStop() {
    var held = held();

    acme.post(path(held.id()), "{'reason':'stuck'}").is(202);
    acme.post(path(held.id()), "{'reason':'another'}").is(202);

    world.tellEvents();
    var told = acme.get("/v1/runs/" + held.id() + "/events?type=run.cancel_requested").is(200);
    assertThat(told.at("/events")).hasSize(1);
    assertThat(told.textAt("/events/0/details/reason")).isEqualTo("stuck");
  }

  @Test
  void tellsNoReasonWhenNoneIsGiven() {
    var id = enqueued("x");

    acme.post(path(id), "{'reason':null}").is(200);

    world.tellEvents();
    var told = acme.get("/v1/runs/" + id + "/events?type=run.canceled").is(200);
    assertThat(told.at("/events/0/details").propertyNames()).containsExactly("from", "state");
  }

  @Test
  void takesAReasonOfUpToAThousandCharacters() {
    var longest = "\uD83D\uDED1".repeat(1_000);
    var id = enqueued("x");

    for (var wrong : List.of("'" + longest + "x'", "''", "' '", "7")) {
      var refused = acme.post(path(id), "{'reason':" + wrong + "}").is(400);
      assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/reason");
    }
    assertThat(show(id).textAt("/state")).isEqualTo("queued");
    acme.post(path(id), "{'reason':'" + longest + "'}").is(200);
    world.tellEvents();
    assertThat(
            acme.get("/v1/runs/" + id + "/events?type=run.canceled")
                .is(200)
                .textAt("/events/0/details/reason"))
        .isEqualTo(longest);
  }

  @Test
  void isRefusedOnceTheRunHasEndedOtherwise() {
    var held = held();
    say(held, "succeed", "").is(200);

    var refused = cancel(held.id()).is(409);

    assertThat(refused.textAt("/code")).isEqualTo("run.illegal_move");
    assertThat(refused.textAt("/currentState")).isEqualTo("succeeded");
    assertThat(refused.at("/allowedTransitions")).isEmpty();
  }

  @Test
  void isForWhoMayWriteWithinReach() {
    var id = enqueued("x");

    world.holder(organization, "'runs:claim','runs:read'", "").post(path(id), "").is(403);
    world.holder(world.organization(), "'runs:write'", "").post(path(id), "").is(404);
    acme.post(path(NOBODY), "").is(404);
    acme.post(path("x"), "").is(400);
    world.holder(organization, "'runs:write'", "").post(path(id), "").is(200);
  }

  private static String path(String id) {
    return "/v1/runs/" + id + ":cancel";
  }
}
