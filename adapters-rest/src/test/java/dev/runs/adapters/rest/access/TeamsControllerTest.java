package dev.runs.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.RestTest;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TeamsControllerTest extends RestTest {

  private String acme = "";
  private Client ours = client;

  @BeforeEach
  void haveAnOrganization() {
    acme = world.organization();
    ours = client.within(acme);
  }

  @Test
  void answersANewTeamWithAllOfIt() {
    var made = ours.post("/v1/teams", "{'name':'Data science'}").is(201);

    assertThat(made.json().propertyNames())
        .containsExactly("id", "organizationId", "name", "createdAt", "updatedAt");
    assertThat(made.textAt("/organizationId")).isEqualTo(acme);
    assertThat(ours.get("/v1/teams/" + made.textAt("/id")).is(200).text()).isEqualTo(made.text());
  }

  @Test
  void refusesANameThatTheOrganizationHasAndTakesItInAnother() {
    ours.post("/v1/teams", "{'name':'data'}").is(201);

    assertThat(ours.post("/v1/teams", "{'name':'data'}").is(409).textAt("/code"))
        .isEqualTo("team.name_taken");
    client.within(world.organization()).post("/v1/teams", "{'name':'data'}").is(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{'name':''}", "{'name':' data'}", "{'name':'da\\u0000ta'}", "{'name':7}"})
  void refusesANameThatCannotBeShown(String body) {
    assertThat(ours.post("/v1/teams", body).is(400).textAt("/errors/0/pointer")).isEqualTo("/name");
  }

  @Test
  void takesANameOf100CharactersAndNoneOf101() {
    ours.post("/v1/teams", "{'name':'%s'}", "n".repeat(100)).is(201);
    ours.post("/v1/teams", "{'name':'%s'}", "n".repeat(101)).is(400);
  }

  @Test
  void isRenamedToANameThatNobodyHas() {
    ours.post("/v1/teams", "{'name':'taken'}").is(201);
    var path = "/v1/teams/" + ours.post("/v1/teams", "{'name':'old'}").is(201).textAt("/id");

    assertThat(ours.patch(path, "{'name':'new'}").is(200).textAt("/name")).isEqualTo("new");
    ours.patch(path, "{'name':'taken'}").is(409);
    assertThat(ours.get(path).textAt("/name")).isEqualTo("new");
  }

  @Test
  void isDeletedWhenNoKeyOfItIsAccepted() {
    var path = "/v1/teams/" + world.team(acme);
    var key = ours.post(path + "/keys", "{'name':'k','scopes':['runs:read']}").is(201);

    assertThat(ours.delete(path).is(409).textAt("/code")).isEqualTo("team.has_keys");
    ours.post(path + "/keys/" + key.textAt("/id") + ":revoke", "").is(200);
    ours.delete(path).is(204);

    ours.get(path).is(404);
    client.with("X-API-Key", key.textAt("/key")).get("/v1/runs").is(401);
  }

  @Test
  void belongsToItsOrganizationAlone() {
    var path = "/v1/teams/" + world.team(acme);
    var others = client.within(world.organization());
    var stranger = world.holder(world.organization(), "'org:admin','keys:admin','runs:read'", "");

    for (var anybodyElse : new Client[] {others, stranger}) {
      var known = new ArrayList<String>();
      anybodyElse
          .get("/v1/teams")
          .is(200)
          .at("/teams")
          .forEach(team -> known.add("/v1/teams/" + team.get("id").stringValue()));
      assertThat(known).doesNotContain(path);
    }
    stranger.get(path).is(404);
    stranger.patch(path, "{'name':'mine'}").is(404);
    stranger.delete(path).is(404);
    stranger.get(path + "/keys").is(404);
    stranger.post(path + "/keys", "{'name':'k','scopes':['runs:read']}").is(404);
  }

  @Test
  void leadsThroughAllTeamsPageByPage() {
    for (var number = 0; number < 5; number++) {
      world.team(acme);
    }

    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = ours.get("/v1/teams?limit=2" + cursor).is(200);
      page.at("/teams").forEach(team -> seen.add(team.get("id").stringValue()));
      cursor = page.at("/nextCursor").isNull() ? "" : "&cursor=" + page.textAt("/nextCursor");
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
  }
}
