package dev.runs.adapters.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.RestTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is meant where a request names no organization. */
class UsualOrganizationTest extends RestTest {

  private static final String RUN = "{'serviceName':'crawler','taskName':'crawl'}";

  private String acme = "";

  @BeforeEach
  void haveAnOrganization() {
    acme = world.organization();
  }

  @Test
  void isTheOneToWhichTheKeyIsBound() {
    assertMeansAcme(world.holder(acme, "'runs:read','runs:write'", ""));
  }

  @Test
  void isTheOneThatAPlatformKeyNamesInItsHeader() {
    assertMeansAcme(client.within(acme));
  }

  @Test
  void isNoneForAPlatformKeyThatNamesNone() {
    assertThat(client.post("/v1/runs", RUN).is(400).textAt("/error"))
        .isEqualTo("organizationId is required");
    client.post("/v1/runs:batch", "{'items':[" + RUN + "]}").is(400);
    client.get("/v1/runs").is(400);
    client.get("/v1/runs/summary").is(400);
  }

  @Test
  void isNotTakenForAnOrganizationThatIsNamedButEmpty() {
    var holder = world.holder(acme, "'runs:write'", "");

    for (var nothing : List.of("''", "null", "0")) {
      holder
          .post(
              "/v1/runs",
              "{'organizationId':" + nothing + ",'serviceName':'crawler','taskName':'crawl'}")
          .is(400);
    }
  }

  private void assertMeansAcme(Client caller) {
    var one = caller.post("/v1/runs", RUN).is(201);
    var many = caller.post("/v1/runs:batch", "{'items':[" + RUN + "]}").is(201);

    assertThat(one.textAt("/organizationId")).isEqualTo(acme);
    assertThat(many.textAt("/runs/0/organizationId")).isEqualTo(acme);
    assertThat(caller.get("/v1/runs").is(200).at("/runs").size()).isEqualTo(2);
    caller.get("/v1/runs/summary").is(200);
  }
}
