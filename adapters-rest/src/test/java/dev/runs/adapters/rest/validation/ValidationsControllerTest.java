package dev.runs.adapters.rest.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validations in both forms that the registry's clients know. */
class ValidationsControllerTest extends RestTest {

  private static final String VALIDATIONS = "/api/v1/validations";
  private static final int MOST_BYTES = 262_144;

  private final Client own = client.within(world.organization());

  @Test
  void areRecordedAsTheyAreDocumented() {
    var run = own.post("/api/v1/runs", "{'contract_id':'c'}").is(201).textAt("/id");
    var recorded =
        own.post(
                VALIDATIONS,
                "{'contract_id':'c','run_id':'%s','status':'failed',"
                    + "'errors':[{'code':'NULL','message':'is null','path':'a.b','row_count':3},"
                    + "{'code':'RANGE','message':''}],"
                    + "'warnings':[{'code':'OLD','message':'is old'}],"
                    + "'metrics':{'rows_validated':1000,'rows_passed':990,'rows_failed':10,"
                    + "'duration_ms':1250},'metadata':{'by':'me'}}",
                run)
            .is(201);

    assertThat(recorded.textAt("/status")).isEqualTo("failed");
    assertThat(recorded.at("/passed").booleanValue()).isFalse();
    assertThat(recorded.textAt("/run_id")).isEqualTo(run);
    assertThat(recorded.at("/row_count").intValue()).isEqualTo(1000);
    assertThat(recorded.at("/error_count").intValue()).isEqualTo(10);
    assertThat(recorded.at("/error_rate").toString()).isEqualTo("0.01");
    assertThat(recorded.at("/duration_ms").toString()).isEqualTo("1250");
    assertThat(recorded.at("/errors").toString())
        .isEqualTo(
            "[{\"code\":\"NULL\",\"message\":\"is null\",\"path\":\"a.b\",\"row_count\":3},"
                + "{\"code\":\"RANGE\",\"message\":\"\",\"path\":null,\"row_count\":null}]");
    assertThat(recorded.at("/warnings")).hasSize(1);
    assertThat(recorded.at("/metrics").toString())
        .isEqualTo(
            "{\"rows_validated\":1000,\"rows_passed\":990,\"rows_failed\":10,"
                + "\"duration_ms\":1250}");
    assertThat(recorded.at("/metadata").toString()).isEqualTo("{\"by\":\"me\"}");
    assertThat(recorded.at("/sample_errors").toString()).isEqualTo("[]");
    assertThat(recorded.textAt("/recorded_by")).isEqualTo("key:configured");
    assertThat(own.get(VALIDATIONS + "/" + recorded.textAt("/id")).is(200).text())
        .isEqualTo(recorded.text());
    var shown = own.get("/api/v1/runs/" + run).is(200);
    assertThat(shown.at("/validations/0/id").asString()).isEqualTo(recorded.textAt("/id"));
    assertThat(shown.at("/validations/0").has("errors")).isFalse();
  }

  @Test
  void areRecordedAsTheClientSendsThem() {
    var recorded =
        own.post(
                VALIDATIONS,
                "{'contract_id':'c','passed':true,'row_count':3,'error_count':1,"
                    + "'error_rate':0.0,'duration_ms':12.3456,'contract_version':'1',"
                    + "'schema_name':'s','environment':'prod','pipeline_id':'p','run_id':null,"
                    + "'sample_errors':[{'row':1},'x']}")
            .is(201);

    assertThat(recorded.textAt("/status")).isEqualTo("passed");
    assertThat(recorded.at("/passed").booleanValue()).isTrue();
    assertThat(recorded.at("/error_count").intValue()).isEqualTo(1);
    assertThat(recorded.at("/error_rate").toString()).isEqualTo("0.333333");
    assertThat(recorded.at("/duration_ms").toString()).isEqualTo("12.346");
    assertThat(recorded.textAt("/contract_version")).isEqualTo("1");
    assertThat(recorded.textAt("/schema_name")).isEqualTo("s");
    assertThat(recorded.textAt("/environment")).isEqualTo("prod");
    assertThat(recorded.textAt("/pipeline_id")).isEqualTo("p");
    assertThat(recorded.at("/run_id").isNull()).isTrue();
    assertThat(recorded.at("/sample_errors").toString()).isEqualTo("[{\"row\":1},\"x\"]");
    assertThat(recorded.at("/metrics/rows_validated").intValue()).isEqualTo(3);
    assertThat(recorded.at("/metrics/rows_passed").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"passed, true", "failed, false", "warning, true", "skipped, true"})
  void passUnlessTheyFailed(String status, boolean passed) {
    var recorded =
        own.post(VALIDATIONS, "{'contract_id':'c','status':'%s','passed':%s}", status, passed)
            .is(201);

    assertThat(recorded.at("/passed").booleanValue()).isEqualTo(passed);
    assertThat(recorded.at("/row_count").intValue()).isZero();
    assertThat(recorded.at("/error_rate").intValue()).isZero();
    assertThat(recorded.at("/duration_ms").isNull()).isTrue();
    var refused =
        own.post(VALIDATIONS, "{'contract_id':'c','status':'%s','passed':%s}", status, !passed)
            .is(422);
    assertThat(refused.textAt("/detail/0/loc/1")).isEqualTo("passed");
  }

  @Test
  void countTheErrorsTheyNameWhenNobodyElseDid() {
    var errors = "'errors':[{'code':'A','message':'a'},{'code':'B','message':'b'}]";

    assertThat(
            own.post(VALIDATIONS, "{'contract_id':'c','status':'failed'," + errors + "}")
                .is(201)
                .at("/error_count")
                .intValue())
        .isEqualTo(2);
    assertThat(
            own.post(
                    VALIDATIONS,
                    "{'contract_id':'c','status':'failed','metrics':{'rows_failed':7},"
                        + errors
                        + "}")
                .is(201)
                .at("/error_count")
                .intValue())
        .isEqualTo(7);
    assertThat(
            own.post(
                    VALIDATIONS,
                    "{'contract_id':'c','status':'failed','error_count':9,"
                        + "'metrics':{'rows_failed':7},"
                        + errors
                        + "}")
                .is(201)
                .at("/error_count")
                .intValue())
        .isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'status':'passed'}|contract_id",
        "{'contract_id':'c'}|status",
        "{'contract_id':'c','row_count':1}|status",
        "{'contract_id':'c','passed':true}|row_count",
        "{'contract_id':'c','status':'ok'}|status",
        "{'contract_id':'c','passed':'true','row_count':1}|passed",
        "{'contract_id':'c','passed':true,'row_count':-1}|row_count",
        "{'contract_id':'c','passed':true,'row_count':1.5}|row_count",
        "{'contract_id':'c','passed':true,'row_count':1000000000001}|row_count",
        "{'contract_id':'c','passed':true,'row_count':1,'error_count':-1}|error_count",
        "{'contract_id':'c','passed':true,'row_count':1,'error_rate':'x'}|error_rate",
        "{'contract_id':'c','status':'passed','duration_ms':-0.1}|duration_ms",
        "{'contract_id':'c','status':'passed','duration_ms':31536000001}|duration_ms",
        "{'contract_id':'c','status':'passed','duration_ms':1e-999999999}|duration_ms",
        "{'contract_id':'c','status':'passed','metrics':[]}|metrics",
        "{'contract_id':'c','status':'passed','metrics':{'rows_failed':-1}}|metrics",
        "{'contract_id':'c','status':'passed','errors':{}}|errors",
        "{'contract_id':'c','status':'passed','errors':[1]}|errors",
        "{'contract_id':'c','status':'passed','errors':[{'message':'m'}]}|errors",
        "{'contract_id':'c','status':'passed','errors':[{'code':'c'}]}|errors",
        "{'contract_id':'c','status':'passed','errors':[{'code':'','message':'m'}]}|errors",
        "{'contract_id':'c','status':'passed','sample_errors':{}}|sample_errors",
        "{'contract_id':'c','status':'passed','metadata':[]}|metadata",
        "{'contract_id':'c','passed':true,'row_count':1,'metrics':{'rows_validated':2}}|row_count",
        "{'contract_id':'c','status':'passed','duration_ms':1,'metrics':{'duration_ms':2}}|duration_ms"
      })
  void areNotRecordedWhenSomethingIsWrong(String body, String member) {
    var refused = own.post(VALIDATIONS, body).is(422);

    assertThat(refused.at("/detail")).hasSize(1);
    assertThat(refused.textAt("/detail/0/loc/1")).isEqualTo(member);
  }

  @Test
  void takeNumbersUpToTheirBounds() {
    own.post(
            VALIDATIONS,
            "{'contract_id':'c','passed':true,'row_count':1000000000000,"
                + "'error_count':1000000000000,'duration_ms':31536000000}")
        .is(201);
  }

  @Test
  void nameUpToAHundredErrorsAndWarnings() {
    var hundred = "{'code':'A','message':'m'},".repeat(99) + "{'code':'A','message':'m'}";
    for (var member : List.of("errors", "warnings")) {
      own.post(
              VALIDATIONS,
              "{'contract_id':'c','status':'warning','" + member + "':[" + hundred + "]}")
          .is(201);
      own.post(
              VALIDATIONS,
              "{'contract_id':'c','status':'warning','"
                  + member
                  + "':["
                  + hundred
                  + ",{'code':'A','message':'m'}]}")
          .is(422);
    }
  }

  @ParameterizedTest
  @CsvSource({"code, 255", "message, 4000", "path, 4000"})
  void nameErrorsWithTextsUpToTheirBounds(String member, int most) {
    var longest = "x".repeat(most);
    var code = member.equals("code") ? "" : "'code':'A',";
    var message = member.equals("message") ? "" : "'message':'m',";
    var body =
        "{'contract_id':'c','status':'failed','errors':[{"
            + code
            + message
            + "'"
            + member
            + "':'%s'}]}";

    own.post(VALIDATIONS, body, longest).is(201);
    var refused = own.post(VALIDATIONS, body, longest + "x").is(422);
    assertThat(refused.at("/detail/0/loc").toString())
        .isEqualTo("[\"body\",\"errors\",0,\"" + member + "\"]");
  }

  @Test
  void haveSamplesAndMetadataOfUpTo256Kibibytes() {
    var samples = "x".repeat(MOST_BYTES - "[\"\"]".length());
    var metadata = "x".repeat(MOST_BYTES - "{\"a\":\"\"}".length());

    own.post(VALIDATIONS, "{'contract_id':'c','status':'failed','sample_errors':['%s']}", samples)
        .is(201);
    own.post(VALIDATIONS, "{'contract_id':'c','status':'failed','sample_errors':['%sx']}", samples)
        .is(422);
    own.post(VALIDATIONS, "{'contract_id':'c','status':'failed','metadata':{'a':'%s'}}", metadata)
        .is(201);
    own.post(VALIDATIONS, "{'contract_id':'c','status':'failed','metadata':{'a':'%sx'}}", metadata)
        .is(422);
  }

  @Test
  void areOfARunThatIsThereOrOfNone() {
    var foreign = world.run(world.organization());
    var stranger = world.holder(world.organization(), "'validations:write'", "");

    for (var run : List.of(NOBODY, "run-456", "")) {
      var refused =
          own.post(VALIDATIONS, "{'contract_id':'c','status':'passed','run_id':'%s'}", run).is(422);
      assertThat(refused.textAt("/detail/0/type")).isEqualTo("validation.run_not_found");
      assertThat(refused.at("/detail/0/loc").toString()).isEqualTo("[\"body\",\"run_id\"]");
    }
    stranger
        .post(VALIDATIONS, "{'contract_id':'c','status':'passed','run_id':'%s'}", foreign)
        .is(422);
    own.post(VALIDATIONS, "{'contract_id':'c','status':'passed'}").is(201);
  }

  @Test
  void mayNotHoldCredentials() {
    var refused =
        own.post(
                VALIDATIONS,
                "{'contract_id':'c','status':'failed','sample_errors':[{'password':'hunter2'}]}")
            .is(422);

    assertThat(refused.textAt("/detail/0/type")).isEqualTo("input.credential");
    assertThat(refused.text()).doesNotContain("hunter2");
  }

  @Test
  void areDoneOnceWithAKeyForThat() {
    var once = own.once("validation-1");
    var first = once.post(VALIDATIONS, "{'contract_id':'once','status':'passed'}").is(201);

    assertThat(once.post(VALIDATIONS, "{'contract_id':'once','status':'passed'}").text())
        .isEqualTo(first.text());
    assertThat(ids(own.get(VALIDATIONS + "?contract_id=once"))).hasSize(1);
  }

  @Test
  void areNotFoundByWhatIsNoIdOfOne() {
    for (var id : List.of(NOBODY, "v-1")) {
      var answer = own.get(VALIDATIONS + "/" + id).is(404);
      assertThat(answer.textAt("/detail/code")).isEqualTo("NOT_FOUND");
      assertThat(answer.textAt("/detail/message")).isEqualTo("Validation '" + id + "' not found");
    }
  }

  @Test
  void areListedByTheFiltersOfBothForms() {
    var there = client.within(world.organization());
    var run = there.post("/api/v1/runs", "{'contract_id':'a'}").is(201).textAt("/id");
    var old = recorded(there, "'contract_id':'a','status':'failed','schema_name':'s'");
    world.clock().advance(Duration.ofHours(1));
    var begin = world.clock().instant();
    var warned = recorded(there, "'contract_id':'a','status':'warning','run_id':'" + run + "'");
    world.clock().advance(Duration.ofHours(1));
    var passed = recorded(there, "'contract_id':'b','passed':true,'row_count':1");

    assertThat(ids(there.get(VALIDATIONS))).containsExactly(passed, warned, old);
    assertThat(ids(there.get(VALIDATIONS + "?contract_id=a"))).containsExactly(warned, old);
    assertThat(ids(there.get(VALIDATIONS + "?run_id=" + run))).containsExactly(warned);
    assertThat(ids(there.get(VALIDATIONS + "?run_id=run-456"))).isEmpty();
    assertThat(ids(there.get(VALIDATIONS + "?schema_name=s"))).containsExactly(old);
    assertThat(ids(there.get(VALIDATIONS + "?status=warning"))).containsExactly(warned);
    assertThat(ids(there.get(VALIDATIONS + "?passed=true"))).containsExactly(passed, warned);
    assertThat(ids(there.get(VALIDATIONS + "?passed=false"))).containsExactly(old);
    assertThat(ids(there.get(VALIDATIONS + "?passed=true&status=failed"))).isEmpty();
    for (var from : List.of("from_date", "start_date")) {
      assertThat(ids(there.get(VALIDATIONS + "?" + from + "=" + begin)))
          .containsExactly(passed, warned);
    }
    for (var to : List.of("to_date", "end_date")) {
      assertThat(ids(there.get(VALIDATIONS + "?" + to + "=" + begin))).containsExactly(warned, old);
    }
    assertThat(
            ids(
                there.get(
                    VALIDATIONS
                        + "?from_date=2026-01-01&to_date=2027-01-01&start_date="
                        + begin
                        + "&end_date="
                        + begin)))
        .containsExactly(warned);
    var page = there.get(VALIDATIONS + "?limit=1&offset=1").is(200);
    assertThat(ids(page)).containsExactly(warned);
    assertThat(page.at("/total").intValue()).isEqualTo(3);
    assertThat(page.at("/items/0").has("metadata")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "offset=-1",
        "offset=100001",
        "status=ok",
        "passed=1",
        "from_date=x",
        "to_date=x",
        "start_date=x",
        "end_date=x"
      })
  void areNotListedByWhatIsNoFilter(String query) {
    var refused = own.get(VALIDATIONS + "?" + query).is(422);

    assertThat(refused.at("/detail")).hasSize(1);
    assertThat(refused.textAt("/detail/0/loc/1")).isEqualTo(query.replaceFirst("=.*", ""));
  }

  @Test
  void areSummedUpByDay() {
    var there = client.within(world.organization());
    var day = world.clock().instant().truncatedTo(ChronoUnit.DAYS);
    recorded(
        there,
        "'contract_id':'s','status':'failed','metrics':{'rows_validated':100,'duration_ms':10},"
            + "'errors':[{'code':'NULL','message':'n','row_count':4}]");
    recorded(there, "'contract_id':'s','status':'warning','metrics':{'rows_validated':50}");
    world.clock().advance(Duration.ofDays(1));
    recorded(there, "'contract_id':'s','passed':true,'row_count':10,'duration_ms':20");
    recorded(there, "'contract_id':'s','status':'skipped'");
    recorded(there, "'contract_id':'t','status':'failed'");
    world.clock().advance(Duration.ofSeconds(1));

    var stats = there.get(VALIDATIONS + "/stats/s").is(200);

    assertThat(stats.textAt("/contract_id")).isEqualTo("s");
    assertThat(stats.at("/period_days").intValue()).isEqualTo(30);
    assertThat(stats.at("/total_runs").intValue()).isEqualTo(4);
    assertThat(stats.at("/total_validations").intValue()).isEqualTo(4);
    assertThat(stats.at("/passed_runs").intValue()).isEqualTo(3);
    assertThat(stats.at("/failed_runs").intValue()).isEqualTo(1);
    assertThat(stats.at("/passed").intValue()).isEqualTo(1);
    assertThat(stats.at("/failed").intValue()).isEqualTo(1);
    assertThat(stats.at("/warning").intValue()).isEqualTo(1);
    assertThat(stats.at("/skipped").intValue()).isEqualTo(1);
    assertThat(stats.at("/pass_rate").toString()).isEqualTo("0.75");
    assertThat(stats.at("/total_rows").intValue()).isEqualTo(160);
    assertThat(stats.at("/total_errors").intValue()).isEqualTo(1);
    assertThat(stats.at("/avg_duration_ms").toString()).isEqualTo("15");
    assertThat(stats.at("/by_day")).hasSize(2);
    assertThat(stats.at("/by_day/0/total_validations").intValue()).isEqualTo(2);
    assertThat(stats.at("/by_day/0/date").asString()).isEqualTo(day.toString().substring(0, 10));
    assertThat(stats.at("/by_day/0/start").asString())
        .isEqualTo(day.toString().replace("Z", ".000Z"));
    assertThat(stats.json().has("by_hour")).isFalse();
    assertThat(stats.json().has("by_week")).isFalse();
    assertThat(stats.at("/common_errors").toString())
        .isEqualTo("[{\"code\":\"NULL\",\"message\":\"n\",\"count\":1,\"row_count\":4}]");
  }

  @Test
  void areSummedUpByHourAndByWeek() {
    var there = client.within(world.organization());
    recorded(there, "'contract_id':'s','status':'passed'");
    world.clock().advance(Duration.ofHours(1));
    recorded(there, "'contract_id':'s','status':'passed'");
    world.clock().advance(Duration.ofSeconds(1));

    var hours = there.get(VALIDATIONS + "/stats/s?granularity=hour&days=31").is(200).at("/by_hour");
    assertThat(hours).hasSize(2);
    var weeks =
        there.get(VALIDATIONS + "/stats/s?granularity=week&days=365").is(200).at("/by_week");
    assertThat(weeks).hasSize(1);
    assertThat(weeks.at("/0/avg_duration_ms").isNull()).isTrue();
    there.get(VALIDATIONS + "/stats/s?granularity=hour&days=32").is(422);
  }

  @Test
  void areNothingInSumOfAContractThatHasNone() {
    var stats = own.get(VALIDATIONS + "/stats/nobody%27s%2Fcontract?days=1").is(200);

    assertThat(stats.textAt("/contract_id")).isEqualTo("nobody's/contract");
    assertThat(stats.at("/total_runs").intValue()).isZero();
    assertThat(stats.at("/pass_rate").intValue()).isZero();
    assertThat(stats.at("/avg_duration_ms").isNumber()).isTrue();
    assertThat(stats.at("/avg_duration_ms").intValue()).isZero();
    assertThat(stats.at("/by_day")).isEmpty();
  }

  @Test
  void haveNoAverageTimeWhenNoneWasTimed() {
    var there = client.within(world.organization());
    recorded(there, "'contract_id':'u','status':'passed'");
    world.clock().advance(Duration.ofSeconds(1));

    assertThat(there.get(VALIDATIONS + "/stats/u").is(200).at("/avg_duration_ms").isNull())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"days=0", "days=366", "days=x", "granularity=month"})
  void areNotSummedUpOtherwise(String query) {
    assertThat(own.get(VALIDATIONS + "/stats/c?" + query).is(422).at("/detail/0/loc/1").asString())
        .isEqualTo(query.replaceFirst("=.*", ""));
  }

  private static String recorded(Client client, String members) {
    return client.post(VALIDATIONS, "{" + members + "}").is(201).textAt("/id");
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
