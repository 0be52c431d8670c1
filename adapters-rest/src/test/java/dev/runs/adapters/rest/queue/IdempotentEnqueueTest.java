package dev.runs.adapters.rest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IdempotentEnqueueTest extends QueueRestTest {

  @Test
  void makesOneRunForOneKey() {
    var first = enqueue("x", ",'idempotencyKey':'one'").is(201);
    var second = enqueue("x", ",'idempotencyKey':'one'").is(200);

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(first.textAt("/idempotencyKey")).isEqualTo("one");
  }

  @Test
  void takesTheKeyFromTheHeaderOrTheBody() {
    var header = acme.once("two").post("/v1/runs", "{'kind':'x'}").is(201);
    var quoted = acme.once("\"two\"").post("/v1/runs", "{'kind':'x'}").is(200);
    var body = enqueue("x", ",'idempotencyKey':'two'").is(200);
    var both = acme.once("two").post("/v1/runs", "{'kind':'x','idempotencyKey':'two'}").is(200);

    assertThat(header.textAt("/idempotencyKey")).isEqualTo("two");
    for (var again : new Answer[] {quoted, body, both}) {
      assertThat(again.textAt("/id")).isEqualTo(header.textAt("/id"));
    }
  }

  @Test
  void refusesTwoKeysThatDiffer() {
    var refused =
        acme.once("three").post("/v1/runs", "{'kind':'x','idempotencyKey':'four'}").is(400);

    assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/idempotencyKey");
  }

  @Test
  void doesNotMindHowTheSameRequestIsWritten() {
    enqueue("x", ",'input':{'a':1,'b':2},'idempotencyKey':'written'").is(201);

    acme.post("/v1/runs", "{ 'idempotencyKey':'written', 'input':{'b':2,'a':1},'kind':'x'}")
        .is(200);
  }

  @Test
  void refusesAnotherRequestWithTheKey() {
    enqueue("x", ",'input':{'a':1},'idempotencyKey':'other'").is(201);

    for (var more : new String[] {"", ",'input':{'a':2}", ",'input':{'a':1},'priority':1"}) {
      var refused = enqueue("x", more + ",'idempotencyKey':'other'").is(422);
      assertThat(refused.textAt("/code")).isEqualTo("idempotency.other_request");
      assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/idempotencyKey");
    }
  }

  @Test
  void showsTheRunAsItIsThen() {
    var kind = newKind();
    enqueue(kind, ",'idempotencyKey':'done'").is(201);
    say(claimed(kind), "succeed", "").is(200);

    assertThat(enqueue(kind, ",'idempotencyKey':'done'").is(200).textAt("/state"))
        .isEqualTo("succeeded");
  }

  @Test
  void remembersTheKeyForAsLongAsTheRunExists() {
    var id = acme.once("kept").post("/v1/runs", "{'kind':'x'}").is(201).textAt("/id");
    world.clock().advance(Duration.ofDays(40));

    assertThat(acme.once("kept").post("/v1/runs", "{'kind':'x'}").is(200).textAt("/id"))
        .isEqualTo(id);
    acme.once("kept").post("/v1/runs", "{'kind':'y'}").is(422);
    acme.delete("/v1/runs/" + id).is(204);
    acme.once("kept").post("/v1/runs", "{'kind':'y'}").is(201);
  }

  @Test
  void makesARunForEachOrganization() {
    var other = client.within(world.organization());
    var here = enqueue("x", ",'idempotencyKey':'shared'").is(201);
    var there = other.post("/v1/runs", "{'kind':'x','idempotencyKey':'shared'}").is(201);

    assertThat(there.textAt("/id")).isNotEqualTo(here.textAt("/id"));
    other.post("/v1/runs", "{'kind':'x','idempotencyKey':'shared'}").is(200);
  }

  @Test
  void isNotMixedUpWithTheKeysOfOtherRequests() {
    var tracked = acme.once("mixed").post("/v1/runs", "{'serviceName':'s','taskName':'t'}").is(201);

    assertThat(acme.once("mixed").post("/v1/runs", "{'kind':'x'}").is(201).textAt("/id"))
        .isNotEqualTo(tracked.textAt("/id"));
  }
}
