package dev.runs.adapters.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathFilterTest extends RestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/V1/RUN-STATES",
        "/v1/run-states/",
        "/v1/Run-States/",
        "/HealthZ/",
        "/OPENAPI.json"
      })
  void letsPathsBeWrittenInAnyCaseAndWithASlashAtTheEnd(String path) {
    client.get(path).is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/run-states//", "//v1/run-states", "/v1//run-states"})
  void takesMoreSlashesForAnotherPath(String path) {
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @Test
  void refusesANulInAPath() {
    var answer = client.get("/v1/costs/a%00b").is(400);

    assertThat(answer.textAt("/code")).isEqualTo("request.malformed_path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/costs/%", "/v1/costs/%4", "/v1/costs/%zz"})
  void refusesAPathThatIsNotWellEncoded(String path) {
    assertThat(client.getAsWritten(path, null).is(400).textAt("/code"))
        .isEqualTo("request.malformed_path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "%", "%4", "%FF", "%C3%28", "%ED%A0%80"})
  void refusesAQueryThatIsNotWellEncoded(String value) {
    var answer = client.getAsWritten("/v1/runs", "organizationId=" + value).is(400);

    assertThat(answer.textAt("/code")).isEqualTo("request.malformed_query");
  }
}
