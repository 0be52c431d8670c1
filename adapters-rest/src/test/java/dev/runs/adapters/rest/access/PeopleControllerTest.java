package dev.runs.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.RestTest;
import org.junit.jupiter.api.Test;

class PeopleControllerTest extends RestTest {

  @Test
  void showsAOneTimePasswordOnceEvenWhenTheRequestIsRepeated() {
    var once = client.within(world.organization()).once("person");
    var body = "{'login':'Ada@one.example','role':'viewer'}";

    var first = once.post("/v1/people", body).is(201);
    var again = once.post("/v1/people", body).is(201);

    assertThat(first.textAt("/login")).isEqualTo("ada@one.example");
    assertThat(first.textAt("/name")).isEqualTo("ada@one.example");
    assertThat(first.textAt("/oneTimePassword")).matches("(\\w{5}-){3}\\w{5}");
    assertThat(again.json().has("oneTimePassword")).isFalse();
    assertThat(again.at("/secretShown").booleanValue()).isTrue();
  }

  @Test
  void refusesWhatIsMissingOrWrongAndNamesAllOfIt() {
    var missing = client.post("/v1/people", "{}").is(400);
    var wrong = client.post("/v1/people", "{'login':'a b','name':' x','role':'king'}").is(400);

    assertThat(missing.at("/errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/login", "/role");
    assertThat(wrong.at("/errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/login", "/name", "/role");
  }

  @Test
  void doesNotShowThePeopleOfAnotherOrganization() {
    var here = client.within(world.organization());
    var there = client.within(world.organization());
    var id = add(here, "ben", "viewer");

    assertThat(here.get("/v1/people/" + id).is(200).textAt("/role")).isEqualTo("viewer");
    assertThat(there.get("/v1/people/" + id).is(404).textAt("/code")).isEqualTo("person.not_found");
    there.delete("/v1/people/" + id).is(404);
    assertThat(there.get("/v1/people").is(200).at("/people")).isEmpty();
    assertThat(there.post("/v1/people", "{'login':'BEN','role':'viewer'}").is(409).textAt("/code"))
        .isEqualTo("person.login_taken");
  }

  @Test
  void listsPeopleFromPageToPage() {
    var here = client.within(world.organization());
    add(here, "cy", "viewer");
    add(here, "dan", "admin");

    var first = here.get("/v1/people?limit=1").is(200);
    var second = here.get("/v1/people?limit=1&cursor=" + first.textAt("/nextCursor")).is(200);

    assertThat(first.textAt("/people/0/login")).isEqualTo("dan");
    assertThat(second.textAt("/people/0/login")).isEqualTo("cy");
    assertThat(second.at("/nextCursor").isNull()).isTrue();
  }

  @Test
  void changesRolesDisablesAndRemoves() {
    var here = client.within(world.organization());
    var id = add(here, "eve", "viewer");

    assertThat(here.patch("/v1/people/" + id, "{'role':'operator'}").is(200).textAt("/role"))
        .isEqualTo("operator");
    var disabled = here.patch("/v1/people/" + id, "{'disabled':true}").is(200);
    assertThat(disabled.at("/disabled").booleanValue()).isTrue();
    assertThat(disabled.textAt("/role")).isEqualTo("operator");
    here.patch("/v1/people/" + id, "{'role':'king'}").is(400);
    here.patch("/v1/people/" + id, "{'disabled':'yes'}").is(400);
    here.delete("/v1/people/" + id).is(204);
    here.get("/v1/people/" + id).is(404);
  }

  private static String add(Client here, String login, String role) {
    return here.post("/v1/people", "{'login':'%s','role':'%s'}", login, role).is(201).textAt("/id");
  }
}
