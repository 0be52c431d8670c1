package dev.runs.adapters.rest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.RestWorld;
import dev.runs.application.queue.MeasureLoad;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsControllerTest {

  private final RestWorld world = new RestWorld();
  private final String organization = world.organization();
  private final Client client = world.client();
  private final Client acme = client.within(organization);

  @BeforeEach
  void waitAWhile() {
    world.clock().advance(MeasureLoad.KEPT);
  }

  @Test
  void speaksTheTextFormatOfPrometheus() {
    var answer = client.get("/metrics").is(200);

    assertThat(answer.contentType()).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
    assertThat(answer.text().lines())
        .contains(
            "# TYPE runs_queue_depth_complete gauge",
            "runs_queue_depth_complete 1.0",
            "runs_deltas_pending 0.0",
            "# TYPE jvm_memory_used_bytes gauge",
            "# TYPE process_uptime_seconds gauge");
  }

  @Test
  void takesTheKeyAsPrometheusSendsIt() {
    client
        .without("X-API-Key")
        .with("Authorization", "Bearer " + RestWorld.KEY)
        .get("/metrics")
        .is(200);
  }

  @Test
  void isNotForKeysOfOrganizations() {
    var answer = world.holder(organization, "'runs:read','org:admin'", "").get("/metrics").is(403);

    assertThat(answer.textAt("/code")).isEqualTo("access.scope_missing");
    assertThat(answer.textAt("/requiredScope")).isEqualTo("platform:admin");
    client.without("X-API-Key").get("/metrics").is(401);
  }

  @Test
  void tellsHowManyRunsOfAKindWaitAndAreExecuted() {
    enqueue("mail", "");
    enqueue("mail", "");
    enqueue("mail", ",'scheduledAt':'2027-01-01T00:00:00Z'");
    enqueue("sync.aux/colors", "");
    claim("mail");

    assertThat(scraped())
        .contains(
            "runs_queue_depth{kind=\"mail\",state=\"ready\"} 1.0",
            "runs_queue_depth{kind=\"mail\",state=\"delayed\"} 1.0",
            "runs_queue_depth{kind=\"mail\",state=\"running\"} 1.0",
            "runs_queue_depth{kind=\"sync.aux/colors\",state=\"ready\"} 1.0",
            "runs_queue_oldest_ready_seconds{kind=\"mail\"} 0.0");
  }

  @Test
  void forgetsAKindOfWhichNothingIsLeft() {
    enqueue("mail", "");
    var id = claim("mail");
    assertThat(scraped()).anyMatch(line -> line.startsWith("runs_queue_depth{kind=\"mail\""));
    say(id, "succeed", "");
    world.clock().advance(MeasureLoad.KEPT);

    assertThat(scraped()).noneMatch(line -> line.startsWith("runs_queue_depth{"));
  }

  @Test
  void looksIntoTheQueueNoMoreOftenThanEveryFewSeconds() {
    assertThat(scraped()).noneMatch(line -> line.startsWith("runs_queue_depth{"));
    enqueue("mail", "");
    assertThat(scraped()).noneMatch(line -> line.startsWith("runs_queue_depth{"));
    world.clock().advance(MeasureLoad.KEPT);

    assertThat(scraped()).contains("runs_queue_depth{kind=\"mail\",state=\"ready\"} 1.0");
  }

  @Test
  void tellsHowLongRunsWaitedAndTookAndWhatBecameOfThem() {
    enqueue("mail", "");
    world.clock().advance(Duration.ofSeconds(10));
    var id = claim("mail");
    world.clock().advance(Duration.ofSeconds(2));
    say(id, "succeed", "");
    enqueue("mail", ",'maxAttempts':1");
    say(claim("mail"), "fail", ",'error':'no'");

    assertThat(scraped())
        .contains(
            "# TYPE runs_queue_wait_seconds histogram",
            "runs_queue_wait_seconds_sum{kind=\"mail\"} 10.0",
            "runs_queue_wait_seconds_count{kind=\"mail\"} 2",
            "runs_queue_wait_seconds_bucket{kind=\"mail\",le=\"5.0\"} 1",
            "runs_queue_wait_seconds_bucket{kind=\"mail\",le=\"15.0\"} 2",
            "# TYPE runs_queue_attempt_seconds histogram",
            "runs_queue_attempt_seconds_sum{kind=\"mail\",outcome=\"succeeded\"} 2.0",
            "# TYPE runs_queue_attempts_total counter",
            "runs_queue_attempts_total{kind=\"mail\",outcome=\"succeeded\"} 1.0",
            "runs_queue_attempts_total{kind=\"mail\",outcome=\"failed\"} 1.0",
            "runs_queue_ended_total{kind=\"mail\",state=\"succeeded\"} 1.0",
            "runs_queue_ended_total{kind=\"mail\",state=\"failed\"} 1.0");
  }

  @Test
  void countsLeasesThatWereTakenAway() {
    enqueue("mail", "");
    claim("mail");
    world.clock().advance(Duration.ofHours(1));
    world.keepQueue();

    assertThat(scraped())
        .contains(
            "runs_queue_leases_reaped_total{outcome=\"lost\"} 1.0",
            "runs_queue_attempts_total{kind=\"mail\",outcome=\"lost\"} 1.0");
  }

  @Test
  void timesRequestsByTheirRouteAndNeverByWhatAClientWrote() {
    client.get("/v1/runs/018f0000-0000-7000-8000-00000000dead").is(404);
    client.get("/v1/run-states").is(200);
    client.get("/v1/no-such-thing").is(404);
    client.without("X-API-Key").get("/v1/run-states").is(401);

    assertThat(scraped())
        .contains(
            "http_server_requests_seconds_count{method=\"GET\",route=\"/v1/runs/{id}\","
                + "status=\"404\"} 1",
            "http_server_requests_seconds_count{method=\"GET\",route=\"/v1/run-states\","
                + "status=\"200\"} 1",
            "http_server_requests_seconds_count{method=\"GET\",route=\"(none)\",status=\"401\"} 1")
        .noneMatch(line -> line.contains("no-such-thing") || line.contains("dead"));
  }

  private void enqueue(String kind, String more) {
    acme.post("/v1/runs", "{'kind':'" + kind + "'" + more + "}").is(201);
  }

  /** The lease of the run that is ready, as JSON. */
  private String claim(String kind) {
    var run =
        acme.post("/v1/runs:claim", "{'workerId':'w','kinds':['" + kind + "']}")
            .is(200)
            .at("/runs/0");
    return run.at("/id").asString() + " " + run.at("/lease/leaseToken").asString();
  }

  private void say(String held, String verb, String more) {
    var parts = held.split(" ");
    acme.post(
            "/v1/runs/" + parts[0] + ":" + verb,
            "{'workerId':'w','attempt':1,'leaseToken':'" + parts[1] + "'" + more + "}")
        .is(200);
  }

  private List<String> scraped() {
    return client.get("/metrics").is(200).text().lines().toList();
  }
}
