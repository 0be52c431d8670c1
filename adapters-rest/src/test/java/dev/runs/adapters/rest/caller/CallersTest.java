package dev.runs.adapters.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import org.junit.jupiter.api.Test;

class CallersTest extends RestTest {

  @Test
  void refusesAHeaderThatNamesAnUnknownOrganization() {
    var answer = client.within(NOBODY).get("/v1/runs").is(404);

    assertThat(answer.textAt("/error")).isEqualTo("Organization not found");
    assertThat(answer.textAt("/errors/0/header")).isEqualTo("X-Organization-Id");
  }

  @Test
  void refusesAHeaderThatIsNoUuid() {
    var answer = client.within("acme").get("/v1/runs").is(400);

    assertThat(answer.textAt("/error")).isEqualTo("X-Organization-Id must be a UUID");
    assertThat(answer.textAt("/errors/0/header")).isEqualTo("X-Organization-Id");
  }

  @Test
  void letsAPlatformKeyReachEveryOrganizationWhateverTheHeaderSays() {
    var run = world.run(world.organization());

    client.within(world.organization()).get("/v1/runs/" + run).is(200);
  }
}
