package dev.runs.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.RestTest;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectsControllerTest extends RestTest {

  private String acme = "";
  private Client ours = client;

  @BeforeEach
  void haveAnOrganization() {
    acme = world.organization();
    ours = world.holder(acme, "'org:admin','runs:read','runs:write'", "");
  }

  @Test
  void answersANewProjectWithAllOfIt() {
    var made =
        ours.post("/v1/projects", "{'slug':'web','name':'Web shop','description':'All of it'}")
            .is(201);

    assertThat(made.json().propertyNames())
        .containsExactly(
            "id", "organizationId", "slug", "name", "description", "createdAt", "updatedAt");
    assertThat(made.textAt("/organizationId")).isEqualTo(acme);
    assertThat(made.textAt("/name")).isEqualTo("Web shop");
    assertThat(made.textAt("/description")).isEqualTo("All of it");
  }

  @Test
  void isCalledByItsSlugWhenNoNameIsGiven() {
    assertThat(ours.post("/v1/projects", "{'slug':'web'}").is(201).textAt("/name"))
        .isEqualTo("web");
  }

  @Test
  void isFoundByIdAndBySlug() {
    var made = ours.post("/v1/projects", "{'slug':'web'}").is(201);

    assertThat(ours.get("/v1/projects/" + made.textAt("/id")).is(200).text())
        .isEqualTo(made.text());
    assertThat(ours.get("/v1/projects/web").is(200).text()).isEqualTo(made.text());
  }

  @Test
  void hasADefaultProjectFromTheStartThatCannotBeDeleted() {
    assertThat(ours.get("/v1/projects/default").is(200).textAt("/id")).isEqualTo(acme);
    assertThat(ours.delete("/v1/projects/default").is(409).textAt("/code"))
        .isEqualTo("project.is_default");
  }

  @Test
  void refusesASlugThatTheOrganizationHasAndTakesItInAnother() {
    ours.post("/v1/projects", "{'slug':'web'}").is(201);

    assertThat(ours.post("/v1/projects", "{'slug':'web'}").is(409).textAt("/code"))
        .isEqualTo("project.slug_taken");
    client.within(world.organization()).post("/v1/projects", "{'slug':'web'}").is(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Web", "-web", "web-", ".web", "web shop", "web/shop", "web:shop", "wéb"})
  void refusesASlugOfAnotherForm(String slug) {
    var answer = ours.post("/v1/projects", "{'slug':'%s'}", slug).is(400);

    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/slug");
  }

  @Test
  void takesASlugOf63CharactersAndNoneOf64() {
    ours.post("/v1/projects", "{'slug':'%s'}", "a".repeat(63)).is(201);
    ours.post("/v1/projects", "{'slug':'%s'}", "a".repeat(64)).is(400);
  }

  @Test
  void takesADescriptionOf1000CharactersAndNoneOf1001() {
    ours.post("/v1/projects", "{'slug':'long','description':'%s'}", "d".repeat(1_000)).is(201);

    assertThat(
            ours.post("/v1/projects", "{'slug':'longer','description':'%s'}", "d".repeat(1_001))
                .is(400)
                .textAt("/errors/0/pointer"))
        .isEqualTo("/description");
  }

  @Test
  void changesNameAndDescriptionAndNothingElse() {
    var made = ours.post("/v1/projects", "{'slug':'web','description':'old'}").is(201);
    var path = "/v1/projects/" + made.textAt("/id");
    world.clock().advance(Duration.ofSeconds(1));

    var changed = ours.patch(path, "{'name':'Shop'}").is(200);

    assertThat(changed.textAt("/name")).isEqualTo("Shop");
    assertThat(changed.textAt("/description")).isEqualTo("old");
    assertThat(changed.textAt("/updatedAt")).isNotEqualTo(made.textAt("/updatedAt"));
    assertThat(ours.patch(path, "{'slug':'shop'}").is(400).textAt("/errors/0/pointer"))
        .isEqualTo("/slug");
  }

  @Test
  void deletesAProjectWithoutRunsAndKeepsOneWithRuns() {
    ours.post("/v1/projects", "{'slug':'empty'}").is(201);
    ours.post("/v1/projects", "{'slug':'busy'}").is(201);
    var run = runIn("busy");

    ours.delete("/v1/projects/empty").is(204);
    ours.get("/v1/projects/empty").is(404);
    assertThat(ours.delete("/v1/projects/busy").is(409).textAt("/code"))
        .isEqualTo("project.has_runs");

    assertThat(ours.get("/v1/runs/" + run).is(200).textAt("/project")).isEqualTo("busy");
  }

  @Test
  void answers404ToARunOfAProjectThatTheOrganizationDoesNotHave() {
    client.within(world.organization()).post("/v1/projects", "{'slug':'theirs'}").is(201);

    var answer =
        ours.post("/v1/runs", "{'projectId':'theirs','serviceName':'s','taskName':'t'}").is(404);

    assertThat(answer.textAt("/code")).isEqualTo("project.unknown");
    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/projectId");
  }

  @Test
  void leadsThroughAllProjectsPageByPage() {
    for (var number = 0; number < 5; number++) {
      ours.post("/v1/projects", "{'slug':'p%s'}", number).is(201);
    }

    var slugs = new ArrayList<String>();
    var cursor = "";
    do {
      var page = ours.get("/v1/projects?limit=2" + cursor).is(200);
      page.at("/projects").forEach(project -> slugs.add(project.get("slug").stringValue()));
      cursor = page.at("/nextCursor").isNull() ? "" : "&cursor=" + page.textAt("/nextCursor");
    } while (!cursor.isEmpty());

    assertThat(slugs).containsExactlyInAnyOrder("default", "p0", "p1", "p2", "p3", "p4");
  }

  @Test
  void refusesACursorThatItDidNotGive() {
    assertThat(ours.get("/v1/projects?cursor=nonsense").is(400).textAt("/errors/0/parameter"))
        .isEqualTo("cursor");
  }

  @Test
  void showsAKeyThatIsBoundToProjectsOnlyThose() {
    ours.post("/v1/projects", "{'slug':'web'}").is(201);
    ours.post("/v1/projects", "{'slug':'app'}").is(201);
    var bound = world.holder(acme, "'org:admin','runs:read','runs:write'", ",'projectIds':['web']");

    assertThat(bound.get("/v1/projects").is(200).at("/projects").size()).isEqualTo(1);
    bound.get("/v1/projects/app").is(404);
    bound.patch("/v1/projects/app", "{'name':'Mine'}").is(404);
    bound.delete("/v1/projects/app").is(404);
    bound.post("/v1/projects", "{'slug':'more'}").is(404);
    bound.post("/v1/runs", "{'projectId':'app','serviceName':'s','taskName':'t'}").is(404);
  }

  @Test
  void putsTheRunsOfAKeyWithOneProjectIntoThatProject() {
    ours.post("/v1/projects", "{'slug':'web'}").is(201);
    var bound = world.holder(acme, "'runs:read','runs:write'", ",'projectIds':['web']");
    var outside = runIn("default");

    var run = bound.post("/v1/runs", "{'serviceName':'s','taskName':'t'}").is(201);

    assertThat(run.textAt("/project")).isEqualTo("web");
    bound.get("/v1/runs/" + outside).is(404);
    assertThat(bound.get("/v1/runs").is(200).at("/runs").size()).isEqualTo(1);
    bound
        .post("/v1/runs", "{'serviceName':'s','taskName':'t','parentRunId':'%s'}", outside)
        .is(404);
  }

  @Test
  void keepsARunInTheProjectOfItsParent() {
    ours.post("/v1/projects", "{'slug':'web'}").is(201);
    var parent = runIn("web");

    var child =
        ours.post("/v1/runs", "{'serviceName':'s','taskName':'t','parentRunId':'%s'}", parent)
            .is(201);
    var elsewhere =
        ours.post(
                "/v1/runs",
                "{'serviceName':'s','taskName':'t','parentRunId':'%s','projectId':'default'}",
                parent)
            .is(422);

    assertThat(child.textAt("/project")).isEqualTo("web");
    assertThat(elsewhere.textAt("/errors/0/pointer")).isEqualTo("/projectId");
  }

  private String runIn(String project) {
    return ours.post("/v1/runs", "{'projectId':'%s','serviceName':'s','taskName':'t'}", project)
        .is(201)
        .textAt("/id");
  }
}
