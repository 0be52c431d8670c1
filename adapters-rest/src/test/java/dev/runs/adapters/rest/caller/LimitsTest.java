package dev.runs.adapters.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestWorld;
import dev.runs.adapters.rest.rate.AddressBlock;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.Rate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

  private static final String JUNK = "runs_live_AAAAAAAAAAAAAAAAAAAAAAAA_000000";

  @Test
  void ofAKeyAreToldUpToTheLastRequestAndRefuseTheNext() {
    var world = world(Budget.KEY, 2, Duration.ofSeconds(10));
    var holder = holder(world);

    assertThat(standing(holder.get("/v1/runs").is(200))).isEqualTo("2 1 5");
    assertThat(standing(holder.get("/v1/runs/x").is(400))).isEqualTo("2 0 10");
    var refused = holder.get("/v1/runs").is(429);

    assertThat(standing(refused)).isEqualTo("2 0 10");
    assertThat(refused.header("Retry-After")).isEqualTo("5");
    assertThat(refused.contentType()).isEqualTo("application/problem+json");
    assertThat(refused.textAt("/code")).isEqualTo("rate.limited");
    assertThat(refused.textAt("/limit")).isEqualTo("key");
    assertThat(refused.textAt("/detail"))
        .isEqualTo("Too many requests with this key; try again in 5 seconds");
    world.clock().advance(Duration.ofSeconds(5));
    holder.get("/v1/runs").is(200);
    holder.get("/v1/runs").is(429);
  }

  @Test
  void ofAKeyHoldForNoOtherKeyAndForNoPlatformKey() {
    var world = world(Budget.KEY, 1, Duration.ofHours(1));
    var organization = world.organization();
    var one = world.holder(organization, "'runs:read'", "");
    var other = world.holder(organization, "'runs:read'", "");
    one.get("/v1/runs").is(200);
    one.get("/v1/runs").is(429);

    other.get("/v1/runs").is(200);
    for (var i = 0; i < 3; i++) {
      assertThat(world.client().get("/v1/run-states").is(200).header("RateLimit-Limit"))
          .isEqualTo("null");
    }
  }

  @Test
  void ofAPlatformKeyHoldForNoOtherKey() {
    var world = world(Budget.PLATFORM_KEY, 4, Duration.ofHours(1));
    var holder = holder(world);
    world.client().get("/v1/run-states").is(200);

    assertThat(world.client().get("/v1/run-states").is(429).textAt("/limit"))
        .isEqualTo("platformKey");
    holder.get("/v1/runs").is(200);
  }

  @Test
  void ofAnAddressHoldForAllKeysAndBeforeAnyIsLookedAt() {
    var world = world(Budget.ADDRESS, 3, Duration.ofHours(1));
    world.client().get("/v1/run-states").is(200);
    world.client().with("X-API-Key", JUNK).get("/v1/run-states").is(401);
    world.client().without("X-API-Key").get("/v1/run-states").is(401);

    assertThat(world.client().get("/v1/run-states").is(429).textAt("/limit")).isEqualTo("address");
    assertThat(world.client().with("X-API-Key", JUNK).get("/v1/runs").is(429).textAt("/limit"))
        .isEqualTo("address");
  }

  @Test
  void ofAnAddressAreThoseOfTheClientBehindATrustedProxy() {
    var rates = Map.of(Budget.ADDRESS, new Rate(1, Duration.ofHours(1)));
    var world = new RestWorld(rates, List.of(AddressBlock.parse("127.0.0.1")));
    var one = world.client().with("X-Forwarded-For", "203.0.113.7");

    one.get("/v1/run-states").is(200);
    one.get("/v1/run-states").is(429);
    world.client().with("X-Forwarded-For", "203.0.113.8").get("/v1/run-states").is(200);
    world
        .client()
        .with("X-Forwarded-For", "203.0.113.9, 203.0.113.7")
        .get("/v1/run-states")
        .is(429);
  }

  @Test
  void ofAnAddressAreNotEscapedByAHeaderThatNobodyIsTrustedWith() {
    var world = world(Budget.ADDRESS, 1, Duration.ofHours(1));

    world.client().with("X-Forwarded-For", "203.0.113.7").get("/v1/run-states").is(200);
    world.client().with("X-Forwarded-For", "203.0.113.8").get("/v1/run-states").is(429);
  }

  @Test
  void noteTheAddressOfTheClientInTheAuditLog() {
    var world = new RestWorld(Map.of(), List.of(AddressBlock.parse("127.0.0.1")));
    world
        .client()
        .with("X-Forwarded-For", "203.0.113.7")
        .put("/v1/costs/x", "{'costPerUnitInUsdCents':1}")
        .is(200);

    assertThat(world.client().get("/v1/audit?limit=1").is(200).textAt("/entries/0/address"))
        .isEqualTo("203.0.113.7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/healthz", "/readyz", "/v1/openapi.json", "/openapi.json"})
  void leaveOpenPathsAlone(String path) {
    var world = world(Budget.ADDRESS, 1, Duration.ofHours(1));
    world.client().get("/v1/run-states").is(200);

    for (var i = 0; i < 3; i++) {
      assertThat(world.client().without("X-API-Key").get(path).is(200).header("RateLimit-Limit"))
          .isEqualTo("null");
    }
  }

  @Test
  void ofNewRunsCountEachRunOfABatch() {
    var world = world(Budget.NEW_RUNS, 5, Duration.ofSeconds(5));
    var holder = holder(world);

    assertThat(standing(holder.post("/v1/runs", run()).is(201))).isEqualTo("5 4 1");
    assertThat(standing(holder.post("/v1/runs:batch", runs(3)).is(201))).isEqualTo("5 1 4");
    var refused = holder.post("/v1/runs:batch", runs(2)).is(429);
    assertThat(refused.textAt("/limit")).isEqualTo("newRuns");
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(holder.get("/v1/runs").is(200).at("/runs")).hasSize(4);
    world.clock().advance(Duration.ofSeconds(5));
    holder.post("/v1/runs:batch", runs(5)).is(201);
    holder.post("/v1/runs", run()).is(429);
  }

  @Test
  void ofNewRunsLetABatchPassThatIsLargerAndCountItAll() {
    var world = world(Budget.NEW_RUNS, 5, Duration.ofSeconds(5));
    var holder = holder(world);

    assertThat(standing(holder.post("/v1/runs:batch", runs(10)).is(201))).isEqualTo("5 0 10");
    world.clock().advance(Duration.ofSeconds(5));
    holder.post("/v1/runs", run()).is(429);
    world.clock().advance(Duration.ofSeconds(1));
    holder.post("/v1/runs", run()).is(201);
  }

  @Test
  void ofNewRunsAreAskedBeforeTheBodyIsRead() {
    var world = world(Budget.NEW_RUNS, 1, Duration.ofHours(1));
    var holder = holder(world);
    holder.post("/v1/runs", run()).is(201);

    holder.post("/v1/runs", "{not json").is(429);
    holder.get("/v1/runs").is(200);
  }

  @Test
  void ofNewRunsAndOfCancellationsHoldForNoPlatformKey() {
    var hour = Duration.ofHours(1);
    var world =
        new RestWorld(
            Map.of(Budget.NEW_RUNS, new Rate(1, hour), Budget.CANCELLATIONS, new Rate(1, hour)),
            List.of());
    var organization = world.organization();

    for (var i = 0; i < 3; i++) {
      world.client().delete("/v1/runs/" + world.run(organization)).is(204);
    }
    world.client().within(organization).post("/v1/runs:batch", runs(2)).is(201);
  }

  @Test
  void ofCancellationsHoldForDeletions() {
    var world = world(Budget.CANCELLATIONS, 1, Duration.ofHours(1));
    var organization = world.organization();
    var holder = world.holder(organization, "'runs:write'", "");
    var one = world.run(organization);
    var other = world.run(organization);

    holder.delete("/v1/runs/" + one).is(204);
    assertThat(holder.delete("/v1/runs/" + other).is(429).textAt("/limit"))
        .isEqualTo("cancellations");
    world.client().get("/v1/runs/" + other).is(200);
  }

  @Test
  void ofCancellationsHoldForCancels() {
    var world = world(Budget.CANCELLATIONS, 1, Duration.ofHours(1));
    var organization = world.organization();
    var holder = world.holder(organization, "'runs:write'", "");
    var other = world.run(organization);

    holder.post("/v1/runs/" + world.run(organization) + ":cancel", "").is(200);
    assertThat(holder.post("/v1/runs/" + other + ":cancel", "").is(429).textAt("/limit"))
        .isEqualTo("cancellations");
    assertThat(world.client().get("/v1/runs/" + other).is(200).textAt("/state"))
        .isEqualTo("running");
    world.client().post("/v1/runs/" + other + ":cancel", "").is(200);
  }

  @Test
  void ofNewRunsHoldForWhatIsEnqueuedOrDoneAgain() {
    var world = world(Budget.NEW_RUNS, 2, Duration.ofHours(1));
    var holder = holder(world);
    var run = holder.post("/v1/runs", "{'kind':'x'}").is(201).textAt("/id");
    holder.post("/v1/runs/" + run + ":cancel", "").is(200);

    holder.post("/v1/runs/" + run + ":retry", "{}").is(201);
    assertThat(holder.post("/v1/runs/" + run + ":retry", "{}").is(429).textAt("/limit"))
        .isEqualTo("newRuns");
    assertThat(holder.post("/v1/runs", "{'kind':'x'}").is(429).textAt("/limit"))
        .isEqualTo("newRuns");
    assertThat(holder.get("/v1/runs?kind=x").is(200).at("/runs")).hasSize(2);
  }

  @Test
  void ofSeveralBudgetsTellTheOneThatHasTheLeastLeft() {
    var second = Duration.ofSeconds(1);
    var world =
        new RestWorld(
            Map.of(
                Budget.ADDRESS, new Rate(100, second),
                Budget.KEY, new Rate(50, second),
                Budget.NEW_RUNS, new Rate(70, second)),
            List.of());
    var holder = holder(world);

    assertThat(holder.post("/v1/runs", run()).is(201).header("RateLimit-Limit")).isEqualTo("50");
    assertThat(world.client().get("/v1/run-states").is(200).header("RateLimit-Limit"))
        .isEqualTo("100");
  }

  @Test
  void ofRefusedKeysKeepJunkFromBeingLookedAt() {
    var world = world(Budget.REFUSED_KEYS, 2, Duration.ofMinutes(1));
    var junk = world.client().with("X-API-Key", JUNK);

    assertThat(standing(junk.get("/v1/runs").is(401))).isEqualTo("2 1 30");
    assertThat(standing(junk.get("/v1/runs").is(401))).isEqualTo("2 0 60");
    var refused = junk.get("/v1/runs").is(429);
    assertThat(refused.textAt("/limit")).isEqualTo("refusedKeys");
    assertThat(refused.header("Retry-After")).isEqualTo("30");
    world.clock().advance(Duration.ofSeconds(30));
    junk.get("/v1/runs").is(401);
  }

  @Test
  void ofRefusedKeysDoNotHoldUpWhoWasLetInBefore() {
    var world = world(Budget.REFUSED_KEYS, 1, Duration.ofMinutes(1));
    var organization = world.organization();
    var known = world.holder(organization, "'runs:read'", "");
    var fresh = world.holder(organization, "'runs:read'", "");
    known.get("/v1/runs").is(200);
    world.client().with("X-API-Key", JUNK).get("/v1/runs").is(401);

    known.get("/v1/runs").is(200);
    world.client().get("/v1/run-states").is(200);
    fresh.get("/v1/runs").is(429);
    world.clock().advance(Duration.ofMinutes(1));
    fresh.get("/v1/runs").is(200);
  }

  @Test
  void ofRefusedKeysDoNotCountWhoShowsNoKey() {
    var world = world(Budget.REFUSED_KEYS, 1, Duration.ofMinutes(1));
    for (var i = 0; i < 3; i++) {
      world.client().without("X-API-Key").get("/v1/runs").is(401);
    }
    world.client().with("X-API-Key", JUNK).get("/v1/runs").is(401);
    world.client().without("X-API-Key").get("/v1/runs").is(401);
  }

  @Test
  void areReadableForPagesOfOtherOrigins() {
    var world = world(Budget.KEY, 9, Duration.ofMinutes(1));

    assertThat(
            holder(world)
                .with("Origin", "https://a.example")
                .get("/v1/runs")
                .is(200)
                .header("Access-Control-Expose-Headers"))
        .contains("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After");
  }

  private static RestWorld world(Budget budget, int count, Duration period) {
    return new RestWorld(Map.of(budget, new Rate(count, period)), List.of());
  }

  private static Client holder(RestWorld world) {
    return world.holder(world.organization(), "'runs:read','runs:write'", "");
  }

  private static String run() {
    return "{'serviceName':'s','taskName':'t'}";
  }

  private static String runs(int count) {
    return "{'items':[" + String.join(",", Collections.nCopies(count, run())) + "]}";
  }

  /** Limit, what remains, and seconds to the reset. */
  private static String standing(Answer answer) {
    return answer.header("RateLimit-Limit")
        + " "
        + answer.header("RateLimit-Remaining")
        + " "
        + answer.header("RateLimit-Reset");
  }
}
