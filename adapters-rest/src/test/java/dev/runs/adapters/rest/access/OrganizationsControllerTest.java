package dev.runs.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrganizationsControllerTest extends RestTest {

  @Test
  void answersANewOrganizationWith201AndAllOfIt() {
    var answer = client.post("/v1/organizations", "{'externalId':'acme'}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.json().propertyNames())
        .containsExactly("id", "externalId", "createdAt", "updatedAt");
    assertThat(answer.textAt("/externalId")).isEqualTo("acme");
    assertThat(answer.textAt("/createdAt")).isEqualTo("2026-11-20T12:00:00.123Z");
  }

  @Test
  void answersAnExistingOrganizationWith200AndTheSameId() {
    var first = client.post("/v1/organizations", "{'externalId':'twice'}").is(201);
    var second = client.post("/v1/organizations", "{'externalId':'twice'}").is(200);

    assertThat(second.text()).isEqualTo(first.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'externalId':null}",
        "{'externalId':''}",
        "{'externalId':0}",
        "{'externalId':0.00}",
        "{'externalId':false}"
      })
  void refusesWhatJavaScriptTakesForNothing(String body) {
    var answer = client.post("/v1/organizations", body).is(400);

    assertThat(answer.textAt("/error")).isEqualTo("externalId is required");
    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/externalId");
    assertThat(answer.textAt("/errors/0/code")).isEqualTo("field.required");
  }

  @Test
  void takesAnAbsentBodyForAnEmptyOne() {
    var answer = client.without("Content-Type").post("/v1/organizations", "").is(400);

    assertThat(answer.textAt("/error")).isEqualTo("externalId is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'externalId':42}", "{'externalId':42.0}", "{'externalId':4.2e1}"})
  void storesANumberAsText(String body) {
    assertThat(client.post("/v1/organizations", body).textAt("/externalId")).isEqualTo("42");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'externalId':true}",
        "{'externalId':[]}",
        "{'externalId':{}}",
        "{'externalId':1e39}",
        "{'externalId':1e999999999}",
        "{'externalId':1e-39}"
      })
  void refusesWhatIsNoText(String body) {
    var answer = client.post("/v1/organizations", body).is(400);

    assertThat(answer.textAt("/error")).isEqualTo("externalId must be a string");
  }

  @Test
  void takesANumberOf38DigitsAndNotOf39() {
    client.post("/v1/organizations", "{'externalId':%s}", "1".repeat(38)).is(201);
    client.post("/v1/organizations", "{'externalId':%s}", "1".repeat(39)).is(400);
  }

  @Test
  void takesAnExternalIdOf255CharactersAndNotOf256() {
    client.post("/v1/organizations", "{'externalId':'%s'}", "x".repeat(255)).is(201);

    var answer = client.post("/v1/organizations", "{'externalId':'%s'}", "x".repeat(256)).is(400);
    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/externalId");
    assertThat(answer.textAt("/errors/0/code")).isEqualTo("external_id.invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "a\\ud800b", "a\\udc00b", "a\\ud800"})
  void refusesATextThatNoDatabaseKeeps(String text) {
    var answer = client.post("/v1/organizations", "{'externalId':'" + text + "'}").is(400);

    assertThat(answer.textAt("/error")).isEqualTo("externalId has a character that cannot be kept");
  }

  @Test
  void takesAnyOtherCharacter() {
    var answer =
        client.post("/v1/organizations", "{'externalId':'ü \\ud83d\\ude00 %s'}", "%").is(201);

    assertThat(answer.textAt("/externalId")).isEqualTo("ü 😀 %");
  }

  @Test
  void ignoresWhatItDoesNotKnow() {
    client.post("/v1/organizations", "{'externalId':'known','id':7,'more':{'a':[]}}").is(201);
  }
}
