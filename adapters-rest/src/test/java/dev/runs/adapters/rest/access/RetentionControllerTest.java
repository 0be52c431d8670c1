package dev.runs.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionControllerTest extends RestTest {

  private String retention() {
    return "/v1/organizations/" + world.organization() + "/retention";
  }

  @Test
  void isThatOfTheServerWhileNobodySaysOtherwise() {
    var answer = client.get(retention()).is(200);

    assertThat(answer.json().propertyNames())
        .containsExactly("organizationId", "succeededDays", "otherDays", "own");
    assertThat(answer.at("/succeededDays").intValue()).isEqualTo(30);
    assertThat(answer.at("/otherDays").intValue()).isEqualTo(90);
    assertThat(answer.at("/own").booleanValue()).isFalse();
  }

  @Test
  void isSetAndTakenBackWithANoteInTheAuditLog() {
    var path = retention();

    var answer = client.put(path, "{'succeededDays':1,'otherDays':3650}").is(200);

    assertThat(answer.at("/succeededDays").intValue()).isEqualTo(1);
    assertThat(answer.at("/own").booleanValue()).isTrue();
    assertThat(client.get(path).is(200).text()).isEqualTo(answer.text());
    client.delete(path).is(204);
    assertThat(client.get(path).is(200).at("/own").booleanValue()).isFalse();
    assertThat(client.delete(path).is(404).textAt("/code")).isEqualTo("retention.not_set");
    var organization = answer.textAt("/organizationId");
    assertThat(client.get("/v1/audit?target=organization:" + organization).is(200).at("/entries"))
        .extracting(entry -> entry.at("/action").asString())
        .containsExactlyInAnyOrder("organization.created", "retention.changed", "retention.reset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'succeededDays':null,'otherDays':null}"})
  void keepsForEverWhatIsNotSaid(String body) {
    var answer = client.put(retention(), body).is(200);

    assertThat(answer.at("/succeededDays").isNull()).isTrue();
    assertThat(answer.at("/otherDays").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3651", "-1", "1.5", "'30'", "true"})
  void refusesDaysThatAreNone(String days) {
    var answer = client.put(retention(), "{'succeededDays':" + days + "}").is(400);

    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/succeededDays");
  }

  @Test
  void belongsToAnOrganizationThatIsThere() {
    var answer =
        client.get("/v1/organizations/00000000-0000-7000-8000-00000000dead/retention").is(404);

    assertThat(answer.textAt("/errors/0/parameter")).isEqualTo("id");
  }
}
