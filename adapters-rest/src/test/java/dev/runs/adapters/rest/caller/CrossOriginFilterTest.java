package dev.runs.adapters.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import org.junit.jupiter.api.Test;

class CrossOriginFilterTest extends RestTest {

  private static final String PAGE = "https://example.org";

  @Test
  void answersAPreflightWith204AndAsksForNoKey() {
    var answer =
        client
            .without("X-API-Key")
            .with("Origin", PAGE)
            .with("Access-Control-Request-Method", "POST")
            .send("OPTIONS", "/v1/runs", new byte[0])
            .is(204);

    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("PATCH");
    assertThat(answer.header("Access-Control-Allow-Headers")).contains("X-API-Key");
  }

  @Test
  void letsPagesReadAnswers() {
    var answer = client.with("Origin", PAGE).get("/v1/run-states").is(200);

    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(answer.header("Access-Control-Expose-Headers")).contains("Idempotency-Replayed");
  }

  @Test
  void letsPagesReadRefusals() {
    var answer = client.without("X-API-Key").with("Origin", PAGE).get("/v1/runs").is(401);

    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void staysOutOfWhatIsNoPathOfThisSurface() {
    var answer = client.with("Origin", PAGE).get("/console").is(404);

    assertThat(answer.response().containsHeader("Access-Control-Allow-Origin")).isFalse();
  }

  @Test
  void asksForAKeyWhenOptionsIsNoPreflight() {
    client.without("X-API-Key").send("OPTIONS", "/v1/runs", new byte[0]).is(401);
  }
}
