package dev.runs.adapters.rest.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CostBatchControllerTest extends RestTest {

  private static final String PATH = "/v1/costs:batch";

  private final String organization = world.organization();
  private final String name = world.priced("2");
  private final String run = world.run(organization);
  private final String other = world.run(organization);

  @Test
  void booksLinesOfManyRunsAtOnce() {
    var answer = batch(item(run, name), item(other, name)).is(201);

    assertThat(answer.json().propertyNames()).containsExactly("costs");
    assertThat(answer.textAt("/costs/0/runId")).isEqualTo(run);
    assertThat(answer.textAt("/costs/1/runId")).isEqualTo(other);
  }

  @Test
  void booksNoneWhenOneIsRefused() {
    var alone = world.run(organization);

    var unknownRun = batch(item(alone, name), item(NOBODY, name)).is(404);
    var unknownCost = batch(item(alone, name), item(alone, "gpt-9")).is(422);

    assertThat(unknownRun.textAt("/error")).isEqualTo("Run not found");
    assertThat(unknownRun.textAt("/errors/0/pointer")).isEqualTo("/items/1/runId");
    assertThat(unknownCost.textAt("/errors/0/pointer")).isEqualTo("/items/1/costName");
    assertThat(client.get("/v1/runs/" + alone + "/costs").at("/costs")).isEmpty();
  }

  @Test
  void gathersAllThatIsWrongWithTheFormOfItems() {
    var answer = batch("{}", item("x", name), "'y'").is(400);

    assertThat(answer.at("/errors").valueStream().map(error -> error.at("/pointer").asString()))
        .containsExactly(
            "/items/0/runId",
            "/items/0/costName",
            "/items/0/quantity",
            "/items/1/runId",
            "/items/2");
  }

  @Test
  void answersEveryItemForItselfWhenAsked() {
    var answer =
        client
            .post(
                PATH,
                "{'atomic':false,'items':["
                    + item(run, name)
                    + ",{},"
                    + item(NOBODY, name)
                    + ","
                    + item(run, "gpt-9")
                    + ","
                    + item(other, name)
                    + "]}")
            .is(200);

    assertThat(answer.at("/results").valueStream().map(result -> result.at("/status").asInt()))
        .containsExactly(201, 400, 404, 422, 201);
    assertThat(answer.at("/results/0").propertyNames())
        .containsExactly("index", "status", "cost", "error");
    assertThat(answer.textAt("/results/2/error/errors/0/pointer")).isEqualTo("/items/2/runId");
    assertThat(answer.textAt("/results/3/error/error")).isEqualTo("Unknown cost: gpt-9");
    assertThat(answer.textAt("/results/4/cost/runId")).isEqualTo(other);
  }

  @Test
  void answersWhenNoItemHasTheRightForm() {
    var answer = client.post(PATH, "{'atomic':false,'items':[{}]}").is(200);

    assertThat(answer.at("/results/0/status").asInt()).isEqualTo(400);
    assertThat(answer.at("/results/0/cost").isNull()).isTrue();
  }

  @Test
  void takes1000ItemsAndNot1001() {
    batch(IntStream.range(0, 1000).mapToObj(_ -> item(run, name)).toArray(String[]::new)).is(201);

    var answer =
        batch(IntStream.range(0, 1001).mapToObj(_ -> item(run, name)).toArray(String[]::new));
    assertThat(answer.is(400).textAt("/code")).isEqualTo("request.too_many_items");
  }

  @Test
  void asksForItems() {
    assertThat(client.post(PATH, "{'items':[]}").is(400).textAt("/error"))
        .isEqualTo("items array is required");
  }

  private static String item(String run, String name) {
    return "{'runId':'" + run + "','costName':'" + name + "','quantity':'1.5'}";
  }

  private Answer batch(String... items) {
    return client.post(PATH, "{'items':[" + String.join(",", items) + "]}");
  }
}
