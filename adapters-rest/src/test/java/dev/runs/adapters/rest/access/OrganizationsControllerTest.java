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
        .containsExactly("id", "externalId", "credentialCheck", "createdAt", "updatedAt");
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

  @Test
  void showsAnOrganizationToItsAdministrators() {
    var own = world.organization();
    var admin = world.holder(own, "'org:admin'", "");

    var shown = admin.get("/v1/organizations/" + own).is(200);

    assertThat(shown.textAt("/id")).isEqualTo(own);
    assertThat(shown.textAt("/credentialCheck")).isEqualTo("refuse");
    assertThat(client.get("/v1/organizations/" + own).is(200).text()).isEqualTo(shown.text());
  }

  @Test
  void changesTheCheckAndNotesWhoDidIt() {
    var own = world.organization();
    var admin = world.holder(own, "'org:admin'", "");

    var off = admin.patch("/v1/organizations/" + own, "{'credentialCheck':'off'}").is(200);

    assertThat(off.textAt("/credentialCheck")).isEqualTo("off");
    assertThat(admin.get("/v1/organizations/" + own).is(200).text()).isEqualTo(off.text());
    var noted = admin.get("/v1/audit?action=organization.changed").is(200);
    assertThat(noted.textAt("/entries/0/target")).isEqualTo("organization:" + own);
    assertThat(noted.textAt("/entries/0/details/credentialCheck")).isEqualTo("off");
  }

  @Test
  void leavesAnOrganizationAsItIsWhenNothingIsToBeChanged() {
    var own = world.organization();

    var before = client.get("/v1/organizations/" + own).is(200);

    assertThat(client.patch("/v1/organizations/" + own, "{}").is(200).text())
        .isEqualTo(before.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "'Off'", "'on'", "true", "0", "[]"})
  void refusesAnotherWordForTheCheck(String word) {
    var answer =
        client
            .patch("/v1/organizations/" + world.organization(), "{'credentialCheck':" + word + "}")
            .is(400);

    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/credentialCheck");
  }

  @Test
  void doesNotFindAnOrganizationThatIsNotThere() {
    var unknown = client.get("/v1/organizations/00000000-0000-7000-8000-0000000fffff").is(404);

    assertThat(unknown.textAt("/code")).isEqualTo("organization.not_found");
    assertThat(unknown.textAt("/errors/0/parameter")).isEqualTo("id");
    client.get("/v1/organizations/acme").is(400);
  }
}
