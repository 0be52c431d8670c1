package dev.runs.adapters.rest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.queue.ErrorText;
import dev.runs.domain.queue.OutputRef;
import dev.runs.domain.queue.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest extends QueueRestTest {

  private static final Duration LEASE = Duration.ofSeconds(30);

  /** Longer than any run waits after its first attempt. */
  private static final Duration BACKOFF = Duration.ofSeconds(1);

  @Nested
  class WhileTheWorkerIsHeardOf {

    @Test
    void lastsFromTheHeartbeatOn() {
      var held = held();
      pass(LEASE.minusSeconds(1));

      var kept = say(held, "heartbeat", "").is(200);
      assertThat(kept.textAt("/expiresAt"))
          .startsWith(world.clock().instant().plus(LEASE).toString().substring(0, 23));
      assertThat(kept.textAt("/leaseToken")).isEqualTo(held.token());
      assertThat(kept.at("/cancelBy").isNull()).isTrue();
      pass(LEASE.minusSeconds(1));
      assertThat(show(held.id()).textAt("/state")).isEqualTo("running");
    }

    @Test
    void lastsAsLongAsTheHeartbeatAsksFor() {
      var held = held();

      say(held, "heartbeat", ",'leaseSeconds':3600").is(200);
      pass(Duration.ofMinutes(59));
      assertThat(show(held.id()).textAt("/state")).isEqualTo("running");
      for (var wrong : new String[] {"0", "3601", "1.5", "'1'"}) {
        assertThat(
                say(held, "heartbeat", ",'leaseSeconds':" + wrong)
                    .is(400)
                    .textAt("/errors/0/pointer"))
            .isEqualTo("/leaseSeconds");
      }
    }

    @Test
    void endsWhenTheAttemptTakesTooLong() {
      var kind = newKind();
      enqueue(kind, ",'timeout':5").is(201);
      var held = claimed(kind);
      say(held, "heartbeat", "").is(200);

      pass(Duration.ofSeconds(6));

      var run = show(held.id());
      assertThat(run.textAt("/state")).isEqualTo("timed_out");
      assertThat(run.textAt("/status")).isEqualTo("failed");
      assertThat(run.textAt("/error")).isNotEmpty();
      assertThat(say(held, "succeed", "").is(409).textAt("/currentState")).isEqualTo("timed_out");
    }
  }

  @Nested
  class WhenTheWorkerIsNotHeardOf {

    @Test
    void isTakenAwayAndTheRunTriedAgain() {
      var held = held();
      pass(LEASE.plusSeconds(1));

      for (var verb : List.of("heartbeat", "succeed", "release")) {
        var refused = say(held, verb, "").is(409);
        assertThat(refused.textAt("/code")).isEqualTo("lease.stale");
        assertThat(refused.textAt("/currentState")).isEqualTo("queued");
      }
      pass(BACKOFF);
      var again = claimed(show(held.id()).textAt("/kind"));
      assertThat(again.id()).isEqualTo(held.id());
      assertThat(again.attempt()).isEqualTo(2);
      assertThat(say(held, "succeed", "").is(409).textAt("/currentState")).isEqualTo("running");
      say(again, "succeed", "").is(200);
    }

    @Test
    void failsAsLostWhenItsAttemptsAreSpent() {
      var kind = newKind();
      enqueue(kind, ",'maxAttempts':1").is(201);
      var held = claimed(kind);

      pass(LEASE.plusSeconds(1));

      var run = show(held.id());
      assertThat(run.textAt("/state")).isEqualTo("failed");
      assertThat(run.textAt("/failureKind")).isEqualTo("lost");
    }
  }

  @Nested
  class Succeeding {

    @Test
    void keepsWhatTheWorkGaveBack() {
      var held = held();
      var run =
          say(held, "succeed", ",'outputRef':'s3://outputs/1','output':{'rows':[1.50]}").is(200);

      assertThat(run.textAt("/state")).isEqualTo("succeeded");
      assertThat(run.textAt("/status")).isEqualTo("completed");
      assertThat(run.textAt("/outputRef")).isEqualTo("s3://outputs/1");
      assertThat(run.textAt("/finishedAt")).isEqualTo(run.textAt("/completedAt")).isNotEmpty();
      assertThat(run.textAt("/claimedBy")).isEqualTo("worker");
      assertThat(show(held.id()).text()).contains("\"output\":{\"rows\":[1.50]},");
    }

    @Test
    void takesAnOutputOf256KibibytesAndNotAByteMore() {
      var held = held();
      var most = "x".repeat(Payload.MOST_BYTES - 2);

      var refused = say(held, "succeed", ",'output':'" + most + "x'").is(400);
      assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/output");
      assertThat(refused.textAt("/errors/0/code")).isEqualTo("payload.too_large");
      assertThat(show(held.id()).textAt("/state")).isEqualTo("running");
      say(held, "succeed", ",'output':'" + most + "'").is(200);
      assertThat(show(held.id()).textAt("/output")).isEqualTo(most);
    }

    @Test
    void takesReferencesOf1To2048Characters() {
      var held = held();
      var most = "r".repeat(OutputRef.MOST_CHARACTERS);

      for (var wrong : new String[] {"", " ", most + "r", "a\\nb"}) {
        var refused = say(held, "succeed", ",'outputRef':'" + wrong + "'").is(400);
        assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/outputRef");
        assertThat(refused.textAt("/errors/0/code")).isEqualTo("output_ref.invalid");
      }
      assertThat(say(held, "succeed", ",'outputRef':'" + most + "'").is(200).textAt("/outputRef"))
          .isEqualTo(most);
    }

    @Test
    void saidTwiceIsAnsweredTwiceAlike() {
      var held = held();
      var first = say(held, "succeed", ",'output':1").is(200);

      assertThat(say(held, "succeed", ",'output':1").is(200).text()).isEqualTo(first.text());
      var other = say(held, "fail", ",'error':'no'").is(409);
      assertThat(other.textAt("/code")).isEqualTo("lease.stale");
      assertThat(other.textAt("/currentState")).isEqualTo("succeeded");
      say(held, "heartbeat", "").is(409);
    }
  }

  @Nested
  class Failing {

    @Test
    void letsTheRunBeTriedAgainUntilItsAttemptsAreSpent() {
      var kind = newKind();
      var id = enqueue(kind, ",'maxAttempts':2").is(201).textAt("/id");
      var first = say(claimed(kind), "fail", ",'error':'no answer'").is(200);

      assertThat(first.textAt("/state")).isEqualTo("queued");
      assertThat(first.textAt("/error")).isEqualTo("no answer");
      assertThat(first.at("/attempt").intValue()).isEqualTo(1);
      assertThat(first.at("/claimedBy").isNull()).isTrue();
      assertThat(first.at("/failureKind").isNull()).isTrue();
      pass(BACKOFF);
      var second = say(claimed(kind), "fail", ",'error':'still none','kind':'system'").is(200);
      assertThat(second.textAt("/id")).isEqualTo(id);
      assertThat(second.textAt("/state")).isEqualTo("failed");
      assertThat(second.textAt("/error")).isEqualTo("still none");
      assertThat(second.textAt("/failureKind")).isEqualTo("system");
      assertThat(second.at("/attempt").intValue()).isEqualTo(2);
    }

    @Test
    void isFinalWhenAnotherAttemptCouldNotHelp() {
      var run = say(held(), "fail", ",'error':'no such script','retryable':false").is(200);

      assertThat(run.textAt("/state")).isEqualTo("failed");
      assertThat(run.textAt("/failureKind")).isEqualTo("user");
    }

    @Test
    void isFinalWhenItIsAVerdict() {
      var run = say(held(), "fail", ",'error':'2 of 3 passed','kind':'verdict'").is(200);

      assertThat(run.textAt("/state")).isEqualTo("failed");
      assertThat(run.textAt("/failureKind")).isEqualTo("verdict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'lost'", "'USER'", "7"})
    void takesNoOtherKinds(String kind) {
      assertThat(
              say(held(), "fail", ",'error':'e','kind':" + kind)
                  .is(400)
                  .textAt("/errors/0/pointer"))
          .isEqualTo("/kind");
    }

    @Test
    void needsAnErrorAndTakesATruthValue() {
      var held = held();

      assertThat(say(held, "fail", "").is(400).textAt("/error")).isEqualTo("error is required");
      assertThat(
              say(held, "fail", ",'error':'e','retryable':'no'")
                  .is(400)
                  .textAt("/errors/0/pointer"))
          .isEqualTo("/retryable");
    }

    @Test
    void keeps16KibibytesOfAnErrorWithAMark() {
      var held = held();
      var kept = say(held, "fail", ",'error':'" + "ü".repeat(9_000) + "'").is(200).textAt("/error");

      assertThat(kept).startsWith("üüü").endsWith(ErrorText.MARK);
      assertThat(kept.getBytes(StandardCharsets.UTF_8).length)
          .isBetween(ErrorText.MOST_BYTES - 3, ErrorText.MOST_BYTES);
      var whole = "x".repeat(ErrorText.MOST_BYTES);
      assertThat(say(held(), "fail", ",'error':'" + whole + "'").is(200).textAt("/error"))
          .isEqualTo(whole);
    }
  }

  @Test
  void givesARunBackWithoutSpendingAnAttempt() {
    var kind = newKind();
    enqueue(kind, ",'maxAttempts':1").is(201);
    var first = say(claimed(kind), "release", "").is(200);

    assertThat(first.textAt("/state")).isEqualTo("queued");
    var second = claimed(kind);
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(say(second, "succeed", "").is(200).textAt("/state")).isEqualTo("succeeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"heartbeat", "succeed", "fail", "release"})
  void mustBeShownWhole(String verb) {
    var refused = acme.post("/v1/runs/" + enqueued("x") + ":" + verb, "{'error':'e'}").is(400);

    assertThat(refused.at("/errors"))
        .extracting(error -> error.at("/pointer").asString())
        .containsExactly("/workerId", "/attempt", "/leaseToken");
    assertThat(refused.at("/errors"))
        .allMatch(error -> error.at("/code").asString().equals("field.required"));
  }

  @ParameterizedTest
  @CsvSource({
    "attempt, 0",
    "attempt, '\"1\"'",
    "attempt, 1.5",
    "leaseToken, '\"guess\"'",
    "leaseToken, 7"
  })
  void mustBeShownAsItWasGiven(String field, String wrong) {
    var held = held();
    var body = held.body("").replaceFirst("'" + field + "':[^,}]*", "'" + field + "':" + wrong);

    assertThat(acme.post(held.path("succeed"), body).is(400).textAt("/errors/0/pointer"))
        .isEqualTo("/" + field);
  }

  @Test
  void isNotGuessed() {
    var held = held();
    var guess = held.body("").replace(held.token(), NOBODY);

    for (var verb : List.of("heartbeat", "succeed", "release")) {
      assertThat(acme.post(held.path(verb), guess).is(409).textAt("/currentState"))
          .isEqualTo("running");
    }
  }

  @Test
  void isOfNoUseBeyondItsReach() {
    acme.post("/v1/projects", "{'slug':'elsewhere'}").is(201);
    var held = held();
    var stranger = world.holder(world.organization(), "'runs:claim'", "");
    var bound = world.holder(organization, "'runs:claim'", ",'projectIds':['elsewhere']");

    for (var verb : List.of("heartbeat", "succeed", "release")) {
      stranger.post(held.path(verb), held.body("")).is(404);
      bound.post(held.path(verb), held.body("")).is(404);
    }
    acme.post("/v1/runs/" + NOBODY + ":succeed", held.body("")).is(404);
  }

  @Test
  void isAskedForOfQueuedRunsAlone() {
    var tracked = world.run(organization);
    var shown = "{'workerId':'w','attempt':1,'leaseToken':'" + NOBODY + "'}";

    assertThat(acme.post("/v1/runs/" + tracked + ":succeed", shown).is(409).textAt("/code"))
        .isEqualTo("run.not_queued");
  }

  @Test
  void isTheLastColonThatBeginsTheVerbAndItMayBeEncoded() {
    var held = held();

    acme.post(held.path("heartbeat").replace(":", "%3A"), held.body("")).is(200);
    acme.post(held.path("heartbeat").replace(":", "%3a"), held.body("")).is(200);
    assertThat(acme.post("/v1/runs/a:b:heartbeat", held.body("")).is(400).textAt("/error"))
        .isEqualTo("id must be a UUID");
    for (var path : List.of(held.path("explode"), "/v1/runs/" + held.id() + ":", "/v1/runs:x")) {
      assertThat(acme.post(path, held.body("")).is(404).textAt("/code"))
          .isEqualTo("request.unknown_verb");
    }
    acme.get(held.path("heartbeat")).is(405);
  }
}
