package dev.runs.adapters.rest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of pipelines as the registry's clients record, read and report them. */
class PipelineRunsControllerTest extends RestTest {

  private static final String RUNS = "/api/v1/runs";
  private static final int MOST_BYTES = 262_144;

  private final Client own = client.within(world.organization());

  @Test
  void areRecordedAsTheyAreDocumented() {
    var run =
        own.post(
                RUNS,
                "{'contract_id':'contract-123','pipeline_name':'daily-etl',"
                    + "'pipeline_id':'airflow-dag-123','status':'running',"
                    + "'metadata':{'dag_id':'user_events_daily','execution_date':'2024-01-15'}}")
            .is(201);

    assertThat(run.textAt("/contract_id")).isEqualTo("contract-123");
    assertThat(run.textAt("/pipeline_name")).isEqualTo("daily-etl");
    assertThat(run.textAt("/pipeline_id")).isEqualTo("airflow-dag-123");
    assertThat(run.textAt("/status")).isEqualTo("running");
    assertThat(run.textAt("/state")).isEqualTo("running");
    assertThat(run.at("/metadata").toString())
        .isEqualTo("{\"dag_id\":\"user_events_daily\",\"execution_date\":\"2024-01-15\"}");
    assertThat(run.textAt("/started_at")).matches("2026-11-20T12:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(run.at("/completed_at").isNull()).isTrue();
    assertThat(run.textAt("/created_by")).isEqualTo("key:configured");
    assertThat(run.at("/validations")).isEmpty();
    assertThat(run.json().has("validations_truncated")).isFalse();
    assertThat(run.textAt("/gate")).isEqualTo("none");
    assertThat(run.at("/failure").isNull()).isTrue();
    assertThat(run.textAt("/root_run_id")).isEqualTo(run.textAt("/id"));
  }

  @Test
  void areRecordedAsTheClientSendsThem() {
    var run =
        own.post(
                RUNS,
                "{'contract_id':'','contract_version':'1.2','schema_name':'users',"
                    + "'pipeline_id':null,'environment':'prod','trigger':'schedule','unknown':1}")
            .is(201);

    assertThat(run.textAt("/contract_id")).isEmpty();
    assertThat(run.textAt("/contract_version")).isEqualTo("1.2");
    assertThat(run.textAt("/schema_name")).isEqualTo("users");
    assertThat(run.textAt("/environment")).isEqualTo("prod");
    assertThat(run.textAt("/trigger")).isEqualTo("schedule");
    assertThat(run.at("/pipeline_id").isNull()).isTrue();
    assertThat(run.at("/pipeline_name").isNull()).isTrue();
    assertThat(run.textAt("/status")).isEqualTo("pending");
    assertThat(run.at("/metadata").toString()).isEqualTo("{}");
    assertThat(run.at("/result").isNull()).isTrue();
    assertThat(run.textAt("/started_at")).isEqualTo(run.textAt("/created_at"));
  }

  @ParameterizedTest
  @CsvSource({
    "pending, pending",
    "running, running",
    "completed, succeeded",
    "failed, failed",
    "cancelled, canceled"
  })
  void canStandAnywhereWhenTheyAreRecorded(String status, String state) {
    var run = own.post(RUNS, "{'contract_id':'c','status':'%s'}", status).is(201);

    assertThat(run.textAt("/status")).isEqualTo(status);
    assertThat(run.textAt("/state")).isEqualTo(state);
    assertThat(run.at("/completed_at").isNull())
        .isEqualTo(status.equals("pending") || status.equals("running"));
    assertThat(client.get("/v1/runs/" + run.textAt("/id")).is(200).textAt("/state"))
        .isEqualTo(state);
  }

  @Test
  void mustNameAContractAndNothingElse() {
    var refused = own.post(RUNS, "{}").is(422);

    assertThat(refused.at("/detail/0").toString())
        .isEqualTo(
            "{\"type\":\"missing\",\"loc\":[\"body\",\"contract_id\"],"
                + "\"msg\":\"contract_id is required\"}");
    assertThat(refused.textAt("/message")).isEqualTo("contract_id is required");
    assertThat(refused.contentType()).isEqualTo("application/json");
    assertThat(own.post(RUNS, "{'contract_id':null}").is(422).textAt("/detail/0/type"))
        .isEqualTo("missing");
  }

  @Test
  void learnOfEverythingThatIsWrongAtOnce() {
    var refused =
        own.post(
                RUNS,
                "{'contract_id':1,'pipeline_name':[],'status':'zzz','metadata':[],'trigger':true}")
            .is(422);

    assertThat(refused.at("/detail"))
        .extracting(item -> item.at("/loc/1").asString())
        .containsExactly("contract_id", "pipeline_name", "trigger", "status", "metadata");
    assertThat(refused.text()).contains("pending, running, completed, failed, cancelled");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "contract_id",
        "contract_version",
        "schema_name",
        "pipeline_name",
        "pipeline_id",
        "environment",
        "trigger"
      })
  void haveTextsOfUpTo255Characters(String member) {
    var longest = "x".repeat(255);
    var body = member.equals("contract_id") ? "{" : "{'contract_id':'c',";

    var run = own.post(RUNS, body + "'%s':'%s'}", member, longest).is(201);
    assertThat(run.textAt("/" + member)).isEqualTo(longest);
    var refused = own.post(RUNS, body + "'%s':'%sx'}", member, longest).is(422);
    assertThat(refused.at("/detail")).hasSize(1);
    assertThat(refused.textAt("/detail/0/loc/1")).isEqualTo(member);
    assertThat(refused.textAt("/detail/0/type")).isEqualTo("pipeline.text_too_long");
  }

  @Test
  void haveMetadataOfUpTo256Kibibytes() {
    var frame = "{\"a\":\"\"}".length();
    var most = "x".repeat(MOST_BYTES - frame);

    var id =
        own.post(RUNS, "{'contract_id':'c','metadata':{'a':'%s'}}", most).is(201).textAt("/id");
    assertThat(
            own.post(RUNS, "{'contract_id':'c','metadata':{'a':'%sx'}}", most)
                .is(422)
                .textAt("/detail/0/type"))
        .isEqualTo("pipeline.document_too_large");
    var merged = own.patch(RUNS + "/" + id, "{'metadata':{'b':1}}").is(422);
    assertThat(merged.textAt("/detail/0/loc/1")).isEqualTo("metadata");
    assertThat(merged.textAt("/detail/0/type")).isEqualTo("pipeline.document_too_large");
    assertThat(
            own.patch(RUNS + "/" + id, "{'result':{'a':'%sx'}}", most)
                .is(422)
                .textAt("/detail/0/loc/1"))
        .isEqualTo("result");
    own.patch(RUNS + "/" + id, "{'result':{'a':'%s'}}", most).is(200);
  }

  @Test
  void areDoneOnceWithAKeyForThat() {
    var once = own.once("pipeline-1");
    var body = "{'contract_id':'c','pipeline_name':'once'}";
    var first = once.post(RUNS, body).is(201);
    var second = once.post(RUNS, body).is(201);

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(own.get(RUNS + "?pipeline_name=once").is(200).at("/total").intValue()).isEqualTo(1);
    var other = once.post(RUNS, "{'contract_id':'d'}").is(422);
    assertThat(other.textAt("/detail/0/type")).isEqualTo("idempotency.other_request");
    assertThat(other.at("/detail/0/loc").toString()).isEqualTo("[\"header\",\"Idempotency-Key\"]");
    var patch = own.once("pipeline-2");
    var path = RUNS + "/" + first.textAt("/id");
    patch.patch(path, "{'status':'cancelled','metadata':{'a':1}}").is(200);
    assertThat(
            patch
                .patch(path, "{'status':'cancelled','metadata':{'a':1}}")
                .is(200)
                .header("Idempotency-Replayed"))
        .isEqualTo("true");
  }

  @Test
  void areShownByAnyIdOrNotFound() {
    for (var id : new String[] {NOBODY, "run-456", "a%20b", "018f", "x".repeat(300)}) {
      var answer = own.get(RUNS + "/" + id).is(404);
      assertThat(answer.textAt("/detail/code")).isEqualTo("NOT_FOUND");
      assertThat(answer.textAt("/detail/message"))
          .isEqualTo("Run '" + id.replace("%20", " ") + "' not found");
      assertThat(answer.textAt("/detail/reason")).isEqualTo("run.not_found");
      assertThat(answer.textAt("/message")).isEqualTo(answer.textAt("/detail/message"));
      own.patch(RUNS + "/" + id, "{'status':'running'}").is(404);
    }
  }

  @Test
  void areOfAnyService() {
    var id = world.run(world.organization());

    var shown = client.get(RUNS + "/" + id).is(200);
    assertThat(shown.at("/contract_id").isNull()).isTrue();
    assertThat(shown.textAt("/created_by")).isEqualTo("system");
    var kept = client.patch(RUNS + "/" + id, "{'metadata':{'a':1}}").is(200);
    assertThat(kept.at("/metadata/a").intValue()).isEqualTo(1);
  }

  @Test
  void areListedOnlyWhenTheyAreOfAPipeline() {
    var organization = world.organization();
    var there = client.within(organization);
    world.run(organization);
    var id = recorded(there, "{'contract_id':'c'}");

    var listed = there.get(RUNS).is(200);

    assertThat(ids(listed)).containsExactly(id);
    assertThat(listed.at("/total").intValue()).isEqualTo(1);
    assertThat(listed.at("/total_capped").booleanValue()).isFalse();
    assertThat(listed.at("/limit").intValue()).isEqualTo(50);
    assertThat(listed.at("/offset").intValue()).isZero();
    assertThat(listed.at("/items/0").has("metadata")).isFalse();
    assertThat(listed.at("/items/0").has("validations")).isFalse();
  }

  @Test
  void areListedNewestFirstInPages() {
    var there = client.within(world.organization());
    var first = recorded(there, "{'contract_id':'c'}");
    var second = recorded(there, "{'contract_id':'c'}");
    var third = recorded(there, "{'contract_id':'c'}");

    assertThat(ids(there.get(RUNS))).containsExactly(third, second, first);
    var page = there.get(RUNS + "?limit=1&offset=1").is(200);
    assertThat(ids(page)).containsExactly(second);
    assertThat(page.at("/total").intValue()).isEqualTo(3);
    assertThat(ids(there.get(RUNS + "?limit=100&offset=100000"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=1.5",
        "limit=-1",
        "offset=-1",
        "offset=100001",
        "offset=x",
        "status=zzz",
        "status=canceled",
        "status=running&status=failed",
        "start_date=yesterday",
        "end_date=2026-13-01",
        "from_date=1",
        "to_date=x"
      })
  void areNotListedByWhatIsNoFilter(String query) {
    var refused = own.get(RUNS + "?" + query).is(422);

    assertThat(refused.at("/detail")).hasSize(1);
    assertThat(refused.textAt("/detail/0/loc/0")).isEqualTo("query");
    assertThat(refused.textAt("/detail/0/loc/1")).isEqualTo(query.replaceFirst("=.*", ""));
  }

  @Test
  void areListedByTheFiltersOfBothForms() {
    var there = client.within(world.organization());
    var old = recorded(there, "{'contract_id':'a','pipeline_name':'p','status':'pending'}");
    world.clock().advance(Duration.ofHours(1));
    var begin = world.clock().instant();
    there.patch(RUNS + "/" + old, "{'status':'running'}").is(200);
    var failed = recorded(there, "{'contract_id':'a','pipeline_name':'q','status':'failed'}");
    world.clock().advance(Duration.ofHours(1));
    var other = recorded(there, "{'contract_id':'b','pipeline_name':'p'}");

    assertThat(ids(there.get(RUNS + "?contract_id=a"))).containsExactly(failed, old);
    assertThat(ids(there.get(RUNS + "?pipeline_name=p"))).containsExactly(other, old);
    assertThat(ids(there.get(RUNS + "?status=running"))).containsExactly(old);
    assertThat(ids(there.get(RUNS + "?status=failed"))).containsExactly(failed);
    assertThat(ids(there.get(RUNS + "?status=cancelled"))).isEmpty();
    assertThat(ids(there.get(RUNS + "?contract_id=&unknown=1"))).hasSize(3);
    assertThat(ids(there.get(RUNS + "?from_date=" + begin))).containsExactly(other, failed);
    assertThat(ids(there.get(RUNS + "?to_date=" + begin))).containsExactly(failed, old);
    assertThat(ids(there.get(RUNS + "?start_date=" + begin))).containsExactly(other, failed, old);
    assertThat(ids(there.get(RUNS + "?end_date=" + begin))).containsExactly(failed, old);
    var naive = begin.toString().replace("Z", "");
    assertThat(ids(there.get(RUNS + "?from_date=" + naive + "&to_date=" + naive)))
        .containsExactly(failed);
    var shifted = begin.toString().replace("Z", "%2B00:00");
    assertThat(ids(there.get(RUNS + "?start_date=" + shifted + "&contract_id=a&status=failed")))
        .containsExactly(failed);
    assertThat(ids(there.get(RUNS + "?start_date=2026-11-21"))).isEmpty();
  }

  @Test
  void takeMetadataAsAMerge() {
    var id =
        recorded(
            own, "{'contract_id':'c','status':'running','metadata':{'a':1,'b':{'c':2,'d':3}}}");

    var edited =
        own.patch(
                RUNS + "/" + id,
                "{'status':'completed','metadata':{'a':null,'b':{'c':null,'e':{'f':[1]}},'g':'h'}}")
            .is(200);

    assertThat(edited.at("/metadata").toString())
        .isEqualTo("{\"b\":{\"d\":3,\"e\":{\"f\":[1]}},\"g\":\"h\"}");
    assertThat(edited.textAt("/status")).isEqualTo("completed");
    assertThat(edited.textAt("/completed_at")).isNotEmpty();
    var later = own.patch(RUNS + "/" + id, "{'metadata':{'late':true}}").is(200);
    assertThat(later.at("/metadata/late").booleanValue()).isTrue();
    assertThat(later.textAt("/status")).isEqualTo("completed");
    assertThat(own.get(RUNS + "/" + id).is(200).text()).isEqualTo(later.text());
  }

  @Test
  void takeAResultThatIsNotEmpty() {
    var id = recorded(own, "{'contract_id':'c','status':'running'}");

    assertThat(
            own.patch(RUNS + "/" + id, "{'status':'completed','result':{'rows':1}}")
                .is(200)
                .at("/result/rows")
                .intValue())
        .isEqualTo(1);
    assertThat(
            own.patch(RUNS + "/" + id, "{'status':'completed','result':{}}")
                .is(200)
                .at("/result/rows")
                .intValue())
        .isEqualTo(1);
    assertThat(
            own.patch(RUNS + "/" + id, "{'result':{'other':2}}").is(200).at("/result").toString())
        .isEqualTo("{\"other\":2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'unknown':1}", "{'status':null,'metadata':null,'result':null}"})
  void mustBeToldSomething(String body) {
    var id = recorded(own, "{'contract_id':'c'}");

    for (var run : List.of(id, NOBODY, "x")) {
      var refused = own.patch(RUNS + "/" + run, body).is(422);
      assertThat(refused.textAt("/detail/0/type")).isEqualTo("missing");
      assertThat(refused.textAt("/detail/0/loc/1")).isEqualTo("status");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'status':'done'}|status",
        "{'status':1}|status",
        "{'metadata':'x'}|metadata",
        "{'metadata':[]}|metadata",
        "{'result':1}|result"
      })
  void areToldOfWhatIsWrongBeforeTheyAreLookedFor(String body, String member) {
    assertThat(own.patch(RUNS + "/" + NOBODY, body).is(422).textAt("/detail/0/loc/1"))
        .isEqualTo(member);
  }

  @Test
  void canBeToldTheSameTwiceAndNothingElseAfterTheirEnd() {
    var id = recorded(own, "{'contract_id':'c','status':'running'}");
    var ended = own.patch(RUNS + "/" + id, "{'status':'completed'}").is(200);
    world.clock().advance(Duration.ofMinutes(1));

    var again = own.patch(RUNS + "/" + id, "{'status':'completed'}").is(200);
    assertThat(again.text()).isEqualTo(ended.text());
    for (var status : List.of("failed", "running", "pending", "cancelled")) {
      var refused =
          own.patch(RUNS + "/" + id, "{'status':'%s','metadata':{'x':1}}", status).is(409);
      assertThat(refused.textAt("/detail/code")).isEqualTo("CONFLICT");
      assertThat(refused.textAt("/detail/reason")).isEqualTo("run.illegal_move");
      assertThat(refused.textAt("/detail/current_state")).isEqualTo("succeeded");
      assertThat(refused.textAt("/detail/current_status")).isEqualTo("completed");
      assertThat(refused.at("/detail/allowed_statuses")).isEmpty();
    }
    assertThat(own.get(RUNS + "/" + id).is(200).at("/metadata").toString()).isEqualTo("{}");
  }

  @Test
  void goOnlyForward() {
    var id = recorded(own, "{'contract_id':'c','status':'running'}");

    var told = own.patch(RUNS + "/" + id, "{'status':'pending','metadata':{'a':1}}").is(200);

    assertThat(told.textAt("/status")).isEqualTo("running");
    assertThat(told.at("/metadata/a").intValue()).isEqualTo(1);
  }

  @Test
  void areCancelledWithAllThatIsBelowThem() {
    var id = recorded(own, "{'contract_id':'c','status':'running'}");
    var task = recorded(own, "{'contract_id':'c','status':'running','parent_run_id':'" + id + "'}");

    var cancelled =
        own.patch(RUNS + "/" + id, "{'status':'cancelled','metadata':{'why':'late'}}").is(200);

    assertThat(cancelled.textAt("/status")).isEqualTo("cancelled");
    assertThat(cancelled.textAt("/metadata/why")).isEqualTo("late");
    assertThat(cancelled.textAt("/completed_at")).isNotEmpty();
    var below = own.get(RUNS + "/" + task).is(200);
    assertThat(below.textAt("/status")).isEqualTo("cancelled");
    assertThat(below.textAt("/root_run_id")).isEqualTo(id);
    assertThat(below.textAt("/parent_run_id")).isEqualTo(id);
    own.patch(RUNS + "/" + id, "{'status':'cancelled'}").is(200);
    own.patch(RUNS + "/" + NOBODY, "{'status':'cancelled'}").is(404);
  }

  @Test
  void haveAParentThatIsThere() {
    for (var parent : List.of(NOBODY, "run-1", world.run(world.organization()))) {
      var refused = own.post(RUNS, "{'contract_id':'c','parent_run_id':'%s'}", parent).is(422);
      assertThat(refused.textAt("/detail/0/type")).isEqualTo("run.parent_not_found");
      assertThat(refused.at("/detail/0/loc").toString()).isEqualTo("[\"body\",\"parent_run_id\"]");
      assertThat(refused.textAt("/message")).startsWith("parent_run_id " + parent);
    }
  }

  @Test
  void areMadeInAProject() {
    own.post("/v1/projects", "{'slug':'lake'}").is(201);

    var id = recorded(own, "{'contract_id':'c','project_id':'lake'}");
    assertThat(own.get("/v1/runs/" + id).is(200).textAt("/project")).isEqualTo("lake");
    var refused = own.post(RUNS, "{'contract_id':'c','project_id':'nothing'}").is(422);
    assertThat(refused.at("/detail/0/loc").toString()).isEqualTo("[\"body\",\"project_id\"]");
    assertThat(refused.textAt("/detail/0/msg")).startsWith("project_id ");
    own.post(RUNS, "{'contract_id':'c','project_id':'A B'}").is(422);
  }

  @Test
  void mayNotHoldCredentials() {
    var refused =
        own.post(RUNS, "{'contract_id':'c','metadata':{'db':{'password':'hunter2'}}}").is(422);

    assertThat(refused.textAt("/detail/0/type")).isEqualTo("input.credential");
    assertThat(refused.at("/detail/0/loc").toString())
        .isEqualTo("[\"body\",\"metadata\",\"db\",\"password\"]");
    assertThat(refused.text()).doesNotContain("hunter2");
    var id = recorded(own, "{'contract_id':'c','status':'running'}");
    own.patch(RUNS + "/" + id, "{'status':'cancelled','metadata':{'api_key':'abc'}}").is(422);
    assertThat(own.get(RUNS + "/" + id).is(200).textAt("/status")).isEqualTo("running");
  }

  @Test
  void areOfTheOrganizationOfTheCaller() {
    var organization = world.organization();
    var holder = world.holder(organization, "'runs:write','runs:read'", "");
    var id = recorded(holder, "{'contract_id':'c'}");

    assertThat(holder.get(RUNS + "/" + id).is(200).textAt("/created_by")).startsWith("key:");
    assertThat(ids(own.get(RUNS))).doesNotContain(id);
    assertThat(ids(client.within(organization).get(RUNS))).containsExactly(id);
    var stranger = world.holder(world.organization(), "'runs:write','runs:read'", "");
    stranger.get(RUNS + "/" + id).is(404);
    stranger.patch(RUNS + "/" + id, "{'status':'failed'}").is(404);
    assertThat(ids(stranger.get(RUNS))).isEmpty();
  }

  @Test
  void passTheGateOfTheirContractUnlessTheyFailedAValidation() {
    own.put("/api/v1/contracts/gated/policy", "{'gate':'fail'}").is(200);
    var good = gated("passed", "fail");
    var bad = gated("failed", "fail");

    assertThat(own.patch(good, "{'status':'completed'}").is(200).textAt("/status"))
        .isEqualTo("completed");
    var failed = own.patch(bad, "{'status':'completed','metadata':{'n':1}}").is(200);
    assertThat(failed.textAt("/status")).isEqualTo("failed");
    assertThat(failed.textAt("/gate")).isEqualTo("fail");
    assertThat(failed.textAt("/failure")).contains("gated");
    assertThat(failed.at("/metadata/n").intValue()).isEqualTo(1);
    assertThat(own.patch(bad, "{'status':'completed'}").is(200).textAt("/status"))
        .isEqualTo("failed");
    own.patch(bad, "{'status':'running'}").is(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "warn"})
  void passAGateThatIsOpen(String gate) {
    own.put("/api/v1/contracts/gated/policy", "{'gate':'%s'}", gate).is(200);
    var bad = gated("failed", gate);

    var completed = own.patch(bad, "{'status':'completed'}").is(200);

    assertThat(completed.textAt("/status")).isEqualTo("completed");
    assertThat(completed.at("/failure").isNull()).isTrue();
    assertThat(completed.at("/validations")).hasSize(1);
    assertThat(completed.textAt("/validations/0/status")).isEqualTo("failed");
    assertThat(completed.at("/validations/0/passed").booleanValue()).isFalse();
    assertThat(completed.textAt("/validations/0/recorded_at")).isNotEmpty();
  }

  /** A run with a validation; its path. */
  private String gated(String verdict, String gate) {
    var id = recorded(own, "{'contract_id':'gated','status':'running'}");
    own.post(
            "/api/v1/validations",
            "{'contract_id':'gated','run_id':'%s','status':'%s'}",
            id,
            verdict)
        .is(201);
    assertThat(own.get(RUNS + "/" + id).is(200).textAt("/gate")).isEqualTo(gate);
    return RUNS + "/" + id;
  }

  private static String recorded(Client client, String body) {
    return client.post(RUNS, body).is(201).textAt("/id");
  }

  private static List<String> ids(Answer answer) {
    return answer
        .is(200)
        .at("/items")
        .valueStream()
        .map(item -> item.at("/id").asString())
        .toList();
  }
}
