package dev.runs.adapters.rest.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class LineageControllerTest extends RestTest {

  private static final String LINEAGE = "/api/v1/lineage";
  private static final String PRODUCER = "'producer':'https://example.com/scheduler'";
  private static final String TIME = "'eventTime':'2026-11-20T11:00:00.5Z'";
  private static final String JOB = "'job':{'namespace':'nightly','name':'shop_daily'}";

  private UUID run = UUID.randomUUID();

  @BeforeEach
  void tellOfAnotherRun() {
    run = UUID.randomUUID();
  }

  private Answer tell(String members, Object... values) {
    return client.post(LINEAGE, "{" + members + "}", values);
  }

  private Answer tell(UUID id, String type, String facets, String more) {
    return tell(
        "'eventType':'%s',%s,%s,%s,'run':{'runId':'%s','facets':{%s}}%s"
            .formatted(type, TIME, PRODUCER, JOB, id, facets, more));
  }

  private JsonNode shown(Answer told) {
    return client.get("/api/v1/runs/" + told.textAt("/run_id")).is(200).json();
  }

  @Test
  void anEventMakesARunAndIsAnsweredWithIt() {
    var told = tell(run, "START", "", "").is(201);

    assertThat(told.textAt("/status")).isEqualTo("running");
    var shown = shown(told);
    assertThat(shown.at("/pipeline_name").asString()).isEqualTo("shop_daily");
    assertThat(shown.at("/pipeline_id").asString()).isEqualTo(run.toString());
    assertThat(shown.at("/started_at").asString()).startsWith("2026-11-20T11:00:00.5");
    assertThat(tell(run, "ABORT", "", "").is(201).json())
        .isEqualTo(tell(run, "ABORT", "", "").is(201).json());
  }

  @Test
  void anEventWithoutATypeTellsSomethingBesides() {
    var told = tell("%s,%s,%s,'run':{'runId':'%s'}".formatted(TIME, PRODUCER, JOB, run)).is(201);

    assertThat(told.textAt("/status")).isEqualTo("running");
  }

  @Test
  void anEventWhoseParentIsNotThereWaits() {
    var dag = UUID.randomUUID();
    var parent =
        "'parent':{'_producer':'p','_schemaURL':'s','job':{'namespace':'n','name':'d'},"
            + "'run':{'runId':'%s'}%s}";
    var root = ",'root':{'run':{'runId':'%s'},'job':{'namespace':'n','name':'d'}}".formatted(dag);

    var early = tell(run, "COMPLETE", parent.formatted(dag, root), "").is(201);
    assertThat(early.text()).isEqualTo("{\"status\":\"waiting\"}");
    var above = tell(dag, "START", "", "").is(201);
    var told = tell(run, "COMPLETE", parent.formatted(dag, ""), "").is(201);

    assertThat(told.textAt("/status")).isEqualTo("completed");
    assertThat(client.get("/v1/runs/" + told.textAt("/run_id")).is(200).textAt("/parentRunId"))
        .isEqualTo(above.textAt("/run_id"));
  }

  @Test
  void whatFacetsTellIsKept() {
    var facets =
        "'nominalTime':{'nominalStartTime':'2026-11-20T00:00:00Z',"
            + "'nominalEndTime':'2026-11-21T00:00:00+01:00'},"
            + "'errorMessage':{'message':'Table not found','programmingLanguage':'PYTHON'},"
            + "'somethingElse':{'any':[1,2]}";
    var told = tell(run, "FAIL", facets, "").is(201);

    assertThat(told.textAt("/status")).isEqualTo("failed");
    var metadata = shown(told).at("/metadata");
    assertThat(metadata.at("/job_namespace").asString()).isEqualTo("nightly");
    assertThat(metadata.at("/nominal_start_time").asString()).isEqualTo("2026-11-20T00:00:00Z");
    assertThat(metadata.at("/nominal_end_time").asString()).isEqualTo("2026-11-20T23:00:00Z");
    assertThat(client.get("/v1/runs/" + told.textAt("/run_id")).is(200).text())
        .contains("Table not found");
  }

  @ParameterizedTest
  @CsvSource({"inputs,inputFacets", "outputs,outputFacets", "inputs,facets", "outputs,facets"})
  void assertionsBecomeValidationsWhereverTheyStand(String datasets, String facets) {
    var dataset =
        ("{'namespace':'db','name':'orders','%s':{"
                + "'dataQualityMetrics':{'rowCount':12,'columnMetrics':{}},"
                + "'dataQualityAssertions':{'assertions':["
                + "{'assertion':'not_null','success':false,'column':'id','severity':'error'},"
                + "{'assertion':'unique','success':false,'severity':'warn'},"
                + "{'assertion':'fresh','success':true}]}}}")
            .formatted(facets);

    var told = tell(run, "COMPLETE", "", ",'%s':[%s]".formatted(datasets, dataset)).is(201);

    var validations = shown(told).at("/validations");
    assertThat(validations).hasSize(1);
    assertThat(validations.at("/0/status").asString()).isEqualTo("failed");
    var whole = client.get("/api/v1/validations/" + validations.at("/0/id").asString()).is(200);
    assertThat(whole.textAt("/contract_id")).isEqualTo("db/orders");
    assertThat(whole.at("/row_count").asInt()).isEqualTo(12);
    assertThat(whole.at("/error_count").asInt()).isEqualTo(1);
    assertThat(whole.textAt("/errors/0/code")).isEqualTo("not_null");
    assertThat(whole.textAt("/warnings/0/code")).isEqualTo("unique");
  }

  @Test
  void whatWasDeletedIsIgnored() {
    var told =
        tell(
                run,
                "COMPLETE",
                "",
                ",'inputs':[{'namespace':'db','name':'orders','inputFacets':{"
                    + "'dataQualityAssertions':{'_deleted':true,'assertions':["
                    + "{'assertion':'not_null','success':false}]}}}]")
            .is(201);

    assertThat(shown(told).at("/validations")).isEmpty();
  }

  @Test
  void anotherEndIsAConflict() {
    tell(run, "COMPLETE", "", "").is(201);

    var refused = tell(run, "FAIL", "", "").is(409);

    assertThat(refused.textAt("/detail/reason")).isEqualTo("run.illegal_move");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'dataset':{'namespace':'db','name':'orders'}",
        "'job':{'namespace':'nightly','name':'shop_daily'},'inputs':[]"
      })
  void anEventThatTellsOfNoRunIsRefused(String members) {
    var refused = tell(TIME + "," + PRODUCER + "," + members).is(422);

    assertThat(refused.at("/detail")).hasSize(1);
    assertThat(refused.textAt("/detail/0/loc/1")).isEqualTo("run");
    assertThat(refused.textAt("/detail/0/msg"))
        .isEqualTo("run is required: an event of a dataset or a job alone tells of no run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'eventType':'DONE'|eventType",
        "'eventTime':'yesterday'|eventTime",
        "'eventTime':null|eventTime",
        "'producer':7|producer",
        "'producer':''|producer",
        "'run':{'runId':'1-2-3'}|run,runId",
        "'run':{}|run,runId",
        "'run':{'runId':'%s','facets':{'parent':{'job':{}}}}|run,facets,parent,run",
        "'run':{'runId':'%s','facets':{'parent':{'run':{'runId':'x'}}}}|run,facets,parent,run,runId",
        "'run':{'runId':'%s','facets':{'nominalTime':{}}}|run,facets,nominalTime,nominalStartTime",
        "'run':{'runId':'%s','facets':{'errorMessage':{}}}|run,facets,errorMessage,message",
        "'job':{'name':'x'}|job,namespace",
        "'job':{'namespace':'x','name':''}|job,name",
        "'job':{'namespace':'x','name':'y','facets':{'jobType':{'integration':'z'}}}"
            + "|job,facets,jobType,processingType",
        "'inputs':{}|inputs",
        "'inputs':[7]|inputs,0",
        "'outputs':[{'namespace':'db'}]|outputs,0,name",
        "'inputs':[{'namespace':'db','name':'o','facets':{'dataQualityAssertions':{}}}]"
            + "|inputs,0,facets,dataQualityAssertions,assertions",
        "'inputs':[{'namespace':'db','name':'o','facets':{'dataQualityAssertions':{'assertions':"
            + "[{'assertion':'a','success':'yes'}]}}}]"
            + "|inputs,0,facets,dataQualityAssertions,assertions,0,success"
      })
  void whatIsWrongIsNamed(String member, String place) {
    var members = new LinkedHashMap<String, String>();
    members.put("eventTime", TIME);
    members.put("producer", PRODUCER);
    members.put("job", JOB);
    members.put("run", "'run':{'runId':'%s'}");
    members.put(member.substring(1, member.indexOf("'", 1)), member);

    var refused = tell(String.join(",", members.values()).replace("%s", run.toString())).is(422);

    var loc = new ArrayList<String>();
    refused.at("/detail/0/loc").forEach(step -> loc.add(step.asString()));
    assertThat(String.join(",", loc)).isEqualTo("body," + place);
    assertThat(refused.at("/detail")).hasSize(1);
  }

  @Test
  void thereIsAMostOfEverything() {
    tell(run, "START", "", ",'inputs':[%s]".formatted(datasets(10_000, "{}"))).is(201);
    assertThat(
            tell(run, "START", "", ",'inputs':[%s]".formatted(datasets(10_001, "{}")))
                .is(422)
                .textAt("/detail/0/msg"))
        .isEqualTo("inputs must be an array of at most 10000 objects");
    tell(run, "START", "", ",'inputs':[%s]".formatted(datasets(100, asserted(1)))).is(201);
    assertThat(
            tell(run, "START", "", ",'inputs':[%s]".formatted(datasets(101, asserted(1))))
                .is(422)
                .textAt("/detail/0/msg"))
        .isEqualTo("datasets has at most 100 entries, not 101.");
    tell(run, "START", "", ",'inputs':[%s]".formatted(datasets(1, asserted(1_000)))).is(201);
    tell(run, "START", "", ",'inputs':[%s]".formatted(datasets(1, asserted(1_001)))).is(422);
    tell("%s,%s,'job':{'namespace':'n','name':'%s'},'run':{'runId':'%s'}"
            .formatted(TIME, PRODUCER, "x".repeat(2_000), run))
        .is(201);
    tell("%s,%s,'job':{'namespace':'n','name':'%s'},'run':{'runId':'%s'}"
            .formatted(TIME, PRODUCER, "x".repeat(2_001), run))
        .is(422);
  }

  private static String datasets(int count, String facets) {
    return String.join(
        ",", Collections.nCopies(count, "{'namespace':'d','name':'o','facets':" + facets + "}"));
  }

  private static String asserted(int count) {
    return "{'dataQualityAssertions':{'assertions':[%s]}}"
        .formatted(
            String.join(",", Collections.nCopies(count, "{'assertion':'a','success':true}")));
  }

  @Test
  void aCredentialIsRefused() {
    var refused =
        tell("%s,%s,'job':{'namespace':'n','name':'ghp_%s'},'run':{'runId':'%s'}"
                .formatted(TIME, PRODUCER, "0123456789abcdefghijklmnopqrstuvwxyz", run))
            .is(422);

    assertThat(refused.text()).doesNotContain("ghp_0123").contains("job");
  }

  @Test
  void whoShowsNoKeyMayNotTell() {
    client.without("X-API-Key").post(LINEAGE, "{}").is(401);
  }
}
