package dev.runs.adapters.rest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindsControllerTest extends QueueRestTest {

  private Answer put(String kind, String body) {
    return acme.put("/v1/kinds/" + kind, body);
  }

  @Test
  void keepsWhatIsSaidAndTakesTheRestAsUsual() {
    var kind = newKind();
    var made = put(kind, "{'maxAttempts':5,'concurrency':2}").is(200);

    assertThat(made.textAt("/kind")).isEqualTo(kind);
    assertThat(made.textAt("/organizationId")).isEqualTo(organization);
    assertThat(made.at("/maxAttempts").intValue()).isEqualTo(5);
    assertThat(made.at("/backoffSeconds").intValue()).isEqualTo(1);
    assertThat(made.at("/backoffFactor").intValue()).isEqualTo(2);
    assertThat(made.at("/backoffCapSeconds").intValue()).isEqualTo(300);
    assertThat(made.at("/timeout").isNull()).isTrue();
    assertThat(made.at("/concurrency").intValue()).isEqualTo(2);
    assertThat(made.at("/startsPerMinute").isNull()).isTrue();
    assertThat(made.at("/paused").booleanValue()).isFalse();
    assertThat(acme.get("/v1/kinds/" + kind).is(200).text()).isEqualTo(made.text());
    assertThat(put(kind, "{}").is(200).at("/maxAttempts").intValue()).isEqualTo(3);
  }

  @Test
  void isPutAndRemovedWithANoteInTheAuditLog() {
    var kind = newKind();
    put(kind, "{'paused':true}").is(200);
    acme.delete("/v1/kinds/" + kind).is(204);

    assertThat(acme.get("/v1/kinds/" + kind).is(404).textAt("/code")).isEqualTo("kind.not_found");
    acme.delete("/v1/kinds/" + kind).is(404);
    assertThat(client.get("/v1/audit?target=kind:" + kind).is(200).at("/entries"))
        .extracting(entry -> entry.at("/action").asString())
        .containsExactlyInAnyOrder("kind.changed", "kind.reset");
  }

  @Test
  void nameKindsWithSlashes() {
    put("sync.aux%2Fcolors", "{}").is(200);

    assertThat(acme.get("/v1/kinds/sync.aux%2Fcolors").is(200).textAt("/kind"))
        .isEqualTo("sync.aux/colors");
    assertThat(put("k".repeat(256), "{}").is(400).textAt("/errors/0/parameter")).isEqualTo("kind");
    put("k".repeat(255), "{}").is(200);
  }

  @Test
  void areListedByKindInPages() {
    var own = client.within(world.organization());
    for (var kind : new String[] {"b", "c/d", "a"}) {
      own.put("/v1/kinds/" + kind.replace("/", "%2F"), "{}").is(200);
    }

    var first = own.get("/v1/kinds?limit=2").is(200);
    var second = own.get("/v1/kinds?limit=2&cursor=" + first.textAt("/nextCursor")).is(200);

    assertThat(first.at("/kinds"))
        .extracting(kind -> kind.at("/kind").asString())
        .containsExactly("a", "b");
    assertThat(second.at("/kinds"))
        .extracting(kind -> kind.at("/kind").asString())
        .containsExactly("c/d");
    assertThat(second.at("/nextCursor").isNull()).isTrue();
    assertThat(own.get("/v1/kinds?limit=101").is(200).at("/limit").intValue()).isEqualTo(100);
    own.get("/v1/kinds?cursor=x").is(400);
  }

  @ParameterizedTest
  @CsvSource({
    "maxAttempts, 1, 100",
    "backoffSeconds, 0, 300",
    "backoffFactor, 1, 10",
    "backoffCapSeconds, 1, 86400",
    "timeout, 1, 2592000",
    "concurrency, 1, 1000000",
    "startsPerMinute, 1, 1000000"
  })
  void takeNumbersWithinTheirBoundsAlone(String field, long least, long most) {
    put("bounds", "{'" + field + "':" + least + "}").is(200);
    put("bounds", "{'" + field + "':" + most + "}").is(200);
    for (var wrong : new String[] {"-1", "2592001", "1.5", "'1'", "[]"}) {
      if (!wrong.equals("2592001") || most <= 1_000_000 || field.equals("timeout")) {
        assertThat(
                put("bounds", "{'" + field + "':" + wrong + "}")
                    .is(400)
                    .textAt("/errors/0/pointer"))
            .isEqualTo("/" + field);
      }
    }
  }

  @Test
  void takeABackoffUpToADayWhoseCapIsNotBelowItsBase() {
    put("backoff", "{'backoffSeconds':86400,'backoffCapSeconds':86400}").is(200);
    put("backoff", "{'backoffSeconds':5,'backoffCapSeconds':5,'backoffFactor':1}").is(200);
    for (var wrong :
        new String[] {
          "{'backoffSeconds':301}",
          "{'backoffSeconds':5,'backoffCapSeconds':4}",
          "{'backoffSeconds':86401,'backoffCapSeconds':86400}",
          "{'backoffCapSeconds':86401}"
        }) {
      put("backoff", wrong).is(400);
    }
  }

  @Test
  void decideForRunsThatSayNothingThemselves() {
    var kind = newKind();
    put(kind, "{'maxAttempts':9,'timeout':77}").is(200);

    var usual = enqueue(kind, "").is(201);
    assertThat(usual.at("/maxAttempts").intValue()).isEqualTo(9);
    assertThat(usual.at("/timeout").intValue()).isEqualTo(77);
    var own = enqueue(kind, ",'maxAttempts':1,'timeout':5").is(201);
    assertThat(own.at("/maxAttempts").intValue()).isEqualTo(1);
    assertThat(own.at("/timeout").intValue()).isEqualTo(5);
  }

  @Test
  void holdRunsBackWhilePaused() {
    var kind = newKind();
    put(kind, "{'paused':true}").is(200);
    enqueued(kind);

    assertThat(claim(acme, kind, "").is(200).at("/runs")).isEmpty();
    put(kind, "{}").is(200);
    assertThat(claim(acme, kind, "").is(200).at("/runs")).hasSize(1);
  }

  @Test
  void letOnlySoManyRunsBeExecutedAtOnce() {
    var kind = newKind();
    put(kind, "{'concurrency':1}").is(200);
    enqueued(kind);
    enqueued(kind);
    var held = claimed(kind);

    assertThat(claim(acme, kind, ",'limit':9").is(200).at("/runs")).isEmpty();
    say(held, "succeed", "").is(200);
    assertThat(claim(acme, kind, ",'limit':9").is(200).at("/runs")).hasSize(1);
  }

  @Test
  void spreadStartsOverTheMinute() {
    var kind = newKind();
    put(kind, "{'startsPerMinute':6}").is(200);
    enqueued(kind);
    enqueued(kind);

    assertThat(claim(acme, kind, ",'limit':9").is(200).at("/runs")).hasSize(1);
    assertThat(claim(acme, kind, ",'limit':9").is(200).at("/runs")).isEmpty();
    pass(Duration.ofSeconds(10));
    assertThat(claim(acme, kind, ",'limit':9").is(200).at("/runs")).hasSize(1);
  }

  @Test
  void areForAdministratorsOfTheWholeOrganization() {
    var kind = newKind();
    acme.post("/v1/projects", "{'slug':'part'}").is(201);
    put(kind, "{}").is(200);
    var bound = world.holder(organization, "'org:admin','runs:read'", ",'projectIds':['part']");
    var stranger = world.holder(world.organization(), "'org:admin','runs:read'", "");

    assertThat(bound.put("/v1/kinds/" + kind, "{}").is(403).textAt("/code"))
        .isEqualTo("access.bound_to_projects");
    bound.delete("/v1/kinds/" + kind).is(403);
    bound.get("/v1/kinds/" + kind).is(200);
    stranger.get("/v1/kinds/" + kind).is(404);
    stranger.delete("/v1/kinds/" + kind).is(404);
    stranger.put("/v1/kinds/" + kind, "{'paused':true}").is(200);
    assertThat(acme.get("/v1/kinds/" + kind).is(200).at("/paused").booleanValue()).isFalse();
  }
}
