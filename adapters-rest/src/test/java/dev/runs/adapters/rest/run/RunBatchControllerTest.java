package dev.runs.adapters.rest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunBatchControllerTest extends RestTest {

  private static final String PATH = "/v1/runs:batch";

  private final String organization = world.organization();

  @Nested
  class Atomic {

    @Test
    void makesAllRunsInTheOrderOfTheRequest() {
      var answer =
          batch(
                  item("'ref':'root'"),
                  item("'ref':'child','parentRef':'root'"),
                  item("'parentRef':'child'"),
                  item("'parentRunId':'" + world.run(organization) + "'"))
              .is(201);

      assertThat(answer.json().propertyNames()).containsExactly("runs");
      assertThat(answer.textAt("/runs/1/parentRunId")).isEqualTo(answer.textAt("/runs/0/id"));
      assertThat(answer.textAt("/runs/2/parentRunId")).isEqualTo(answer.textAt("/runs/1/id"));
      assertThat(answer.textAt("/runs/2/rootRunId")).isEqualTo(answer.textAt("/runs/0/id"));
      assertThat(answer.at("/runs/3/parentRunId").isNull()).isFalse();
      assertThat(answer.at("/runs/0").propertyNames()).hasSize(35).doesNotContain("ref");
    }

    @Test
    void takesBothFormsBesideEachOther() {
      var later = "{'clerkOrgId':'o','appId':'a','serviceName':'s','taskName':'t'}";

      var answer = batch(item(""), later).is(201);

      assertThat(answer.at("/runs/0/appId").isNull()).isTrue();
      assertThat(answer.textAt("/runs/1/appId")).isEqualTo("a");
    }

    @Test
    void makesNoneWhenOneIsRefusedAndSaysWhich() {
      var fresh = world.organization();
      var item = "{'organizationId':'" + fresh + "','serviceName':'s','taskName':'t'";

      var answer =
          batch(item + "}", item + "}", item + "}", item + ",'parentRunId':'" + NOBODY + "'}")
              .is(404);

      assertThat(answer.textAt("/error")).isEqualTo("parentRunId " + NOBODY + " does not exist");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/3/parentRunId");
      assertThat(client.get("/v1/runs?organizationId=" + fresh).at("/runs")).isEmpty();
    }

    @Test
    void answersAnUnknownParentInTheLaterFormWith400() {
      var answer =
          batch(
                  item(""),
                  "{'clerkOrgId':'o','appId':'a','serviceName':'s','taskName':'t','parentRunId':'"
                      + NOBODY
                      + "'}")
              .is(400);

      assertThat(answer.textAt("/code")).isEqualTo("run.parent_not_found");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/1/parentRunId");
    }

    @Test
    void namesTheLabelOfAParentThatBelongsToAnotherOrganization() {
      var answer =
          batch(
                  item("'ref':'a'"),
                  "{'organizationId':'"
                      + world.organization()
                      + "','serviceName':'s','taskName':'t','parentRef':'a'}")
              .is(404);

      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/1/parentRef");
    }

    @Test
    void gathersAllThatIsWrongWithTheFormOfItems() {
      var answer =
          batch(
                  "{}",
                  item(""),
                  item("'parentRunId':'x','userId':'y'"),
                  "7",
                  "{'clerkOrgId':'','appId':'a','serviceName':'s','taskName':null}")
              .is(400);

      assertThat(answer.at("/errors").valueStream().map(error -> error.at("/pointer").asString()))
          .containsExactly(
              "/items/0/organizationId",
              "/items/0/serviceName",
              "/items/0/taskName",
              "/items/2/userId",
              "/items/2/parentRunId",
              "/items/3",
              "/items/4/taskName",
              "/items/4/clerkOrgId");
      assertThat(answer.textAt("/error")).isEqualTo("organizationId is required");
      assertThat(answer.textAt("/code")).isEqualTo("request.invalid");
    }

    @Test
    void refusesLabelsThatNameNobodyOrTwo() {
      var answer =
          batch(
                  item("'ref':'a','parentRef':'a'"),
                  item("'ref':'b'"),
                  item("'ref':'b'"),
                  item("'parentRef':'c'"),
                  item("'ref':'c'"),
                  item("'parentRef':'b','parentRunId':'" + NOBODY + "'"),
                  item("'parentRef':'a'"),
                  item("'ref':7"))
              .is(400);

      assertThat(answer.at("/errors").valueStream().map(error -> error.at("/message").asString()))
          .containsExactly(
              "parentRef names no earlier item",
              "ref is another item's already",
              "parentRef names no earlier item",
              "parentRef and parentRunId exclude each other",
              "parentRef names an item that is refused itself",
              "ref must be a string");
    }

    @Test
    void takes1000ItemsAndNot1001() {
      assertThat(batch(items(1000)).is(201).at("/runs")).hasSize(1000);

      var answer = batch(items(1001)).is(400);
      assertThat(answer.textAt("/code")).isEqualTo("request.too_many_items");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"{}", "{'items':[]}", "{'items':null}", "{'items':{}}", "{'items':'x'}"})
    void asksForItems(String body) {
      var answer = client.post(PATH, body).is(400);

      assertThat(answer.textAt("/error")).isEqualTo("items array is required");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'true'", "1", "[]"})
    void refusesAWishThatIsNeitherTrueNorFalse(String atomic) {
      var answer = client.post(PATH, "{'items':[],'atomic':" + atomic + "}").is(400);

      assertThat(answer.textAt("/error")).isEqualTo("atomic must be true or false");
    }
  }

  @Nested
  class Each {

    @Test
    void answersEveryItemForItself() {
      var answer =
          each(
                  item("'ref':'a'"),
                  "{}",
                  item("'parentRef':'a'"),
                  item("'parentRunId':'" + NOBODY + "','ref':'lost'"),
                  item("'parentRef':'lost'"),
                  "{'clerkOrgId':'o','appId':'a','serviceName':'s','taskName':'t','parentRunId':'"
                      + NOBODY
                      + "'}")
              .is(200);

      assertThat(answer.at("/results")).hasSize(6);
      assertThat(answer.at("/results").valueStream().map(result -> result.at("/status").asInt()))
          .containsExactly(201, 400, 201, 404, 404, 400);
      assertThat(answer.at("/results").valueStream().map(result -> result.at("/index").asInt()))
          .containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(answer.at("/results/0").propertyNames())
          .containsExactly("index", "status", "run", "error");
      assertThat(answer.at("/results/0/error").isNull()).isTrue();
      assertThat(answer.textAt("/results/2/run/parentRunId"))
          .isEqualTo(answer.textAt("/results/0/run/id"));
      assertThat(answer.at("/results/1/run").isNull()).isTrue();
      assertThat(answer.textAt("/results/1/error/error")).isEqualTo("organizationId is required");
      assertThat(answer.textAt("/results/3/error/code")).isEqualTo("run.parent_not_found");
      assertThat(answer.textAt("/results/3/error/errors/0/pointer"))
          .isEqualTo("/items/3/parentRunId");
      assertThat(answer.textAt("/results/4/error/errors/0/pointer"))
          .isEqualTo("/items/4/parentRef");
    }

    @Test
    void refusesTheChildrenOfAnItemWhoseFormIsWrong() {
      var answer =
          each(
                  "{'ref':'bad'}",
                  item("'ref':'good'"),
                  item("'parentRef':'bad'"),
                  item("'parentRef':'good'"))
              .is(200);

      assertThat(answer.at("/results").valueStream().map(result -> result.at("/status").asInt()))
          .containsExactly(400, 201, 400, 201);
      assertThat(answer.textAt("/results/3/run/parentRunId"))
          .isEqualTo(answer.textAt("/results/1/run/id"));
    }

    @Test
    void answersWhenNoItemHasTheRightForm() {
      var answer = each("{}", "[]").is(200);

      assertThat(answer.at("/results").valueStream().map(result -> result.at("/status").asInt()))
          .containsExactly(400, 400);
    }
  }

  @Test
  void isFoundWithAnEncodedColonToo() {
    client.post("/v1/runs%3Abatch", "{'items':[%s]}", item("").replace('\'', '"')).is(201);
    client.post("/V1/RUNS%3abatch/", "{'items':[%s]}", item("").replace('\'', '"')).is(201);
  }

  @Test
  void knowsNoOtherVerbs() {
    client.post("/v1/runs:collect", "{}").is(404);
    client.post("/v1/runs/" + world.run(organization) + ":batch", "{}").is(404);
  }

  private String item(String more) {
    var comma = more.isEmpty() ? "" : ",";
    return "{'organizationId':'"
        + organization
        + "','serviceName':'s','taskName':'t'"
        + comma
        + more
        + "}";
  }

  private String[] items(int count) {
    return IntStream.range(0, count).mapToObj(_ -> item("")).toArray(String[]::new);
  }

  private Answer batch(String... items) {
    return client.post(PATH, "{'items':[" + String.join(",", items) + "]}");
  }

  private Answer each(String... items) {
    return client.post(PATH, "{'atomic':false,'items':[" + String.join(",", items) + "]}");
  }
}
