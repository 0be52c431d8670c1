package dev.runs.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import org.junit.jupiter.api.Test;

class UsersControllerTest extends RestTest {

  @Test
  void answersANewUserWith201AndAnExistingOneWith200() {
    var organization = world.organization();

    var first = add("ada", organization).is(201);
    var second = add("ada", organization).is(200);

    assertThat(first.json().propertyNames())
        .containsExactly("id", "externalId", "organizationId", "createdAt", "updatedAt");
    assertThat(first.textAt("/organizationId")).isEqualTo(organization);
    assertThat(second.text()).isEqualTo(first.text());
  }

  @Test
  void takesTheSameExternalIdInTwoOrganizationsForTwoUsers() {
    var here = add("ben", world.organization()).is(201);
    var there = add("ben", world.organization()).is(201);

    assertThat(there.textAt("/id")).isNotEqualTo(here.textAt("/id"));
  }

  @Test
  void asksForTheExternalIdBeforeTheOrganization() {
    var neither = client.post("/v1/users", "{}").is(400);
    var one = client.post("/v1/users", "{'externalId':'ada'}").is(400);

    assertThat(neither.textAt("/error")).isEqualTo("externalId is required");
    assertThat(neither.at("/errors")).hasSize(2);
    assertThat(one.textAt("/error")).isEqualTo("organizationId is required");
  }

  @Test
  void asksForTheOrganizationBeforeItLooksAtTheForm() {
    var answer = client.post("/v1/users", "{'externalId':['x']}").is(400);

    assertThat(answer.textAt("/error")).isEqualTo("organizationId is required");
  }

  @Test
  void answers404ForAnUnknownOrganization() {
    var answer = add("ada", NOBODY).is(404);

    assertThat(answer.textAt("/error")).isEqualTo("Organization not found");
    assertThat(answer.textAt("/code")).isEqualTo("organization.not_found");
    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/organizationId");
  }

  @Test
  void refusesAnOrganizationThatIsNoUuid() {
    var answer = add("ada", "1-1-1-1-1").is(400);

    assertThat(answer.textAt("/error")).isEqualTo("organizationId must be a UUID");
    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/organizationId");
  }

  private Answer add(String externalId, String organization) {
    return client.post(
        "/v1/users", "{'externalId':'%s','organizationId':'%s'}", externalId, organization);
  }
}
