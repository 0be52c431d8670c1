package dev.runs.adapters.rest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunControllerTest extends RestTest {

  private final String organization = world.organization();

  @Nested
  class Shown {

    @Test
    void hasWhatItCostsByItselfBelowItAndTogether() {
      var root = world.run(organization);
      var child = world.child(organization, root);
      var grandchild = world.child(organization, child);
      var tokens = world.priced("0.0003");
      var pages = world.priced("2");
      world.cost(root, tokens, "1000");
      world.cost(child, tokens, "500.5");
      world.cost(grandchild, pages, "3");

      var answer = client.get("/v1/runs/" + root).is(200);

      assertThat(answer.textAt("/ownCostInUsdCents")).isEqualTo("0.3000000000");
      assertThat(answer.textAt("/childrenCostInUsdCents")).isEqualTo("6.1501500000");
      assertThat(answer.textAt("/totalCostInUsdCents")).isEqualTo("6.4501500000");
      assertThat(answer.at("/costsByName/0").toString())
          .isEqualTo(
              ("{'costName':'"
                      + tokens
                      + "','ownCostInUsdCents':'0.3000000000',"
                      + "'childrenCostInUsdCents':'0.1501500000',"
                      + "'totalCostInUsdCents':'0.4501500000','ownQuantity':'1000.000000',"
                      + "'childrenQuantity':'500.500000','totalQuantity':'1500.500000'}")
                  .replace('\'', '"'));
      assertThat(answer.textAt("/costsByName/1/ownQuantity")).isEqualTo("0.000000");
      assertThat(answer.at("/descendantCounts").toString()).isEqualTo("{\"running\":2}");
    }

    @Test
    void hasItsOwnLinesAndNoOthers() {
      var root = world.run(organization);
      var name = world.priced("0.5");
      var line = world.cost(root, name, "3");
      world.cost(world.child(organization, root), name, "4");

      var answer = client.get("/v1/runs/" + root).is(200);

      assertThat(answer.at("/costs")).hasSize(1);
      assertThat(answer.at("/costs/0").toString())
          .isEqualTo(
              ("{'id':'"
                      + line
                      + "','runId':'"
                      + root
                      + "','costName':'"
                      + name
                      + "','quantity':'3.000000','unitCostInUsdCents':'0.5000000000',"
                      + "'totalCostInUsdCents':'1.5000000000',"
                      + "'createdAt':'2026-11-20T12:00:00.123Z','correctsCostId':null}")
                  .replace('\'', '"'));
      assertThat(answer.at("/costsNextCursor").isNull()).isTrue();
    }

    @Test
    void hasTheRunsBelowLevelByLevel() {
      var root = world.run(organization);
      var child = world.child(organization, root);
      var grandchild = world.child(organization, child);
      var sibling = world.child(organization, root);
      var line = world.cost(grandchild, world.priced("1"), "7");

      var answer = client.get("/v1/runs/" + root).is(200);

      assertThat(answer.at("/descendantRuns").valueStream().map(run -> run.at("/id").asString()))
          .containsExactly(child, sibling, grandchild);
      assertThat(answer.at("/descendantRuns/2").propertyNames())
          .containsExactly(
              "id",
              "parentRunId",
              "serviceName",
              "taskName",
              "status",
              "state",
              "startedAt",
              "completedAt",
              "costs",
              "ownCostInUsdCents",
              "hasMoreCosts");
      assertThat(answer.textAt("/descendantRuns/2/startedAt"))
          .isEqualTo("2026-11-20T12:00:00.123Z");
      assertThat(answer.textAt("/descendantRuns/2/costs/0/id")).isEqualTo(line);
      assertThat(answer.textAt("/descendantRuns/2/ownCostInUsdCents")).isEqualTo("7.0000000000");
      assertThat(answer.at("/descendantRuns/2/hasMoreCosts").asBoolean()).isFalse();
      assertThat(answer.at("/descendantRunsNextCursor").isNull()).isTrue();
    }

    @Test
    void endsWithWhatOnlyThisServiceKnows() {
      var run = world.run(organization);

      var answer = client.get("/v1/runs/" + run).is(200);

      assertThat(answer.json().propertyNames())
          .endsWith(
              "costs",
              "totalCostInUsdCents",
              "ownCostInUsdCents",
              "childrenCostInUsdCents",
              "costsByName",
              "descendantCounts",
              "descendantRuns",
              "costsNextCursor",
              "descendantRunsNextCursor",
              "links");
      assertThat(answer.textAt("/links/tree")).isEqualTo("/v1/runs/" + run + "/tree");
      assertThat(answer.textAt("/links/costs")).isEqualTo("/v1/runs/" + run + "/costs");
    }

    @Test
    void showsTheFirst100RunsBelowAndLeadsToTheOthers() {
      var root = world.run(organization);
      IntStream.range(0, 101).forEach(_ -> world.child(organization, root));

      var answer = client.get("/v1/runs/" + root).is(200);

      assertThat(answer.at("/descendantRuns")).hasSize(100);
      assertThat(answer.at("/descendantCounts/running").asInt()).isEqualTo(101);
      var rest =
          client.get(
              "/v1/runs/" + root + "/tree?cursor=" + answer.textAt("/descendantRunsNextCursor"));
      assertThat(rest.is(200).at("/runs")).hasSize(1);
    }

    @Test
    void showsTheFirst1000LinesAndLeadsToTheOthers() {
      var run = world.run(organization);
      var name = world.priced("1");
      var item = "{'costName':'" + name + "','quantity':1}";
      var thousand = IntStream.range(0, 1000).mapToObj(_ -> item).collect(Collectors.joining(","));
      client.post("/v1/runs/" + run + "/costs", "{'items':[" + thousand + "]}").is(201);
      var last = world.cost(run, name, "1");

      var answer = client.get("/v1/runs/" + run).is(200);

      assertThat(answer.at("/costs")).hasSize(1000);
      assertThat(answer.textAt("/ownCostInUsdCents")).isEqualTo("1001.0000000000");
      var rest =
          client.get("/v1/runs/" + run + "/costs?cursor=" + answer.textAt("/costsNextCursor"));
      assertThat(rest.is(200).textAt("/costs/0/id")).isEqualTo(last);
    }

    @Test
    void saysWhenARunBelowHasMoreThan100Lines() {
      var root = world.run(organization);
      var child = world.child(organization, root);
      var item = "{'costName':'" + world.priced("1") + "','quantity':1}";
      var many = IntStream.range(0, 101).mapToObj(_ -> item).collect(Collectors.joining(","));
      client.post("/v1/runs/" + child + "/costs", "{'items':[" + many + "]}").is(201);

      var answer = client.get("/v1/runs/" + root).is(200);

      assertThat(answer.at("/descendantRuns/0/costs")).hasSize(100);
      assertThat(answer.at("/descendantRuns/0/hasMoreCosts").asBoolean()).isTrue();
      assertThat(answer.textAt("/descendantRuns/0/ownCostInUsdCents")).isEqualTo("101.0000000000");
    }

    @Test
    void isNotFoundWhenThereIsNone() {
      var answer = client.get("/v1/runs/" + NOBODY).is(404);

      assertThat(answer.textAt("/error")).isEqualTo("Run not found");
      assertThat(answer.textAt("/code")).isEqualTo("run.not_found");
      assertThat(answer.textAt("/errors/0/parameter")).isEqualTo("id");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"x", "1-1-1-1-1", "%7B018f0000-0000-7000-8000-00000000dead%7D", "a%2Fb"})
    void isRefusedWhenTheIdIsNoUuid(String id) {
      var answer = client.get("/v1/runs/" + id).is(400);

      assertThat(answer.textAt("/error")).isEqualTo("id must be a UUID");
      assertThat(answer.textAt("/errors/0/parameter")).isEqualTo("id");
    }

    @Test
    void isFoundByItsIdInCapitals() {
      client.get("/v1/runs/" + world.run(organization).toUpperCase(Locale.ROOT)).is(200);
    }
  }

  @Nested
  class Reported {

    @ParameterizedTest
    @CsvSource({"completed,succeeded", "failed,failed"})
    void endsAsItsClientSays(String status, String state) {
      var run = world.run(organization);

      var answer = client.patch("/v1/runs/" + run, "{'status':'%s'}", status).is(200);

      assertThat(answer.textAt("/status")).isEqualTo(status);
      assertThat(answer.textAt("/state")).isEqualTo(state);
      assertThat(answer.textAt("/completedAt")).isEqualTo("2026-11-20T12:00:00.123Z");
      assertThat(answer.json().propertyNames()).doesNotContain("costs");
    }

    @Test
    void staysAsItIsWhenItIsReportedTheSameAgain() {
      var later = new RestWorld();
      var path = "/v1/runs/" + later.run(later.organization());
      var first = later.client().patch(path, "{'status':'failed'}").is(200);
      later.clock().advance(Duration.ofSeconds(1));

      var second = later.client().patch(path, "{'status':'failed'}").is(200);

      assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    void staysAsItIsWhenItsStateReadsAsTheSameWord() {
      var run = world.run(organization);
      end(run, StateName.TIMED_OUT);

      var answer = client.patch("/v1/runs/" + run, "{'status':'failed'}").is(200);

      assertThat(answer.textAt("/state")).isEqualTo("timed_out");
      assertThat(answer.textAt("/status")).isEqualTo("failed");
    }

    @Test
    void answers409WhenItEndedOtherwise() {
      var run = world.run(organization);
      client.patch("/v1/runs/" + run, "{'status':'completed'}").is(200);

      var answer = client.patch("/v1/runs/" + run, "{'status':'failed'}").is(409);

      assertThat(answer.textAt("/code")).isEqualTo("run.illegal_move");
      assertThat(answer.textAt("/currentState")).isEqualTo("succeeded");
      assertThat(answer.at("/allowedTransitions").isArray()).isTrue();
      assertThat(answer.at("/allowedTransitions")).isEmpty();
      assertThat(answer.textAt("/error")).contains(run);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "{}",
          "{'status':null}",
          "{'status':'running'}",
          "{'status':'Completed'}",
          "{'status':'succeeded'}",
          "{'status':7}",
          "{'status':['completed']}"
        })
    void asksForOneOfTwoWordsBeforeItLooksForTheRun(String body) {
      var answer = client.patch("/v1/runs/" + NOBODY, body).is(400);

      assertThat(answer.textAt("/error")).isEqualTo("status must be 'completed' or 'failed'");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/status");
    }

    @Test
    void isNotFoundWhenThereIsNone() {
      assertThat(
              client.patch("/v1/runs/" + NOBODY, "{'status':'completed'}").is(404).textAt("/error"))
          .isEqualTo("Run not found");
    }

    private void end(String id, StateName state) {
      var now = world.clock().instant();
      var stores = world.stores();
      stores.write(() -> {
        Run run = stores.runs().get(Reach.everywhere(), new RunId(UUID.fromString(id)));
        stores
            .runs()
            .save(run.report(RunReport.byClient(new RunState.TimedOut(now), Set.of(state), now)));
      });
    }
  }

  @Nested
  class Deleted {

    @Test
    void isGoneWithEverythingBelowItAndItsCosts() {
      var root = world.run(organization);
      var child = world.child(organization, root);
      var grandchild = world.child(organization, child);
      world.cost(root, world.priced("1"), "1");
      world.cost(grandchild, world.priced("1"), "2");

      var answer = client.delete("/v1/runs/" + child).is(204);

      assertThat(answer.text()).isEmpty();
      client.get("/v1/runs/" + child).is(404);
      client.get("/v1/runs/" + grandchild).is(404);
      assertThat(client.get("/v1/runs/" + root).textAt("/totalCostInUsdCents"))
          .isEqualTo("1.0000000000");
      assertThat(client.get("/v1/runs/" + root).at("/descendantCounts")).isEmpty();
    }

    @Test
    void goesOnInTheBackgroundWhenMuchHangsOnIt() {
      var root = world.run(organization);
      for (var batch = 0; batch < 6; batch++) {
        var item =
            "{'organizationId':'%s','serviceName':'s','taskName':'t','parentRunId':'%s'}"
                .replaceFirst("%s", organization)
                .replaceFirst("%s", root);
        var items = IntStream.range(0, 1000).mapToObj(_ -> item).collect(Collectors.joining(","));
        client.post("/v1/runs:batch", "{'items':[" + items + "]}").is(201);
      }

      var answer = client.delete("/v1/runs/" + root).is(202);

      assertThat(answer.text()).isEqualTo("{\"status\":\"deleting\"}");
      client.get("/v1/runs/" + root).is(404);
    }

    @Test
    void isNotFoundTheSecondTime() {
      var run = world.run(organization);
      client.delete("/v1/runs/" + run).is(204);

      client.delete("/v1/runs/" + run).is(404);
    }
  }
}
