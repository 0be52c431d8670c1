package dev.runs.adapters.rest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.RestTest;
import org.junit.jupiter.api.Test;

class CredentialsInRunsTest extends RestTest {

  private static final String TOKEN = "ghp_" + "a1B2".repeat(9);

  @Test
  void areRefusedWithPointersAndNeverShown() {
    var answer =
        client
            .post(
                "/v1/runs",
                newRun(
                    ",'metadata':{'env':[{'DB_PASSWORD':'hunter2'}],'note':'use " + TOKEN + "'}"))
            .is(422);

    assertThat(answer.textAt("/code")).isEqualTo("input.credential");
    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/metadata/env/0/DB_PASSWORD");
    assertThat(answer.textAt("/errors/1/pointer")).isEqualTo("/metadata/note");
    assertThat(answer.textAt("/errors/1/code")).isEqualTo("input.credential");
    assertThat(answer.json().get("errors").size()).isEqualTo(2);
    assertThat(answer.text()).doesNotContain("hunter2", TOKEN);
  }

  @Test
  void areRefusedInTheTextsOfARun() {
    assertThat(
            client
                .post(
                    "/v1/runs",
                    "{'clerkOrgId':'c','appId':'a','serviceName':'s','taskName':'%s'}",
                    TOKEN)
                .is(422)
                .textAt("/errors/0/pointer"))
        .isEqualTo("/taskName");
  }

  @Test
  void passAsReferences() {
    client
        .post("/v1/runs", newRun(",'metadata':{'password':'secret://prod/db','maxTokens':'9'}"))
        .is(201);
  }

  @Test
  void areToldOncePerPlaceUpToTwenty() {
    var many = new StringBuilder(",'metadata':[{'token':'x'}");
    many.repeat(",{'token':'x'}", 24).append(']');

    assertThat(client.post("/v1/runs", newRun(many.toString())).is(422).json().get("errors").size())
        .isEqualTo(20);
  }

  @Test
  void areRefusedInAnItemOfABatchWithThePlaceOfTheItem() {
    var items = "{'items':[" + newRun("") + "," + newRun(",'apiKey':'hunter2'") + "]}";

    var all = client.post("/v1/runs:batch", items).is(422);
    assertThat(all.textAt("/errors/0/pointer")).isEqualTo("/items/1/apiKey");

    var each = client.post("/v1/runs:batch", items.replace("{'items'", "{'atomic':false,'items'"));
    assertThat(each.is(200).textAt("/results/1/error/errors/0/pointer"))
        .isEqualTo("/items/1/apiKey");
    assertThat(each.text()).doesNotContain("hunter2");
  }

  @Test
  void passOnceTheOrganizationHasSwitchedTheCheckOff() {
    var own = world.organization();
    var admin = world.holder(own, "'org:admin','runs:write'", "");
    var run = "{'serviceName':'s','taskName':'t','password':'hunter2'}";
    admin.post("/v1/runs", run).is(422);

    switchCheck(admin, own, "off");
    admin.post("/v1/runs", run).is(201);

    switchCheck(admin, own, "refuse");
    admin.post("/v1/runs", run).is(422);
  }

  private static void switchCheck(Client admin, String organization, String check) {
    assertThat(
            admin
                .patch("/v1/organizations/" + organization, "{'credentialCheck':'" + check + "'}")
                .is(200)
                .textAt("/credentialCheck"))
        .isEqualTo(check);
  }

  private String newRun(String more) {
    return "{'organizationId':'"
        + world.organization()
        + "','serviceName':'s','taskName':'t'"
        + more
        + "}";
  }
}
