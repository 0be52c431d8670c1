package dev.runs.adapters.rest.idempotency;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import dev.runs.domain.cost.UnitPrice;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnceTest extends RestTest {

  private final String organization = world.organization();
  private final String run = world.run(organization);
  private final String name = world.priced("1");

  Stream<Arguments> posts() {
    return Stream.of(
        Arguments.of("/v1/organizations", "{'externalId':'once'}"),
        Arguments.of("/v1/users", "{'externalId':'once','organizationId':'%s'}"),
        Arguments.of("/v1/runs", runBody("%s")),
        Arguments.of("/v1/runs:batch", "{'items':[" + runBody("%s") + "]}"),
        Arguments.of("/v1/runs:batch", "{'atomic':false,'items':[" + runBody("%s") + ",{}]}"),
        Arguments.of("/v1/runs/" + run + "/costs", "{'items':[" + costBody() + "]}"),
        Arguments.of("/v1/costs:batch", "{'items':[" + costBody() + "]}"),
        Arguments.of("/v1/costs:batch", "{'atomic':false,'items':[" + costBody() + ",{}]}"));
  }

  @ParameterizedTest
  @MethodSource("posts")
  void repeatsTheVerySameAnswerToTheSameRequest(String path, String body) {
    var once = client.once("same " + path + body.length());

    var first = once.post(path, body, organization);
    var second = once.post(path, body, organization);

    assertThat(second.is(first.status()).text()).isEqualTo(first.text());
    assertThat(second.contentType()).isEqualTo(first.contentType());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(first.status()).isBetween(200, 201);
    assertThat(first.response().containsHeader("Idempotency-Replayed")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("posts")
  void refusesAnotherRequestWithTheSameKey(String path, String body) {
    var once = client.once("other " + path + body.length());
    once.post(path, body, organization);

    var answer = once.post(path, body.replace("{", "{ "), organization).is(422);

    assertThat(answer.textAt("/code")).isEqualTo("idempotency.other_request");
    assertThat(answer.textAt("/errors/0/header")).isEqualTo("Idempotency-Key");
  }

  @Test
  void doesWhatWasAskedOnce() {
    var fresh = world.organization();
    var once = client.once("one run");
    once.post("/v1/runs", runBody(fresh)).is(201);
    once.post("/v1/runs", runBody(fresh)).is(201);

    assertThat(client.get("/v1/runs?organizationId=" + fresh).at("/runs")).hasSize(1);
  }

  @Test
  void refusesTheSameBodyOnAnotherPath() {
    var once = client.once("paths");
    once.post("/v1/runs/" + run + "/costs", "{'items':[" + costBody() + "]}").is(201);

    var other = "/v1/runs/" + world.run(organization) + "/costs";
    once.post(other, "{'items':[" + costBody() + "]}").is(422);
    once.post("/v1/runs/" + run + "/costs?x=y", "{'items':[" + costBody() + "]}").is(422);
  }

  @Test
  void takesPathsThatAreWrittenDifferentlyForTheSame() {
    var once = client.once("spelling");
    once.post("/v1/runs:batch", "{'items':[" + runBody(organization) + "]}").is(201);

    var answer = once.post("/v1/runs%3Abatch/", "{'items':[" + runBody(organization) + "]}");

    assertThat(answer.is(201).header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void keepsTheKeysOfOrganizationsApart() {
    var here = client.once("apart").within(organization);
    var there = client.once("apart").within(world.organization());

    var first = here.post("/v1/runs", runBody(organization)).is(201);
    var second = there.post("/v1/runs", runBody(organization)).is(201);

    assertThat(second.textAt("/id")).isNotEqualTo(first.textAt("/id"));
  }

  @Test
  void doesARequestAgainThatWasRefused() {
    var once = client.once("refused");
    var unknown = "unit-to-come";
    var body = "{'items':[{'costName':'" + unknown + "','quantity':1}]}";
    once.post("/v1/runs/" + run + "/costs", body).is(422);
    client.put("/v1/costs/" + unknown, "{'costPerUnitInUsdCents':1}").is(200);

    var answer = once.post("/v1/runs/" + run + "/costs", body).is(201);

    assertThat(answer.response().containsHeader("Idempotency-Replayed")).isFalse();
  }

  @Test
  void repeatsAnAnswerForADayAndNotLonger() {
    var moving = new RestWorld();
    var body = runBody(moving.organization());
    var once = moving.client().once("old");
    var first = once.post("/v1/runs", body).is(201);

    moving.clock().advance(Duration.ofHours(24));
    assertThat(once.post("/v1/runs", body).is(201).text()).isEqualTo(first.text());
    moving.clock().advance(Duration.ofMillis(1));
    assertThat(once.post("/v1/runs", body).is(201).text()).isNotEqualTo(first.text());
  }

  @Test
  void refusesARequestWhileTheSameIsBeingDone() throws Exception {
    var slow = new RestWorld();
    var path = "/v1/runs/" + slow.run(slow.organization()) + "/costs";
    var body = "{'items':[{'costName':'x','quantity':1}]}";
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    slow.pricesFrom(_ -> {
      begun.countDown();
      await(mayEnd);
      return Map.of();
    });
    var first = CompletableFuture.supplyAsync(() -> slow.client().once("slow").post(path, body));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    var second = slow.client().once("slow").post(path, body).is(409);
    mayEnd.countDown();

    assertThat(second.textAt("/code")).isEqualTo("idempotency.in_flight");
    assertThat(second.header("Retry-After")).isEqualTo("1");
    first.get(30, TimeUnit.SECONDS).is(422);
    slow.client().once("slow").post(path, body).is(422);
  }

  @Test
  void repeatsTheAnswerOfAnotherNodeThatWasQuicker() {
    var node = new RestWorld();
    var other = node.otherNode();
    var path = "/v1/runs/" + node.run(node.organization()) + "/costs";
    var body = "{'items':[{'costName':'" + node.priced("1") + "','quantity':1}]}";
    var quicker = new AtomicReference<@Nullable Answer>();
    node.pricesFrom(names -> {
      quicker.set(other.client().once("race").post(path, body).is(201));
      return names.stream().collect(toMap(identity(), _ -> new UnitPrice(BigDecimal.TEN)));
    });

    var answer = node.client().once("race").post(path, body).is(201);

    assertThat(answer.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(answer.text()).isEqualTo(requireNonNull(quicker.get()).text());
    assertThat(node.client().get(path).at("/costs")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"\"", "tab\there", "ümlaut"})
  void refusesAKeyThatIsNone(String key) {
    var answer = client.once(key).post("/v1/runs", runBody(organization)).is(400);

    assertThat(answer.textAt("/code")).isEqualTo("idempotency.invalid_key");
    assertThat(answer.textAt("/errors/0/header")).isEqualTo("Idempotency-Key");
  }

  @Test
  void takesAKeyOf255CharactersAndNotOf256() {
    client.once("k".repeat(255)).post("/v1/runs", runBody(organization)).is(201);
    client.once("k".repeat(256)).post("/v1/runs", runBody(organization)).is(400);
  }

  @Test
  void takesAKeyInQuotesForTheSameKey() {
    var first = client.once("quoted").post("/v1/runs", runBody(organization)).is(201);
    var second = client.once("\"quoted\"").post("/v1/runs", runBody(organization)).is(201);

    assertThat(second.text()).isEqualTo(first.text());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String costBody() {
    return "{'runId':'" + run + "','costName':'" + name + "','quantity':1}";
  }

  private static String runBody(String organization) {
    return "{'organizationId':'" + organization + "','serviceName':'s','taskName':'t'}";
  }
}
