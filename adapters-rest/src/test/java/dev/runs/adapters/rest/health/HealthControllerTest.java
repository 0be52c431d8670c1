package dev.runs.adapters.rest.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import org.junit.jupiter.api.Test;

class HealthControllerTest extends RestTest {

  @Test
  void answersExactlyWhatClientsCompare() {
    var answer = client.get("/health").is(200);

    assertThat(answer.text()).isEqualTo("{\"status\":\"ok\",\"service\":\"runs-service\"}");
    assertThat(answer.contentType()).isEqualTo("application/json");
  }

  @Test
  void livesAndIsReady() {
    assertThat(client.get("/healthz").is(200).text()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(client.get("/readyz").is(200).text()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void livesAndIsNotReadyWhenTheDatabaseIsGone() {
    var broken = new RestWorld();
    broken.breakDown("the database does not answer");
    var health = broken.client().get("/health").is(503);

    assertThat(health.text())
        .isEqualTo(
            "{\"status\":\"unavailable\",\"service\":\"runs-service\","
                + "\"reason\":\"the database does not answer\"}");
    assertThat(broken.client().get("/readyz").is(503).text()).isEqualTo(health.text());
    broken.client().get("/healthz").is(200);
  }
}
