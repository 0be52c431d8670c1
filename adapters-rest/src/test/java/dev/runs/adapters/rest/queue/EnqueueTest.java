package dev.runs.adapters.rest.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestWorld;
import dev.runs.domain.queue.Payload;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnqueueTest extends QueueRestTest {

  @Test
  void makesARunThatWaits() {
    var run = enqueue("mail.send", "").is(201);

    assertThat(run.textAt("/state")).isEqualTo("queued");
    assertThat(run.textAt("/status")).isEqualTo("running");
    assertThat(run.textAt("/organizationId")).isEqualTo(organization);
    assertThat(run.textAt("/projectId")).isEqualTo(organization);
    assertThat(run.textAt("/serviceName")).isEqualTo("queue");
    assertThat(run.textAt("/taskName")).isEqualTo("mail.send");
    assertThat(run.textAt("/kind")).isEqualTo("mail.send");
    assertThat(run.at("/attempt").intValue()).isZero();
    assertThat(run.at("/maxAttempts").intValue()).isEqualTo(3);
    assertThat(run.at("/priority").intValue()).isZero();
    assertThat(run.json().propertyStream().filter(member -> member.getValue().isNull()))
        .extracting(member -> member.getKey())
        .contains(
            "startedAt",
            "completedAt",
            "scheduledAt",
            "timeout",
            "idempotencyKey",
            "claimedBy",
            "claimedAt",
            "finishedAt",
            "outputRef",
            "error",
            "failureKind",
            "retryOf");
  }

  @Test
  void takesEverythingThatCanBeAskedFor() {
    acme.post("/v1/projects", "{'slug':'mails'}").is(201);
    var run =
        enqueue(
                "sync.aux/colors",
                """
                ,'input':{'a':[1,2.50]},'projectId':'mails','maxAttempts':7,'priority':-5,
                'scheduledAt':'2026-11-20T13:00:00Z','timeout':60,'idempotencyKey':'a b'\
                """)
            .is(201);
    var child = enqueue("x", ",'parentRunId':'" + run.textAt("/id") + "'").is(201);

    assertThat(run.textAt("/kind")).isEqualTo("sync.aux/colors");
    assertThat(run.textAt("/project")).isEqualTo("mails");
    assertThat(run.at("/maxAttempts").intValue()).isEqualTo(7);
    assertThat(run.at("/priority").intValue()).isEqualTo(-5);
    assertThat(run.textAt("/scheduledAt")).isEqualTo("2026-11-20T13:00:00.000Z");
    assertThat(run.at("/timeout").intValue()).isEqualTo(60);
    assertThat(run.textAt("/idempotencyKey")).isEqualTo("a b");
    assertThat(child.textAt("/rootRunId")).isEqualTo(run.textAt("/id"));
    assertThat(child.textAt("/project")).isEqualTo("mails");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a':{'b':[1.50,null]}}", "[]", "17", "'text'", "true", "null"})
  void takesAnyJsonAsInputAndShowsItAsItIs(String input) {
    var id = enqueue("x", ",'input':" + input).is(201).textAt("/id");

    assertThat(show(id).text()).contains("\"input\":" + input.replace('\'', '"') + ",");
  }

  @Test
  void givesAnEmptyObjectToARunWithoutInput() {
    assertThat(show(enqueued("x")).text()).contains("\"input\":{},\"output\":null,");
    assertThat(show(world.run(organization)).text()).contains("\"input\":null,\"output\":null,");
  }

  @Test
  void takesAnInputOf256KibibytesAndNotAByteMore() {
    var most = "x".repeat(Payload.MOST_BYTES - 2);

    enqueue("x", ",'input':'" + most + "'").is(201);
    var refused = enqueue("x", ",'input':'" + most + "x'").is(400);

    assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/input");
    assertThat(refused.textAt("/errors/0/code")).isEqualTo("payload.too_large");
  }

  @ParameterizedTest
  @CsvSource({
    "maxAttempts, 1, 100",
    "priority, -1000, 1000",
    "timeout, 1, 2592000",
  })
  void takesNumbersWithinTheirBoundsAlone(String field, long least, long most) {
    enqueue("x", ",'" + field + "':" + least).is(201);
    enqueue("x", ",'" + field + "':" + most).is(201);
    for (var wrong : new String[] {"" + (least - 1), "" + (most + 1), "1.5", "'1'", "[]"}) {
      var refused = enqueue("x", ",'" + field + "':" + wrong).is(400);
      assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/" + field);
      assertThat(refused.textAt("/error")).contains(least + " to " + most);
    }
  }

  @Test
  void takesKindsOf1To255CharactersWithoutControlCharacters() {
    enqueue("k".repeat(255), "").is(201);
    enqueue("ü/ß:ß%2F", "").is(201);
    for (var wrong : new String[] {"", " ", "k".repeat(256), "a\\tb"}) {
      var refused = enqueue(wrong, "").is(400);
      assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/kind");
      assertThat(refused.textAt("/errors/0/code")).isEqualTo("kind.invalid");
    }
    assertThat(acme.post("/v1/runs", "{'kind':null}").is(400).textAt("/errors/0/pointer"))
        .isEqualTo("/kind");
    assertThat(acme.post("/v1/runs", "{'kind':7}").is(400).textAt("/errors/0/pointer"))
        .isEqualTo("/kind");
  }

  @Test
  void takesKeysOf1To255VisibleCharacters() {
    enqueue("x", ",'idempotencyKey':'" + "k".repeat(255) + "'").is(201);
    for (var wrong : new String[] {"", " ", "k".repeat(256), "ü", "a\\nb"}) {
      var refused = enqueue("x", ",'idempotencyKey':'" + wrong + "'").is(400);
      assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/idempotencyKey");
      assertThat(refused.textAt("/errors/0/code")).isEqualTo("idempotency.invalid_key");
    }
  }

  @Test
  void putsARunOffForAtMost366Days() {
    var last = RestWorld.NOON.plus(Duration.ofDays(366));

    enqueue("x", ",'scheduledAt':'" + last + "'").is(201);
    enqueue("x", ",'scheduledAt':'1999-01-01T00:00:00Z'").is(201);
    for (var wrong : new String[] {last.plusNanos(1_000).toString(), "soon"}) {
      var refused = enqueue("x", ",'scheduledAt':'" + wrong + "'").is(400);
      assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/scheduledAt");
    }
  }

  @Test
  void tellsOfEverythingThatIsWrongAtOnce() {
    var refused = enqueue("", ",'maxAttempts':0,'priority':'x','timeout':0").is(400);

    assertThat(refused.at("/errors"))
        .extracting(error -> error.at("/pointer").asString())
        .containsExactly("/kind", "/maxAttempts", "/priority", "/timeout");
  }

  @Test
  void passesOverMembersThatNobodyKnows() {
    assertThat(enqueue("x", ",'colour':'red'").is(201).text()).doesNotContain("colour");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"serviceName", "taskName", "clerkOrgId", "appId", "userId", "clerkUserId"})
  void isNotAlsoARunThatItsClientExecutes(String member) {
    var refused = enqueue("x", ",'" + member + "':'a'").is(400);

    assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/" + member);
    assertThat(refused.textAt("/error")).contains("kind exclude each other");
  }

  @Test
  void needsAKindUnlessItsClientExecutesIt() {
    assertThat(acme.post("/v1/runs", "{'input':{}}").is(400).textAt("/error"))
        .isEqualTo("serviceName is required");
  }

  @Test
  void isPutIntoAnotherOrganizationByThePlatformAlone() {
    var other = world.organization();
    var own = world.holder(organization, "'runs:write'", "");

    assertThat(enqueue("x", ",'organizationId':'" + other + "'").is(201).textAt("/organizationId"))
        .isEqualTo(other);
    assertThat(own.post("/v1/runs", "{'kind':'x'}").is(201).textAt("/organizationId"))
        .isEqualTo(organization);
    own.post("/v1/runs", "{'kind':'x','organizationId':'" + other + "'}").is(404);
    own.post("/v1/runs", "{'kind':'x','parentRunId':'" + world.run(other) + "'}").is(404);
  }

  @Test
  void staysInTheProjectsOfItsKey() {
    acme.post("/v1/projects", "{'slug':'own'}").is(201);
    var bound = world.holder(organization, "'runs:write'", ",'projectIds':['own']");

    assertThat(bound.post("/v1/runs", "{'kind':'x'}").is(201).textAt("/project")).isEqualTo("own");
    bound.post("/v1/runs", "{'kind':'x','projectId':'default'}").is(404);
    bound.post("/v1/runs", "{'kind':'x','parentRunId':'" + enqueued("x") + "'}").is(404);
    assertThat(enqueue("x", ",'projectId':'nothing'").is(404).textAt("/code"))
        .isEqualTo("project.unknown");
    var parent = ",'parentRunId':'" + enqueued("x") + "'";
    assertThat(enqueue("x", ",'projectId':'own'" + parent).is(422).textAt("/code"))
        .isEqualTo("run.other_project");
    assertThat(enqueue("x", ",'parentRunId':'" + NOBODY + "'").is(404).textAt("/code"))
        .isEqualTo("run.parent_not_found");
  }

  @Test
  void refusesCredentialsAndTakesReferencesToThem() {
    var refused = enqueue("x", ",'input':{'db':{'password':'abc'}}").is(422);

    assertThat(refused.textAt("/code")).isEqualTo("input.credential");
    assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/input/db/password");
    enqueue("x", ",'input':{'db':{'password':'secret://db'}}").is(201);
  }

  @Test
  void takesQueuedRunsAndOthersInOneBatch() {
    var root =
        "{'ref':'r','organizationId':'" + organization + "','serviceName':'s','taskName':'t'}";
    var queued = "{'parentRef':'r','kind':'x','idempotencyKey':'in-a-batch'}";
    var runs = acme.post("/v1/runs:batch", "{'items':[" + root + "," + queued + "]}").is(201);

    assertThat(runs.textAt("/runs/0/state")).isEqualTo("running");
    assertThat(runs.textAt("/runs/1/state")).isEqualTo("queued");
    assertThat(runs.textAt("/runs/1/parentRunId")).isEqualTo(runs.textAt("/runs/0/id"));
  }

  @Test
  void tellsOfEachItemOfABatchWhatBecameOfIt() {
    var known = "{'kind':'x','idempotencyKey':'once'}";
    var other = "{'kind':'y','idempotencyKey':'once'}";
    var items = String.join(",", known, known, other, "{'kind':''}");
    var results =
        acme.post("/v1/runs:batch", "{'atomic':false,'items':[" + items + "]}")
            .is(200)
            .at("/results");

    assertThat(results)
        .extracting(result -> result.at("/status").intValue())
        .containsExactly(201, 200, 422, 400);
    assertThat(results.at("/1/run/id")).isEqualTo(results.at("/0/run/id"));
    assertThat(results.at("/2/error/errors/0/pointer").asString())
        .isEqualTo("/items/2/idempotencyKey");
    assertThat(results.at("/3/error/errors/0/pointer").asString()).isEqualTo("/items/3/kind");
  }
}
