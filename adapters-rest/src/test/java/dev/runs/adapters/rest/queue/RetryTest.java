package dev.runs.adapters.rest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import org.junit.jupiter.api.Test;

class RetryTest extends QueueRestTest {

  private Answer retry(String id) {
    return acme.post("/v1/runs/" + id + ":retry", "{}");
  }

  @Test
  void makesANewRunThatNamesTheOldOne() {
    var kind = newKind();
    var root = world.run(organization);
    var old =
        enqueue(
                kind,
                """
                ,'input':{'a':1},'priority':3,'maxAttempts':1,'timeout':60,
                'idempotencyKey':'of-the-old','parentRunId':'%s'\
                """
                    .formatted(root))
            .is(201)
            .textAt("/id");
    say(claimed(kind), "fail", ",'error':'e'").is(200);

    var made = retry(old).is(201);

    assertThat(made.textAt("/id")).isNotEqualTo(old);
    assertThat(made.textAt("/retryOf")).isEqualTo(old);
    assertThat(made.textAt("/state")).isEqualTo("queued");
    assertThat(made.textAt("/kind")).isEqualTo(kind);
    assertThat(made.textAt("/parentRunId")).isEqualTo(root);
    assertThat(made.at("/attempt").intValue()).isZero();
    assertThat(made.at("/maxAttempts").intValue()).isEqualTo(1);
    assertThat(made.at("/priority").intValue()).isEqualTo(3);
    assertThat(made.at("/timeout").intValue()).isEqualTo(60);
    assertThat(made.at("/idempotencyKey").isNull()).isTrue();
    assertThat(made.at("/error").isNull()).isTrue();
    assertThat(show(made.textAt("/id")).at("/input/a").intValue()).isEqualTo(1);
    assertThat(claimed(kind).id()).isEqualTo(made.textAt("/id"));
    assertThat(client.get("/v1/audit?action=run.retried&target=run:" + old).is(200).at("/entries"))
        .hasSize(1);
  }

  @Test
  void takesRunsThatEndedInAnyWay() {
    var done = held();
    say(done, "succeed", "").is(200);
    var canceled = enqueued("x");
    acme.post("/v1/runs/" + canceled + ":cancel", "").is(200);

    retry(done.id()).is(201);
    retry(canceled).is(201);
  }

  @Test
  void isDoneOnceForOneKey() {
    var held = held();
    say(held, "succeed", "").is(200);
    var first = acme.once("retry").post("/v1/runs/" + held.id() + ":retry", "{}").is(201);
    var second = acme.once("retry").post("/v1/runs/" + held.id() + ":retry", "{}").is(201);

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(retry(held.id()).is(201).textAt("/id")).isNotEqualTo(first.textAt("/id"));
  }

  @Test
  void refusesRunsThatAreLive() {
    var waiting = enqueued("x");
    var running = held();

    assertThat(retry(waiting).is(409).textAt("/currentState")).isEqualTo("queued");
    assertThat(retry(running.id()).is(409).textAt("/code")).isEqualTo("run.not_finished");
  }

  @Test
  void refusesRunsThatWereNeverQueued() {
    var tracked = world.run(organization);
    acme.patch("/v1/runs/" + tracked, "{'status':'completed'}").is(200);

    assertThat(retry(tracked).is(409).textAt("/code")).isEqualTo("run.not_queued");
  }

  @Test
  void makesNothingBelowWhatIsCanceled() {
    var root = world.run(organization);
    var child = enqueue("x", ",'parentRunId':'" + root + "'").is(201).textAt("/id");
    acme.post("/v1/runs/" + root + ":cancel", "").is(200);

    assertThat(retry(child).is(409).textAt("/code")).isEqualTo("run.canceled_above");
  }

  @Test
  void isForWhoMayWriteWithinReach() {
    var held = held();
    say(held, "succeed", "").is(200);
    var path = "/v1/runs/" + held.id() + ":retry";

    world.holder(organization, "'runs:claim','runs:read'", "").post(path, "{}").is(403);
    world.holder(world.organization(), "'runs:write'", "").post(path, "{}").is(404);
    retry(NOBODY).is(404);
    world.holder(organization, "'runs:write'", "").post(path, "{}").is(201);
  }
}
