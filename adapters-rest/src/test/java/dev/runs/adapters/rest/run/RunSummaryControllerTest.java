package dev.runs.adapters.rest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunSummaryControllerTest extends RestTest {

  private final String organization = world.organization();
  private final String user = world.user(organization);
  private final String name = world.priced("0.5");

  RunSummaryControllerTest() {
    var root = world.run(organization);
    world.cost(root, name, "3");
    world.cost(world.child(organization, root), name, "5");
    world.run(organization);
    client
        .post(
            "/v1/runs",
            "{'organizationId':'%s','serviceName':'mailer','taskName':'send','userId':'%s'}",
            organization,
            user)
        .is(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "groupBy=serviceName", "groupBy=", "groupBy=anything", "groupBy=USERID"})
  void groupsByServiceUnlessAskedForMore(String query) {
    assertThat(breakdown(query))
        .isEqualTo(
            "[{'key':'crawler','totalCostInUsdCents':'1.5000000000','runCount':'2'},"
                + "{'key':'mailer','totalCostInUsdCents':null,'runCount':'1'},"
                + "{'key':'parser','totalCostInUsdCents':'2.5000000000','runCount':'1'}]");
  }

  @Test
  void groupsByUser() {
    assertThat(breakdown("groupBy=userId"))
        .isEqualTo(
            "[{'key':'"
                + user
                + "','totalCostInUsdCents':null,'runCount':'1'},"
                + "{'key':null,'totalCostInUsdCents':'4.0000000000','runCount':'3'}]");
  }

  @Test
  void groupsByCostName() {
    assertThat(breakdown("groupBy=costName"))
        .isEqualTo(
            "[{'key':'"
                + name
                + "','totalCostInUsdCents':'4.0000000000','totalQuantity':'8.000000'}]");
  }

  @Test
  void countsOnlyWhatTheFiltersLeave() {
    assertThat(breakdown("serviceName=parser"))
        .isEqualTo("[{'key':'parser','totalCostInUsdCents':'2.5000000000','runCount':'1'}]");
    assertThat(breakdown("taskName=send&groupBy=costName")).isEqualTo("[]");
    assertThat(breakdown("startedAfter=2027")).isEqualTo("[]");
    assertThat(breakdown("startedBefore=2026-11-20T12:00:00.123Z&serviceName=mailer"))
        .contains("mailer");
    assertThat(breakdown("status=failed&state=running")).isEqualTo("[]");
  }

  @Test
  void saysWhetherGroupsAreMissing() {
    assertThat(summary("").json().propertyNames()).containsExactly("breakdown", "truncated");
    assertThat(summary("").at("/truncated").asBoolean()).isFalse();
  }

  @Test
  void speaksOfTheOrganizationOfTheHeaderWhenTheQueryNamesNone() {
    var answer = client.within(organization).get("/v1/runs/summary").is(200);

    assertThat(answer.text()).isEqualTo(summary("").text());
  }

  @Test
  void isEmptyForAnUnknownOrganization() {
    assertThat(client.get("/v1/runs/summary?organizationId=" + NOBODY).is(200).at("/breakdown"))
        .isEmpty();
    assertThat(client.get("/v1/runs/summary?clerkOrgId=unknown").is(200).at("/breakdown"))
        .isEmpty();
  }

  @Test
  void asksForAnOrganizationWhenNobodyNamesOne() {
    assertThat(client.get("/v1/runs/summary").is(400).textAt("/error"))
        .isEqualTo("organizationId query param is required");
  }

  @Test
  void refusesWhatItCannotRead() {
    summary("startedAfter=x").is(400);
    client.get("/v1/runs/summary?organizationId=acme").is(400);
  }

  private Answer summary(String query) {
    return client.get("/v1/runs/summary?organizationId=" + organization + "&" + query);
  }

  private String breakdown(String query) {
    return summary(query).is(200).at("/breakdown").toString().replace('"', '\'');
  }
}
