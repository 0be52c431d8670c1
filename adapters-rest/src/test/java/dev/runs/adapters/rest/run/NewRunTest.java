package dev.runs.adapters.rest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class NewRunTest extends RestTest {

  private static final String RUNS = "/v1/runs";

  @Nested
  class InTheFirstForm {

    private final String organization = world.organization();

    @Test
    void isAnsweredWith201AndTheWholeRunInOrder() {
      var answer = create("'serviceName':'crawler','taskName':'crawl'").is(201);

      assertThat(answer.json().propertyNames())
          .containsExactly(
              "id",
              "parentRunId",
              "organizationId",
              "userId",
              "appId",
              "brandId",
              "campaignId",
              "serviceName",
              "taskName",
              "status",
              "startedAt",
              "completedAt",
              "createdAt",
              "updatedAt",
              "state",
              "rootRunId",
              "project",
              "domain",
              "name",
              "attempt",
              "projectId",
              "kind",
              "maxAttempts",
              "priority",
              "scheduledAt",
              "timeout",
              "idempotencyKey",
              "claimedBy",
              "claimedAt",
              "cancelRequestedAt",
              "finishedAt",
              "outputRef",
              "error",
              "failureKind",
              "retryOf");
      assertThat(answer.textAt("/organizationId")).isEqualTo(organization);
      assertThat(answer.textAt("/status")).isEqualTo("running");
      assertThat(answer.textAt("/state")).isEqualTo("running");
      assertThat(answer.textAt("/startedAt")).isEqualTo("2026-11-20T12:00:00.123Z");
      assertThat(answer.at("/completedAt").isNull()).isTrue();
      assertThat(answer.textAt("/rootRunId")).isEqualTo(answer.textAt("/id"));
      assertThat(answer.textAt("/project")).isEqualTo("default");
      assertThat(answer.textAt("/domain")).isEqualTo("production");
      assertThat(answer.textAt("/name")).matches("[a-z][a-z0-9]{19}");
      assertThat(answer.at("/attempt").asInt()).isEqualTo(1);
      assertThat(answer.textAt("/projectId")).isEqualTo(organization);
      assertThat(
              answer.json().propertyStream().filter(member -> member.getValue().isNull()).toList())
          .extracting(Map.Entry::getKey)
          .contains("kind", "maxAttempts", "claimedBy", "finishedAt", "error", "retryOf")
          .doesNotContain("attempt", "projectId");
    }

    @Test
    void namesItsUserAndItsParent() {
      var user = world.user(organization);
      var parent = world.run(organization);

      var answer =
          create("'serviceName':'s','taskName':'t','userId':'%s','parentRunId':'%s'", user, parent)
              .is(201);

      assertThat(answer.textAt("/userId")).isEqualTo(user);
      assertThat(answer.textAt("/parentRunId")).isEqualTo(parent);
      assertThat(answer.textAt("/rootRunId")).isEqualTo(parent);
    }

    @Test
    void takesEmptyTextsAndNullsForNoUserAndNoParent() {
      var empty = create("'serviceName':'s','taskName':'t','userId':'','parentRunId':''").is(201);
      var nulls =
          create("'serviceName':'s','taskName':'t','userId':null,'parentRunId':null").is(201);

      assertThat(empty.at("/userId").isNull()).isTrue();
      assertThat(empty.at("/parentRunId").isNull()).isTrue();
      assertThat(nulls.at("/parentRunId").isNull()).isTrue();
    }

    @Test
    void ignoresWhatNobodyMayDecideAndWhatOnlyTheLaterFormKnows() {
      var answer =
          create(
                  "'serviceName':'s','taskName':'t','id':'x','status':'failed',"
                      + "'startedAt':'2020-01-01','appId':'app','brandId':7")
              .is(201);

      assertThat(answer.textAt("/status")).isEqualTo("running");
      assertThat(answer.textAt("/startedAt")).isEqualTo("2026-11-20T12:00:00.123Z");
      assertThat(answer.at("/appId").isNull()).isTrue();
      assertThat(answer.at("/brandId").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{}|organizationId is required",
          "{'organizationId':''}|organizationId is required",
          "{'organizationId':'x'}|serviceName is required",
          "{'organizationId':'x','serviceName':''}|serviceName is required",
          "{'organizationId':'x','taskName':'t'}|serviceName is required",
          "{'organizationId':'x','serviceName':'s'}|taskName is required",
          "{'organizationId':'x','serviceName':'s','taskName':null}|taskName is required",
          "{'serviceName':'s','taskName':'t'}|organizationId is required"
        })
    void asksForItsFieldsInTheOrderOfTheContract(String body, String error) {
      var answer = client.post(RUNS, body).is(400);

      assertThat(answer.textAt("/error")).isEqualTo(error);
      assertThat(answer.textAt("/detail")).isEqualTo(error);
      assertThat(answer.textAt("/code")).isEqualTo("request.invalid");
      assertThat(answer.json().has("details")).isFalse();
    }

    @Test
    void namesWhatIsWrongBesideWhatIsMissing() {
      var answer =
          client.post(RUNS, "{'organizationId':'x','serviceName':'','parentRunId':'y'}").is(400);

      assertThat(answer.at("/errors").valueStream().map(error -> error.get("message").asString()))
          .containsExactly(
              "serviceName is required",
              "taskName is required",
              "organizationId must be a UUID",
              "parentRunId must be a UUID");
    }

    @Test
    void takesAnAbsentBodyForAnEmptyOne() {
      assertThat(client.post(RUNS, "").is(400).textAt("/error"))
          .isEqualTo("organizationId is required");
    }

    @Test
    void refusesWhatIsNoUuid() {
      var organization =
          client.post(RUNS, "{'organizationId':'acme','serviceName':'s','taskName':'t'}").is(400);
      var user = create("'serviceName':'s','taskName':'t','userId':'ada'").is(400);
      var parent = create("'serviceName':'s','taskName':'t','parentRunId':'1-1-1-1-1'").is(400);

      assertThat(organization.textAt("/error")).isEqualTo("organizationId must be a UUID");
      assertThat(organization.textAt("/errors/0/pointer")).isEqualTo("/organizationId");
      assertThat(user.textAt("/error")).isEqualTo("userId must be a UUID");
      assertThat(parent.textAt("/error")).isEqualTo("parentRunId must be a UUID");
    }

    @Test
    void answers404ForAnUnknownOrganization() {
      var answer =
          client
              .post(RUNS, "{'organizationId':'%s','serviceName':'s','taskName':'t'}", NOBODY)
              .is(404);

      assertThat(answer.textAt("/error")).isEqualTo("Organization not found");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/organizationId");
    }

    @Test
    void answers404ForAnUnknownUserAndOneOfAnotherOrganization() {
      var unknown = create("'serviceName':'s','taskName':'t','userId':'%s'", NOBODY).is(404);
      var others =
          create("'serviceName':'s','taskName':'t','userId':'%s'", world.user(world.organization()))
              .is(404);

      assertThat(unknown.textAt("/error")).isEqualTo("User not found");
      assertThat(unknown.textAt("/errors/0/pointer")).isEqualTo("/userId");
      assertThat(others.textAt("/error")).isEqualTo("User not found");
    }

    @Test
    void answers404ForAnUnknownParentAndOneOfAnotherOrganization() {
      var foreign = world.run(world.organization());
      var unknown = create("'serviceName':'s','taskName':'t','parentRunId':'%s'", NOBODY).is(404);
      var others = create("'serviceName':'s','taskName':'t','parentRunId':'%s'", foreign).is(404);

      assertThat(unknown.textAt("/error")).isEqualTo("parentRunId " + NOBODY + " does not exist");
      assertThat(unknown.textAt("/code")).isEqualTo("run.parent_not_found");
      assertThat(unknown.textAt("/errors/0/pointer")).isEqualTo("/parentRunId");
      assertThat(others.textAt("/error")).isEqualTo("parentRunId " + foreign + " does not exist");
    }

    @Test
    void hasNamesOf255CharactersAndNotOf256() {
      create("'serviceName':'%s','taskName':'t'", "s".repeat(255)).is(201);
      create("'serviceName':'s','taskName':'%s'", "t".repeat(255)).is(201);
      var service = create("'serviceName':'%s','taskName':'t'", "s".repeat(256)).is(400);
      var task = create("'serviceName':'s','taskName':'%s'", "t".repeat(256)).is(400);

      assertThat(service.textAt("/errors/0/pointer")).isEqualTo("/serviceName");
      assertThat(service.textAt("/errors/0/code")).isEqualTo("run.invalid_field");
      assertThat(task.textAt("/errors/0/pointer")).isEqualTo("/taskName");
    }

    @Test
    void refusesATextThatNoDatabaseKeeps() {
      var answer = create("'serviceName':'a\\u0000','taskName':'t'").is(400);

      assertThat(answer.textAt("/error"))
          .isEqualTo("serviceName has a character that cannot be kept");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/serviceName");
    }

    @Test
    void standsAtMost64Deep() {
      var deepest = world.run(organization);
      for (var depth = 2; depth <= 64; depth++) {
        deepest = world.child(organization, deepest);
      }

      var answer = create("'serviceName':'s','taskName':'t','parentRunId':'%s'", deepest).is(422);

      assertThat(answer.textAt("/code")).isEqualTo("run.too_deep");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/parentRunId");
    }

    private Answer create(String fields, Object... values) {
      var all = new Object[values.length + 1];
      all[0] = organization;
      System.arraycopy(values, 0, all, 1, values.length);
      return client.post(RUNS, "{'organizationId':'%s'," + fields + "}", all);
    }
  }

  @Nested
  class InTheLaterForm {

    private static final String REQUIRED =
        "'clerkOrgId':'org_1','appId':'app','serviceName':'s','taskName':'t'";

    @Test
    void registersItsOrganizationAndItsUserOnTheWay() {
      var body = "{" + REQUIRED + ",'clerkUserId':'user_1','brandId':'b','campaignId':'c'}";

      var first = client.post(RUNS, body).is(201);
      var second = client.post(RUNS, body).is(201);

      assertThat(first.textAt("/appId")).isEqualTo("app");
      assertThat(first.textAt("/brandId")).isEqualTo("b");
      assertThat(first.textAt("/campaignId")).isEqualTo("c");
      assertThat(second.textAt("/organizationId")).isEqualTo(first.textAt("/organizationId"));
      assertThat(second.textAt("/userId")).isEqualTo(first.textAt("/userId"));
    }

    @Test
    void meansTheOrganizationThatIsRegisteredUnderTheSameExternalId() {
      var id = client.post("/v1/organizations", "{'externalId':'org_known'}").textAt("/id");

      var answer =
          client
              .post(RUNS, "{'clerkOrgId':'org_known','appId':'a','serviceName':'s','taskName':'t'}")
              .is(201);

      assertThat(answer.textAt("/organizationId")).isEqualTo(id);
      assertThat(answer.at("/userId").isNull()).isTrue();
    }

    @Test
    void takesEmptyOptionalTextsForNone() {
      var answer =
          client
              .post(RUNS, "{" + REQUIRED + ",'clerkUserId':'','brandId':'','campaignId':''}")
              .is(201);

      assertThat(answer.at("/userId").isNull()).isTrue();
      assertThat(answer.at("/brandId").isNull()).isTrue();
    }

    @Test
    void tellsAllThatIsWrongByField() {
      var answer =
          client
              .post(RUNS, "{'clerkOrgId':'','appId':7,'taskName':'t','parentRunId':'x','extra':1}")
              .is(400);

      assertThat(answer.textAt("/error")).isEqualTo("Invalid request");
      assertThat(answer.at("/details/formErrors")).isEmpty();
      assertThat(answer.at("/details/fieldErrors").toString())
          .isEqualTo(
              "{\"clerkOrgId\":[\"clerkOrgId must not be empty\"],"
                  + "\"appId\":[\"appId must be a string\"],"
                  + "\"serviceName\":[\"serviceName is required\"],"
                  + "\"parentRunId\":[\"parentRunId must be a UUID\"]}");
      assertThat(answer.at("/errors").valueStream().map(error -> error.at("/pointer").asString()))
          .containsExactly("/clerkOrgId", "/appId", "/serviceName", "/parentRunId");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "clerkOrgId",
          "appId",
          "serviceName",
          "taskName",
          "clerkUserId",
          "brandId",
          "campaignId",
          "parentRunId"
        })
    void refusesNull(String field) {
      var body = "{" + REQUIRED + "}";
      var withNull =
          body.contains("'" + field + "'")
              ? body.replaceFirst("'" + field + "':'[^']*'", "'" + field + "':null")
              : body.replace("}", ",'" + field + "':null}");

      var answer = client.post(RUNS, withNull).is(400);

      assertThat(answer.at("/details/fieldErrors/" + field + "/0").asString())
          .isEqualTo(field + " must not be null");
      assertThat(answer.at("/errors")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clerkOrgId", "appId", "serviceName", "taskName"})
    void refusesAnEmptyRequiredField(String field) {
      var body =
          ("{" + REQUIRED + "}").replaceFirst("'" + field + "':'[^']*'", "'" + field + "':''");

      assertThat(fieldErrors(client.post(RUNS, body).is(400)).at("/" + field + "/0").asString())
          .isEqualTo(field + " must not be empty");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "clerkOrgId",
          "appId",
          "serviceName",
          "taskName",
          "brandId",
          "campaignId",
          "clerkUserId"
        })
    void hasTextsOf255CharactersAndNotOf256(String field) {
      var body = "{" + REQUIRED + ",'brandId':'b','campaignId':'c','clerkUserId':'u'}";
      var pattern = "'" + field + "':'[^']*'";

      client
          .post(RUNS, body.replaceFirst(pattern, "'" + field + "':'" + "x".repeat(255) + "'"))
          .is(201);
      var answer =
          client
              .post(RUNS, body.replaceFirst(pattern, "'" + field + "':'" + "x".repeat(256) + "'"))
              .is(400);

      assertThat(fieldErrors(answer).has(field)).isTrue();
      assertThat(answer.at("/errors")).hasSize(1);
    }

    @Test
    void answers400ForAnUnknownParentInTheSameWords() {
      var answer = client.post(RUNS, "{" + REQUIRED + ",'parentRunId':'%s'}", NOBODY).is(400);

      assertThat(answer.textAt("/error")).isEqualTo("parentRunId " + NOBODY + " does not exist");
      assertThat(answer.textAt("/code")).isEqualTo("run.parent_not_found");
      assertThat(answer.at("/status").asInt()).isEqualTo(400);
    }

    @Test
    void refusesAnEmptyParent() {
      client.post(RUNS, "{" + REQUIRED + ",'parentRunId':''}").is(400);
    }

    private JsonNode fieldErrors(Answer answer) {
      return answer.at("/details/fieldErrors");
    }
  }

  @Test
  void isRefusedInBothFormsAtOnce() {
    var answer =
        client
            .post(
                RUNS,
                "{'organizationId':'%s','clerkOrgId':'o','appId':'a','serviceName':'s','taskName':'t'}",
                world.organization())
            .is(400);

    assertThat(answer.textAt("/error"))
        .isEqualTo("organizationId and clerkOrgId exclude each other");
  }
}
