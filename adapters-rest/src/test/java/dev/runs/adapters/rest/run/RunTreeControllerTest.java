package dev.runs.adapters.rest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTreeControllerTest extends RestTest {

  private final String organization = world.organization();

  @Test
  void hasTheSumsOfEveryRun() {
    var root = world.run(organization);
    var child = world.child(organization, root);
    var grandchild = world.child(organization, child);
    var name = world.priced("1");
    world.cost(child, name, "2");
    world.cost(grandchild, name, "3");

    var answer = client.get("/v1/runs/" + root + "/tree").is(200);

    assertThat(answer.textAt("/run/totalCostInUsdCents")).isEqualTo("5.0000000000");
    assertThat(answer.at("/run/depth").asInt()).isEqualTo(1);
    assertThat(answer.textAt("/runs/0/id")).isEqualTo(child);
    assertThat(answer.textAt("/runs/0/ownCostInUsdCents")).isEqualTo("2.0000000000");
    assertThat(answer.textAt("/runs/0/childrenCostInUsdCents")).isEqualTo("3.0000000000");
    assertThat(answer.textAt("/runs/0/costsByName/0/childrenQuantity")).isEqualTo("3.000000");
    assertThat(answer.at("/runs/0/descendantCounts/running").asInt()).isEqualTo(1);
    assertThat(answer.at("/runs/1/depth").asInt()).isEqualTo(3);
    assertThat(answer.textAt("/runs/1/parentRunId")).isEqualTo(child);
    assertThat(answer.at("/limit").asInt()).isEqualTo(100);
    assertThat(answer.at("/nextCursor").isNull()).isTrue();
  }

  @Test
  void goesAsDeepAsIsAsked() {
    var root = world.run(organization);
    var child = world.child(organization, root);
    world.child(organization, child);

    assertThat(client.get("/v1/runs/" + root + "/tree?levels=1").is(200).at("/runs")).hasSize(1);
    assertThat(client.get("/v1/runs/" + root + "/tree?levels=2").is(200).at("/runs")).hasSize(2);
    assertThat(client.get("/v1/runs/" + root + "/tree?levels=64").is(200).at("/runs")).hasSize(2);
  }

  @Test
  void leadsThroughAllRunsPageByPage() {
    var root = world.run(organization);
    IntStream.range(0, 5).forEach(_ -> world.child(organization, root));
    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = client.get("/v1/runs/" + root + "/tree?limit=2&cursor=" + cursor).is(200);
      page.at("/runs").forEach(run -> seen.add(run.at("/id").asString()));
      cursor = page.at("/nextCursor").isNull() ? "" : page.textAt("/nextCursor");
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "levels=0,levels must be a whole number from 1 to 64,levels",
    "levels=65,levels must be a whole number from 1 to 64,levels",
    "levels=1.5,levels must be a whole number from 1 to 64,levels",
    "levels=x,levels must be a whole number from 1 to 64,levels",
    "cursor=x,cursor is not one that this list has given out.,cursor",
    "limit=0.5,'limit must be a whole number, not negative',limit"
  })
  void refusesWhatItCannotRead(String query, String error, String parameter) {
    var answer = client.get("/v1/runs/" + world.run(organization) + "/tree?" + query).is(400);

    assertThat(answer.textAt("/error")).isEqualTo(error);
    assertThat(answer.textAt("/errors/0/parameter")).isEqualTo(parameter);
  }

  @Test
  void refusesACursorOfAnotherTree() {
    var root = world.run(organization);
    world.child(organization, root);
    world.child(organization, root);
    var cursor = client.get("/v1/runs/" + root + "/tree?limit=1").textAt("/nextCursor");

    client.get("/v1/runs/" + world.run(organization) + "/tree?cursor=" + cursor).is(400);
  }

  @Test
  void hasAtMost200RunsOnAPage() {
    var root = world.run(organization);
    IntStream.range(0, 201).forEach(_ -> world.child(organization, root));

    var answer = client.get("/v1/runs/" + root + "/tree?limit=1000").is(200);

    assertThat(answer.at("/runs")).hasSize(200);
    assertThat(answer.at("/limit").asInt()).isEqualTo(200);
  }

  @Test
  void isNotFoundWhenThereIsNoRun() {
    client.get("/v1/runs/" + NOBODY + "/tree").is(404);
    client.get("/v1/runs/x/tree").is(400);
  }
}
