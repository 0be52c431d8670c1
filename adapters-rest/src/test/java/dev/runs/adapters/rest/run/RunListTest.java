package dev.runs.adapters.rest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunListTest extends RestTest {

  @Nested
  class OfATracker {

    private final String organization = world.organization();
    private final String run = world.run(organization);

    @Test
    void isAnEnvelopeWithTheLimitAndTheOffsetThatWereUsed() {
      var answer = list("limit=3&offset=0").is(200);

      assertThat(answer.json().propertyNames()).containsExactly("runs", "limit", "offset");
      assertThat(answer.at("/limit").asInt()).isEqualTo(3);
      assertThat(answer.at("/offset").asInt()).isZero();
    }

    @Test
    void hasWhatEachRunCostsByItself() {
      var child = world.child(organization, run);
      world.cost(child, world.priced("2"), "3");

      var answer = list("").is(200);

      assertThat(costOf(answer, child)).isEqualTo("6.0000000000");
      assertThat(costOf(answer, run)).isEqualTo("0.0000000000");
      assertThat(answer.at("/runs/0").propertyNames()).endsWith("retryOf", "ownCostInUsdCents");
    }

    @ParameterizedTest
    @CsvSource({
      "'',50",
      "limit=,50",
      "limit=x,50",
      "limit=NaN,50",
      "limit=0,50",
      "limit=0.0,50",
      "limit=1,1",
      "limit=1e1,10",
      "limit=1.0,1",
      "limit=%2B7,7",
      "limit=200,200",
      "limit=201,200",
      "limit=1e9,200",
      "limit=1e999999999,200",
      "limit=%205%20,5"
    })
    void readsTheLimitAsTheTrackerDid(String query, int limit) {
      assertThat(list(query).is(200).at("/limit").asInt()).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({
      "'',0",
      "offset=,0",
      "offset=x,0",
      "offset=0,0",
      "offset=1e1,10",
      "offset=100000,100000"
    })
    void readsTheOffsetAsTheTrackerDid(String query, int offset) {
      assertThat(list(query).is(200).at("/offset").asInt()).isEqualTo(offset);
    }

    @ParameterizedTest
    @CsvSource({
      "limit=-1,limit",
      "limit=0.5,limit",
      "limit=1e-999999999,limit",
      "offset=-1,offset",
      "offset=1.5,offset",
      "offset=100001,offset",
      "offset=1e999999999,offset",
      "status=done,status",
      "status=succeeded,status",
      "status=RUNNING,status",
      "state=completed,state",
      "state=RUNNING,state",
      "userId=ada,userId",
      "parentRunId=x,parentRunId",
      "startedAfter=yesterday,startedAfter",
      "startedBefore=2026-13-01,startedBefore",
      "startedBefore=2026-02-30,startedBefore",
      "cursor=x,cursor",
      "serviceName=a%00b,serviceName",
      "serviceName=a&serviceName=b,serviceName"
    })
    void refusesWhatItCannotRead(String query, String parameter) {
      var answer = list(query).is(400);

      assertThat(answer.textAt("/errors/0/parameter")).isEqualTo(parameter);
      assertThat(answer.textAt("/error")).startsWith(parameter);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "serviceName=crawler",
          "taskName=crawl",
          "status=running",
          "state=running",
          "status=running&state=running",
          "serviceName=&taskName=&userId=&status=&startedAfter=&startedBefore=&parentRunId=",
          "startedAfter=2026-11-20T12:00:00.123Z",
          "startedBefore=2026-11-20T12:00:00.123Z",
          "startedAfter=2026-11-20T12:00:00.123Z&startedBefore=2026-11-20T12:00:00.123Z",
          "startedAfter=2026-11-20T12:00:00.123999Z",
          "startedBefore=2026-11-20T12:00:00.123000Z",
          "startedAfter=2026-11-20T14:00:00.123%2B02:00",
          "startedAfter=2026",
          "startedAfter=2026-11",
          "startedAfter=2026-11-20",
          "startedAfter=2026-11-20T12:00",
          "startedAfter=Fri,%2020%20Nov%202026%2012:00:00%20GMT",
          "unknown=parameter"
        })
    void findsARunByWhatItIs(String query) {
      assertThat(ids(list(query))).contains(run);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "serviceName=Crawler",
          "taskName=craw",
          "status=completed",
          "status=failed",
          "state=queued",
          "status=completed&state=running",
          "userId=" + NOBODY,
          "clerkUserId=nobody",
          "parentRunId=" + NOBODY,
          "appId=a",
          "brandId=b",
          "campaignId=c",
          "startedAfter=2026-11-20T12:00:00.124Z",
          "startedBefore=2026-11-20T12:00:00.122Z",
          "startedBefore=2026-11-20",
          "startedAfter=2027"
        })
    void findsNoRunByWhatItIsNot(String query) {
      assertThat(ids(list(query))).isEmpty();
    }

    @Test
    void findsTheRunsOfAUserByEitherOfItsIds() {
      client.post("/v1/users", "{'externalId':'eve','organizationId':'%s'}", organization).is(201);
      var eve =
          client
              .post("/v1/users", "{'externalId':'eve','organizationId':'%s'}", organization)
              .textAt("/id");
      var hers =
          client
              .post(
                  "/v1/runs",
                  "{'organizationId':'%s','serviceName':'s','taskName':'t','userId':'%s'}",
                  organization,
                  eve)
              .textAt("/id");

      assertThat(ids(list("userId=" + eve))).containsExactly(hers);
      assertThat(ids(list("clerkUserId=eve"))).containsExactly(hers);
      assertThat(ids(list("clerkUserId=eve&userId=" + eve))).containsExactly(hers);
      assertThat(ids(list("clerkUserId=eve&userId=" + NOBODY))).isEmpty();
    }

    @Test
    void findsTheChildrenOfARun() {
      var child = world.child(organization, run);
      world.child(organization, child);

      assertThat(ids(list("parentRunId=" + child))).hasSize(1);
    }

    @Test
    void isEmptyForAnUnknownOrganization() {
      var answer = client.get("/v1/runs?organizationId=" + NOBODY).is(200);

      assertThat(answer.text()).isEqualTo("{\"runs\":[],\"limit\":50,\"offset\":0}");
    }

    @Test
    void refusesAnOrganizationThatIsNoUuid() {
      var answer = client.get("/v1/runs?organizationId=acme").is(400);

      assertThat(answer.textAt("/error")).isEqualTo("organizationId must be a UUID");
    }

    private Answer list(String query) {
      return client.get("/v1/runs?organizationId=" + organization + "&" + query);
    }

    private String costOf(Answer list, String id) {
      return list.at("/runs")
          .valueStream()
          .filter(listed -> listed.at("/id").asString().equals(id))
          .map(listed -> listed.at("/ownCostInUsdCents").asString())
          .collect(Collectors.joining());
    }
  }

  @Nested
  class OfAClerkOrganization {

    @Test
    void findsRunsByAllThatTheLaterFormSaid() {
      var run =
          client
              .post(
                  "/v1/runs",
                  "{'clerkOrgId':'org_list','clerkUserId':'u1','appId':'a1','brandId':'b1',"
                      + "'campaignId':'c1','serviceName':'s','taskName':'t'}")
              .is(201)
              .textAt("/id");

      for (var query :
          List.of(
              "", "clerkUserId=u1", "appId=a1", "brandId=b1", "campaignId=c1", "serviceName=s")) {
        assertThat(ids(client.get("/v1/runs?clerkOrgId=org_list&" + query)))
            .as(query)
            .containsExactly(run);
      }
      for (var query :
          List.of("clerkUserId=u2", "appId=a2", "brandId=b2", "campaignId=c2", "status=failed")) {
        assertThat(ids(client.get("/v1/runs?clerkOrgId=org_list&" + query))).as(query).isEmpty();
      }
    }

    @Test
    void isEmptyForAnUnknownOrganization() {
      assertThat(client.get("/v1/runs?clerkOrgId=org_unknown").is(200).text())
          .isEqualTo("{\"runs\":[],\"limit\":50,\"offset\":0}");
    }

    @Test
    void readsItsParametersEvenThen() {
      client.get("/v1/runs?clerkOrgId=org_unknown&status=done").is(400);
    }

    @Test
    void refusesAnIdThatIsTooLong() {
      var answer = client.get("/v1/runs?clerkOrgId=" + "x".repeat(256)).is(400);

      assertThat(answer.textAt("/errors/0/parameter")).isEqualTo("clerkOrgId");
    }

    @Test
    void isRefusedTogetherWithTheOtherName() {
      var answer =
          client.get("/v1/runs?clerkOrgId=x&organizationId=" + world.organization()).is(400);

      assertThat(answer.textAt("/error"))
          .isEqualTo("organizationId and clerkOrgId exclude each other");
    }
  }

  @Nested
  class OfTheCallersOrganization {

    @Test
    void isReadByCursorNewestFirst() {
      var organization = world.organization();
      var made = new ArrayList<String>();
      IntStream.range(0, 5).forEach(_ -> made.addFirst(world.run(organization)));
      var seen = new ArrayList<String>();
      var cursor = "";
      do {
        var page = client.within(organization).get("/v1/runs?limit=2&cursor=" + cursor).is(200);
        assertThat(page.json().propertyNames()).containsExactly("runs", "limit", "nextCursor");
        seen.addAll(ids(page));
        cursor = page.at("/nextCursor").isNull() ? "" : page.textAt("/nextCursor");
      } while (!cursor.isEmpty());

      assertThat(seen).isEqualTo(made);
    }

    @Test
    void takesTheSameFilters() {
      var organization = world.organization();
      var run = world.run(organization);
      var caller = client.within(organization);

      assertThat(ids(caller.get("/v1/runs?status=running&serviceName=crawler")))
          .containsExactly(run);
      assertThat(ids(caller.get("/v1/runs?status=failed"))).isEmpty();
      assertThat(ids(caller.get("/v1/runs?status=failed&state=running"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'',50", "limit=100,100", "limit=101,100", "limit=x,50"})
    void hasAtMost100RunsOnAPage(String query, int limit) {
      var answer = client.within(world.organization()).get("/v1/runs?" + query).is(200);

      assertThat(answer.at("/limit").asInt()).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"offset=0", "cursor=x", "cursor=eA", "limit=-1"})
    void refusesWhatItCannotRead(String query) {
      client.within(world.organization()).get("/v1/runs?" + query).is(400);
    }

    @Test
    void givesWayToTheOrganizationThatTheQueryNames() {
      var named = world.organization();
      var run = world.run(named);

      var answer =
          client.within(world.organization()).get("/v1/runs?organizationId=" + named).is(200);

      assertThat(ids(answer)).containsExactly(run);
    }
  }

  @Test
  void asksForAnOrganizationWhenNobodyNamesOne() {
    var answer = client.get("/v1/runs").is(400);

    assertThat(answer.textAt("/error")).isEqualTo("organizationId query param is required");
    assertThat(answer.textAt("/errors/0/parameter")).isEqualTo("organizationId");
    assertThat(client.get("/v1/runs?organizationId=").is(400).textAt("/error"))
        .isEqualTo("organizationId query param is required");
  }

  @Test
  void hasTheLatestStartFirst() {
    var moving = new RestWorld();
    var organization = moving.organization();
    var early = moving.run(organization);
    moving.clock().advance(Duration.ofSeconds(2));
    var late = moving.run(organization);
    moving.clock().advance(Duration.ofSeconds(-1));
    var between = moving.run(organization);

    var path = "/v1/runs?organizationId=" + organization;
    assertThat(ids(moving.client().get(path))).containsExactly(late, between, early);
    assertThat(ids(moving.client().get(path + "&offset=1&limit=1"))).containsExactly(between);
  }

  private static List<String> ids(Answer list) {
    return list.is(200).at("/runs").valueStream().map(run -> run.at("/id").asString()).toList();
  }
}
