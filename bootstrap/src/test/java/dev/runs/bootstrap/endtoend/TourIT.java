package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a company does with the server, from its first run to its bill. */
@Timeout(240)
final class TourIT {

  private static final String COSTS_KEY = "the-key-of-the-costs-service";

  @Nested
  final class OnSqlite extends Contract {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Override
    Installation installation() {
      return installation;
    }
  }

  @Nested
  final class OnPostgres extends Contract {

    @RegisterExtension final Installation installation = Installation.onPostgres();

    @Override
    Installation installation() {
      return installation;
    }
  }

  abstract static class Contract {

    @RegisterExtension final Installation pricesInstallation = Installation.onSqlite();

    abstract Installation installation();

    @Test
    void followsATreeOfRunsFromItsStartToItsBill() throws Exception {
      var prices = Map.of("input", "0.0003", "output", "0.0015", "email", "1.25");
      try (var costs = new CostsServiceStandIn(prices, COSTS_KEY)) {
        var server =
            installation()
                .start(
                    Map.of("COSTS_SERVICE_URL", costs.url(), "COSTS_SERVICE_API_KEY", COSTS_KEY));
        var tour = Tour.begin(server.client());
        tour.registersTheSameAgain();
        tour.booksCosts();
        tour.refusesAnUnknownCost();
        assertThat(costs.asked()).contains("input", "output", "email", "unknown");
        tour.showsTotalsAtEachLevel();
        tour.summarizesThreeWays();
        tour.endsOnce();
        tour.correctsALine();
        tour.lists();
        tour.deletes();
      }
    }

    @Test
    void answersARepeatedRequestAsBeforeAlsoAfterARestart() throws Exception {
      var server = installation().start();
      var tracker = Tracker.ofNewOrganization(server.client());
      var body = "{'organizationId':'%s','serviceName':'crawler','taskName':'%s'}";
      var organization = tracker.organization();

      var first =
          tracker.client().with("Idempotency-Key", "one").post("/v1/runs", body, organization, "a");
      assertThat(server.stop()).isEqualTo(Server.STOPPED);
      var client = installation().start().client().with("Idempotency-Key", "one");
      var replayed = client.post("/v1/runs", body, organization, "a");
      var other = client.post("/v1/runs", body, organization, "b");

      assertThat(first.is(201).headers().firstValue("Idempotency-Replayed")).isEmpty();
      assertThat(replayed.is(201).text()).isEqualTo(first.text());
      assertThat(replayed.headers().firstValue("Idempotency-Replayed"))
          .isEqualTo(Optional.of("true"));
      other.is(422);
      assertThat(client.get("/v1/runs?organizationId=" + organization).is(200).at("/runs"))
          .hasSize(1);
    }

    @Test
    void takesAWholeTreeAndItsCostsInTwoBatches() throws Exception {
      var tracker = Tracker.ofNewOrganization(installation().start().client());
      tracker.price("token", "0.0003");
      var item = "{'organizationId':'%s','serviceName':'s','taskName':'t',";
      var runs =
          tracker
              .client()
              .post(
                  "/v1/runs:batch",
                  "{'items':["
                      + item
                      + "'ref':'a'},"
                      + item
                      + "'ref':'b','parentRef':'a'},"
                      + item
                      + "'parentRef':'b'}]}",
                  tracker.organization(),
                  tracker.organization(),
                  tracker.organization())
              .is(201);
      var lines =
          tracker
              .client()
              .post(
                  "/v1/costs:batch",
                  "{'items':[{'runId':'%s','costName':'token','quantity':1000},"
                      + "{'runId':'%s','costName':'token','quantity':'0.5'}]}",
                  runs.textAt("/runs/1/id"),
                  runs.textAt("/runs/2/id"));

      assertThat(lines.is(201).at("/costs")).hasSize(2);
      assertThat(runs.textAt("/runs/1/parentRunId")).isEqualTo(runs.textAt("/runs/0/id"));
      assertThat(runs.textAt("/runs/2/parentRunId")).isEqualTo(runs.textAt("/runs/1/id"));
      assertThat(runs.textAt("/runs/2/rootRunId")).isEqualTo(runs.textAt("/runs/0/id"));
      checkCosts(tracker, runs.textAt("/runs/0/id"), "0", "0.30015");
      checkCosts(tracker, runs.textAt("/runs/1/id"), "0.3", "0.00015");
      checkCosts(tracker, runs.textAt("/runs/2/id"), "0.00015", "0");
      tracker.checkAudit();
    }

    @Test
    void isTheCostsServiceOfAnotherServer() throws Exception {
      var prices = pricesInstallation.start();
      prices.client().put("/v1/costs/a%2Fb", "{'costPerUnitInUsdCents':'0.0000000001'}").is(200);
      var server =
          installation()
              .start(
                  Map.of(
                      "COSTS_SERVICE_URL",
                      prices.address().toString(),
                      "COSTS_SERVICE_API_KEY",
                      Server.KEY));
      var tracker = Tracker.ofNewOrganization(server.client());
      var run = tracker.root();

      tracker.book(run, "a/b", 3).is(201);
      assertThat(tracker.book(run, "nothing", 1).is(422).textAt("/error"))
          .isEqualTo("Unknown cost: nothing");

      checkCosts(tracker, run, "0.0000000003", "0");
    }
  }

  /** A parent of a user, two children, and a grandchild below the second. */
  private record Tour(
      Tracker tracker, String user, String parent, String first, String second, String grandchild) {

    private static final String RUN =
        "{'organizationId':'%s','serviceName':'%s','taskName':'%s','userId':'%s',"
            + "'parentRunId':'%s'}";

    static Tour begin(Client client) {
      var organization = client.post("/v1/organizations", "{'externalId':'acme'}").is(201).id();
      var user =
          client
              .post("/v1/users", "{'externalId':'ada','organizationId':'%s'}", organization)
              .is(201)
              .id();
      var parent =
          client.post("/v1/runs", RUN, organization, "campaigns", "launch", user, "").is(201).id();
      var first =
          client.post("/v1/runs", RUN, organization, "writer", "draft", user, parent).is(201).id();
      var second =
          client.post("/v1/runs", RUN, organization, "mailer", "send", "", parent).is(201).id();
      var grandchild =
          client.post("/v1/runs", RUN, organization, "writer", "polish", "", second).is(201).id();
      return new Tour(new Tracker(client, organization), user, parent, first, second, grandchild);
    }

    void registersTheSameAgain() {
      assertThat(client().post("/v1/organizations", "{'externalId':'acme'}").is(200).id())
          .isEqualTo(organization());
      assertThat(
              client()
                  .post("/v1/users", "{'externalId':'ada','organizationId':'%s'}", organization())
                  .is(200)
                  .id())
          .isEqualTo(user);
    }

    void booksCosts() {
      tracker.book(parent, "input", 1_000).is(201);
      tracker.book(second, "email", 4).is(201);
      tracker.book(grandchild, "output", 7).is(201);
      var lines =
          client()
              .post(
                  "/v1/runs/%s/costs".formatted(first),
                  "{'items':[{'costName':'input','quantity':250},"
                      + "{'costName':'output','quantity':0.5}]}")
              .is(201);
      assertThat(lines.textAt("/costs/1/quantity")).isEqualTo("0.500000");
      assertThat(lines.textAt("/costs/1/unitCostInUsdCents")).isEqualTo("0.0015000000");
      assertThat(lines.textAt("/costs/1/totalCostInUsdCents")).isEqualTo("0.0007500000");
    }

    void refusesAnUnknownCost() {
      var refused =
          client()
              .post(
                  "/v1/runs/%s/costs".formatted(first),
                  "{'items':[{'costName':'input','quantity':1},"
                      + "{'costName':'unknown','quantity':1}]}")
              .is(422);
      assertThat(refused.textAt("/error")).isEqualTo("Unknown cost: unknown");
      assertThat(tracker.show(first).at("/costs")).hasSize(2);
    }

    void showsTotalsAtEachLevel() {
      checkCosts(tracker, parent, "0.3", "5.08625");
      checkCosts(tracker, first, "0.07575", "0");
      checkCosts(tracker, second, "5", "0.0105");
      checkCosts(tracker, grandchild, "0.0105", "0");
      var shown = tracker.show(parent).is(200);
      assertThat(shown.textAt("/totalCostInUsdCents")).isEqualTo("5.3862500000");
      assertThat(shown.at("/descendantRuns").valueStream().map(run -> run.at("/id").asString()))
          .containsExactlyInAnyOrder(first, second, grandchild);
      assertThat(shown.at("/descendantCounts").toString()).isEqualTo("{\"running\":3}");
    }

    void summarizesThreeWays() {
      assertThat(summary("serviceName"))
          .containsExactlyInAnyOrder(
              "{\"key\":\"campaigns\",\"totalCostInUsdCents\":\"0.3000000000\",\"runCount\":\"1\"}",
              "{\"key\":\"mailer\",\"totalCostInUsdCents\":\"5.0000000000\",\"runCount\":\"1\"}",
              "{\"key\":\"writer\",\"totalCostInUsdCents\":\"0.0862500000\",\"runCount\":\"2\"}");
      assertThat(summary("userId"))
          .containsExactlyInAnyOrder(
              "{\"key\":\"%s\",\"totalCostInUsdCents\":\"0.3757500000\",\"runCount\":\"2\"}"
                  .formatted(user),
              "{\"key\":null,\"totalCostInUsdCents\":\"5.0105000000\",\"runCount\":\"2\"}");
      assertThat(summary("costName"))
          .containsExactlyInAnyOrder(
              "{\"key\":\"email\",\"totalCostInUsdCents\":\"5.0000000000\","
                  + "\"totalQuantity\":\"4.000000\"}",
              "{\"key\":\"input\",\"totalCostInUsdCents\":\"0.3750000000\","
                  + "\"totalQuantity\":\"1250.000000\"}",
              "{\"key\":\"output\",\"totalCostInUsdCents\":\"0.0112500000\","
                  + "\"totalQuantity\":\"7.500000\"}");
    }

    void endsOnce() {
      var ended = report(first, "completed").is(200);
      assertThat(ended.textAt("/status")).isEqualTo("completed");
      assertThat(ended.textAt("/state")).isEqualTo("succeeded");
      assertThat(ended.textAt("/completedAt")).isNotEmpty();
      assertThat(report(first, "completed").is(200).text()).isEqualTo(ended.text());
      var refused = report(first, "failed").is(409);
      assertThat(refused.textAt("/code")).isEqualTo("run.illegal_move");
      assertThat(tracker.show(first).textAt("/completedAt"))
          .isEqualTo(ended.textAt("/completedAt"));
      report(grandchild, "failed").is(200);
      var counts = tracker.show(parent).at("/descendantCounts");
      assertThat(counts.at("/succeeded").asInt()).isEqualTo(1);
      assertThat(counts.at("/failed").asInt()).isEqualTo(1);
      assertThat(counts.at("/running").asInt()).isEqualTo(1);
    }

    void correctsALine() {
      var line = tracker.show(second).at("/costs/0/id").asString();
      var correction =
          client()
              .post(
                  "/v1/runs/%s/costs".formatted(second),
                  "{'items':[{'costName':'email','quantity':-1,'correctsCostId':'%s'}]}",
                  line)
              .is(201);
      assertThat(correction.textAt("/costs/0/totalCostInUsdCents")).isEqualTo("-1.2500000000");
      assertThat(correction.textAt("/costs/0/correctsCostId")).isEqualTo(line);
      checkCosts(tracker, second, "3.75", "0.0105");
      checkCosts(tracker, parent, "0.3", "3.83625");
    }

    void lists() {
      assertThat(listed("")).containsExactlyInAnyOrder(parent, first, second, grandchild);
      assertThat(listed("serviceName=writer")).containsExactlyInAnyOrder(first, grandchild);
      assertThat(listed("serviceName=writer&taskName=polish")).containsExactly(grandchild);
      assertThat(listed("userId=" + user)).containsExactlyInAnyOrder(parent, first);
      assertThat(listed("parentRunId=" + parent)).containsExactlyInAnyOrder(first, second);
      assertThat(listed("status=completed")).containsExactly(first);
      assertThat(listed("status=failed")).containsExactly(grandchild);
      assertThat(listed("status=running")).containsExactlyInAnyOrder(parent, second);
      assertThat(listed("startedAfter=2999-01-01T00:00:00Z")).isEmpty();
      assertThat(listed("startedBefore=2999-01-01T00:00:00Z&limit=3")).hasSize(3);
      assertThat(listed("limit=3&offset=3")).hasSize(1);
      assertThat(
              client()
                  .get("/v1/runs?organizationId=%s&serviceName=mailer".formatted(organization()))
                  .textAt("/runs/0/ownCostInUsdCents"))
          .isEqualTo("3.7500000000");
    }

    void deletes() {
      assertThat(client().delete("/v1/runs/" + second).is(204).text()).isEmpty();
      tracker.show(second).is(404);
      tracker.show(grandchild).is(404);
      checkCosts(tracker, parent, "0.3", "0.07575");
      assertThat(tracker.show(parent).at("/descendantCounts").toString())
          .isEqualTo("{\"succeeded\":1}");
      tracker.checkAudit();
    }

    private Client client() {
      return tracker.client();
    }

    private String organization() {
      return tracker.organization();
    }

    private Client.Answer report(String run, String status) {
      return client().patch("/v1/runs/" + run, "{'status':'%s'}", status);
    }

    private List<String> summary(String groupBy) {
      return client()
          .get("/v1/runs/summary?organizationId=%s&groupBy=%s".formatted(organization(), groupBy))
          .is(200)
          .at("/breakdown")
          .valueStream()
          .map(Object::toString)
          .toList();
    }

    private List<String> listed(String filter) {
      return client()
          .get("/v1/runs?organizationId=%s&%s".formatted(organization(), filter))
          .is(200)
          .at("/runs")
          .valueStream()
          .map(run -> run.at("/id").asString())
          .toList();
    }
  }

  private static void checkCosts(Tracker tracker, String run, String own, String children) {
    var shown = tracker.show(run).is(200);
    var expectedOwn = new BigDecimal(own);
    var expectedChildren = new BigDecimal(children);
    assertThat(shown.decimalAt("/ownCostInUsdCents")).isEqualByComparingTo(expectedOwn);
    assertThat(shown.decimalAt("/childrenCostInUsdCents")).isEqualByComparingTo(expectedChildren);
    assertThat(shown.decimalAt("/totalCostInUsdCents"))
        .isEqualByComparingTo(expectedOwn.add(expectedChildren));
  }
}
