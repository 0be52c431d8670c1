package dev.runs.adapters.rest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OutcomeBatchTest extends QueueRestTest {

  private JsonNode send(String verb, String... items) {
    return acme.post("/v1/runs:" + verb, "{'items':[" + String.join(",", items) + "]}")
        .is(200)
        .at("/results");
  }

  private static List<Integer> statuses(JsonNode results) {
    return results.valueStream().map(result -> result.at("/status").intValue()).toList();
  }

  @Test
  void endsEachRunByItself() {
    var one = held();
    var other = held();
    var stale = other.item("").replace(other.token(), NOBODY);
    var unknown = one.item("").replace(one.id(), NOBODY);

    var results = send("succeed", one.item(",'output':[1]"), stale, unknown, "{}", "7");

    assertThat(statuses(results)).containsExactly(200, 409, 404, 400, 400);
    assertThat(results.at("/0/run/state").asString()).isEqualTo("succeeded");
    assertThat(results.at("/0/error").isNull()).isTrue();
    assertThat(results.at("/1/error/code").asString()).isEqualTo("lease.stale");
    assertThat(results.at("/1/error/currentState").asString()).isEqualTo("running");
    assertThat(results.at("/2/error/errors/0/pointer").asString()).isEqualTo("/items/2/id");
    assertThat(results.at("/3/error/errors"))
        .extracting(error -> error.at("/pointer").asString())
        .containsExactly(
            "/items/3/id", "/items/3/workerId", "/items/3/attempt", "/items/3/leaseToken");
    assertThat(show(one.id()).at("/output/0").intValue()).isEqualTo(1);
    assertThat(show(other.id()).textAt("/state")).isEqualTo("running");
  }

  @Test
  void failsAndReleasesToo() {
    var failing = held();
    var released = held();

    assertThat(
            send("fail", failing.item(",'error':'e','retryable':false"))
                .at("/0/run/state")
                .asString())
        .isEqualTo("failed");
    assertThat(send("release", released.item("")).at("/0/run/state").asString())
        .isEqualTo("queued");
  }

  @Test
  void keepsManyLeases() {
    var one = held();
    var other = held();
    var stale = one.item("").replace(one.token(), NOBODY);

    var results = send("heartbeat", one.item(""), other.item(""), stale);

    assertThat(statuses(results)).containsExactly(200, 200, 409);
    assertThat(results.at("/1/lease/runId").asString()).isEqualTo(other.id());
  }

  @Test
  void takesTheSameReportTwice() {
    var held = held();

    assertThat(statuses(send("succeed", held.item(""), held.item("")))).containsExactly(200, 200);
    assertThat(statuses(send("succeed", held.item("")))).containsExactly(200);
  }

  @Test
  void namesTheWorkerOnceForAll() {
    var held = held();
    var item = held.item("").replace("'workerId':'worker',", "");

    var results =
        acme.post("/v1/runs:succeed", "{'workerId':'worker','items':[" + item + "]}").is(200);

    assertThat(results.at("/results/0/status").intValue()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"heartbeat", "succeed", "fail", "release"})
  void takesUpTo1000Items(String verb) {
    var path = "/v1/runs:" + verb;

    assertThat(acme.post(path, items(1_000)).is(200).at("/results")).hasSize(1_000);
    assertThat(acme.post(path, items(1_001)).is(400).textAt("/code"))
        .isEqualTo("request.too_many_items");
    for (var wrong : List.of("{}", "{'items':[]}", "{'items':7}")) {
      assertThat(acme.post(path, wrong).is(400).textAt("/errors/0/pointer")).isEqualTo("/items");
    }
  }

  private static String items(int count) {
    return "{'items':[" + String.join(",", Collections.nCopies(count, "{}")) + "]}";
  }
}
