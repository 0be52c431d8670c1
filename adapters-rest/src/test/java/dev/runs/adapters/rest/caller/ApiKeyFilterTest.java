package dev.runs.adapters.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyFilterTest extends RestTest {

  @Test
  void answers401WithoutAKey() {
    var answer = client.without("X-API-Key").get("/v1/runs").is(401);

    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.textAt("/error")).isEqualTo("Unauthorized");
    assertThat(answer.textAt("/code")).isEqualTo("request.unauthorized");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer, ApiKey header=\"X-API-Key\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "wrong", "a-key-of-the-configuratio", "A-KEY-OF-THE-CONFIGURATION"})
  void answers401ToAWrongKey(String key) {
    client.with("X-API-Key", key).get("/v1/runs").is(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/runs",
        "/v1/nowhere",
        "/nowhere",
        "/assets/../v1/runs",
        "/account/%2e%2e/v1/runs",
        "/sign-in/./x",
        "/sign-inn",
        "/v1",
        "/error",
        "/healthy",
        "/health/x",
        "/v1/health",
        "/docsx",
        "/docs/../v1/runs",
        "/docs/%2e%2e/v1/runs",
        "/docs/.env",
        "/docs/a;b/c",
        "/docs//v1/runs",
        "/webjars",
        "/webjars/../error",
        "/health;x=y",
        "/openapi.yaml",
        "/consoles",
        "/console/../v1/runs",
        "/console/%2e%2e/v1/runs",
        "/console/a%2Fb",
        "/console/.env",
        "/console/a;b",
        "/console//v1/runs"
      })
  void asksForAKeyOnEveryOtherPath(String path) {
    client.without("X-API-Key").get(path).is(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/HEALTH/",
        "/healthz",
        "/readyz",
        "/v1/openapi.json",
        "/V1/OpenAPI.json/",
        "/openapi.json"
      })
  void asksForNoKeyOnOpenPaths(String path) {
    client.without("X-API-Key").get(path).is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/healthz", "/readyz", "/v1/openapi.json", "/docs"})
  void answers401ToAWrongKeyOnOpenPathsToo(String path) {
    client.with("X-API-Key", "wrong").get(path).is(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs",
        "/docs/",
        "/docs/index.html",
        "/docs/swagger-ui/swagger-ui-bundle.js",
        "/webjars/swagger-ui/5.0.0/index.css",
        "/webjars/@scope/x_y+z.js"
      })
  void asksForNoKeyOnThePagesOfTheDocumentation(String path) {
    client.without("X-API-Key").get(path).is(404);
  }

  @Test
  void answers401BeforeTheBodyIsRead() {
    client.without("X-API-Key").post("/v1/runs", "{not json").is(401);
    client.without("X-API-Key").post("/v1/runs", " ".repeat(2_000_000)).is(401);
  }

  @Test
  void letsInWhoShowsAKeyThatIsKept() {
    world.holder(world.organization(), "'runs:read'", "").get("/v1/run-states").is(200);
  }

  @ParameterizedTest
  @CsvSource({
    "X-API-Key,%s",
    "x-api-key,Bearer %s",
    "x-api-token,%s",
    "x-api-token,Bearer %s",
    "x-lamdis-api-token,%s",
    "Authorization,Bearer %s",
    "Authorization,bearer %s",
    "Authorization,%s"
  })
  void takesTheKeyFromAnyOfItsHeaders(String header, String form) {
    client
        .without("X-API-Key")
        .with(header, form.formatted(RestWorld.KEY))
        .get("/v1/run-states")
        .is(200);
  }

  @Test
  void takesTheFirstHeaderThatIsNotEmptyAndNoOther() {
    client.with("X-API-Key", "").with("x-api-token", RestWorld.KEY).get("/v1/run-states").is(200);
    client.with("X-API-Key", "wrong").with("x-api-token", RestWorld.KEY).get("/v1/runs").is(401);
    client
        .without("X-API-Key")
        .with("x-api-token", "wrong")
        .with("Authorization", "Bearer " + RestWorld.KEY)
        .get("/v1/runs")
        .is(401);
  }
}
