package dev.runs.adapters.rest.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import dev.runs.application.cost.FixedUnitPrices;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCostsControllerTest extends RestTest {

  private final String organization = world.organization();
  private final String run = world.run(organization);
  private final String name = world.priced("0.0003");

  @Nested
  class Added {

    @Test
    void areAnsweredWith201AndTheWholeLines() {
      var answer =
          add(
                  "{'costName':'" + name + "','quantity':1000}",
                  "{'costName':'" + name + "','quantity':2}")
              .is(201);

      assertThat(answer.json().propertyNames()).containsExactly("costs");
      assertThat(answer.at("/costs")).hasSize(2);
      assertThat(answer.at("/costs/0").propertyNames())
          .containsExactly(
              "id",
              "runId",
              "costName",
              "quantity",
              "unitCostInUsdCents",
              "totalCostInUsdCents",
              "createdAt",
              "correctsCostId");
      assertThat(answer.textAt("/costs/0/runId")).isEqualTo(run);
      assertThat(answer.textAt("/costs/0/quantity")).isEqualTo("1000.000000");
      assertThat(answer.textAt("/costs/0/unitCostInUsdCents")).isEqualTo("0.0003000000");
      assertThat(answer.textAt("/costs/0/totalCostInUsdCents")).isEqualTo("0.3000000000");
    }

    @ParameterizedTest
    @CsvSource({
      "0.0003,0.1234567,0.123457,0.0000370370",
      "0.9703944519,523633,523633.000000,508130.5580317527",
      "0.0003,1e3,1000.000000,0.3000000000",
      "0.0003,-5,-5.000000,-0.0015000000",
      "0.0003,0,0.000000,0.0000000000",
      "0.0000000001,0.5,0.500000,0.0000000001",
      "999999.9999999999,1,1.000000,999999.9999999999"
    })
    void areCountedExactly(String price, String quantity, String kept, String total) {
      var priced = world.priced(price);

      var number = add("{'costName':'" + priced + "','quantity':" + quantity + "}").is(201);
      var text = add("{'costName':'" + priced + "','quantity':' " + quantity + " '}").is(201);

      for (var answer : new Answer[] {number, text}) {
        assertThat(answer.textAt("/costs/0/quantity")).isEqualTo(kept);
        assertThat(answer.textAt("/costs/0/totalCostInUsdCents")).isEqualTo(total);
      }
    }

    @ParameterizedTest
    @CsvSource({
      "99999999999999,201",
      "100000000000000,400",
      "-100000000000000,400",
      "1e13,201",
      "1e14,400",
      "1e38,400",
      "1e999999999,400",
      "1e-38,201",
      "1e-39,400",
      "1e-999999999,400",
      "1.2345678901234567890123456789012345678,201",
      "1.23456789012345678901234567890123456789,400"
    })
    void haveAQuantityWithinBounds(String quantity, int status) {
      var cheap = world.priced("0.0000000001");

      var answer = add("{'costName':'" + cheap + "','quantity':" + quantity + "}").is(status);

      if (status == 400) {
        assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/0/quantity");
        assertThat(answer.textAt("/errors/0/code")).startsWith("cost.");
      }
    }

    @Test
    void haveATotalBelowABound() {
      var dear = world.priced("100000");

      add("{'costName':'" + dear + "','quantity':9999999}").is(201);
      var answer = add("{'costName':'" + dear + "','quantity':10000000}").is(400);

      assertThat(answer.textAt("/code")).isEqualTo("cost.out_of_range");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/0/quantity");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"true", "'x'", "''", "'1,5'", "'0x10'", "[]", "{}", "'NaN'", "'1e9999999999'"})
    void refuseAQuantityThatIsNoNumber(String quantity) {
      var answer = add("{'costName':'" + name + "','quantity':" + quantity + "}").is(400);

      assertThat(answer.textAt("/error")).isEqualTo("quantity must be a number");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/0/quantity");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{}|costName is required|/items/0/costName",
          "{'costName':null,'quantity':1}|costName is required|/items/0/costName",
          "{'costName':7,'quantity':1}|costName must be a string|/items/0/costName",
          "{'costName':'a\\u0000','quantity':1}|costName has a character that cannot be kept|/items/0/costName",
          "{'costName':'x'}|quantity is required|/items/0/quantity",
          "{'costName':'x','quantity':null}|quantity is required|/items/0/quantity",
          "{'costName':'x','quantity':1,'correctsCostId':'y'}|correctsCostId must be a UUID|/items/0/correctsCostId",
          "7|an item must be a JSON object|/items/0"
        })
    void refuseAnItemOfTheWrongForm(String item, String error, String pointer) {
      var answer = add(item.replace("'", "\"")).is(400);

      assertThat(answer.textAt("/error")).isEqualTo(error);
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource({"1,422", "200,422", "201,400", "0,400"})
    void haveANameOf1To200Characters(int length, int status) {
      var answer = add("{'costName':'" + "ü".repeat(length) + "','quantity':1}").is(status);

      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/0/costName");
    }

    @Test
    void gatherAllThatIsWrong() {
      var answer =
          add("{}", "{'costName':'" + name + "','quantity':1}", "{'costName':'" + name + "'}")
              .is(400);

      assertThat(answer.at("/errors").valueStream().map(error -> error.at("/pointer").asString()))
          .containsExactly("/items/0/costName", "/items/0/quantity", "/items/2/quantity");
    }

    @Test
    void areAllRefusedWhenOneCostIsUnknown() {
      var alone = world.run(organization);
      var answer =
          client
              .post(
                  "/v1/runs/" + alone + "/costs",
                  "{'items':[{'costName':'%s','quantity':1},{'costName':'gpt-9','quantity':1}]}",
                  name)
              .is(422);

      assertThat(answer.textAt("/error")).isEqualTo("Unknown cost: gpt-9");
      assertThat(answer.textAt("/code")).isEqualTo("cost.unknown");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/1/costName");
      assertThat(client.get("/v1/runs/" + alone + "/costs").at("/costs")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "{}", "{'items':[]}", "{'items':null}", "{'items':{}}", "{'items':'x'}"})
    void areAskedForBeforeTheRunIsLookedFor(String body) {
      var answer = client.post("/v1/runs/" + NOBODY + "/costs", body).is(400);

      assertThat(answer.textAt("/error")).isEqualTo("items array is required");
    }

    @Test
    void areLookedAtAfterTheRunIsLookedFor() {
      var wrong = client.post("/v1/runs/" + NOBODY + "/costs", "{'items':[{}]}").is(404);
      var unknown =
          client
              .post("/v1/runs/" + NOBODY + "/costs", "{'items':[{'costName':'x','quantity':1}]}")
              .is(404);

      assertThat(wrong.textAt("/error")).isEqualTo("Run not found");
      assertThat(unknown.textAt("/error")).isEqualTo("Run not found");
      assertThat(unknown.textAt("/errors/0/parameter")).isEqualTo("id");
    }

    @Test
    void are1000AtMost() {
      var item = "{'costName':'" + name + "','quantity':1}";
      String[] thousand = IntStream.range(0, 1000).mapToObj(_ -> item).toArray(String[]::new);
      String[] more = IntStream.range(0, 1001).mapToObj(_ -> item).toArray(String[]::new);

      assertThat(add(thousand).is(201).at("/costs")).hasSize(1000);
      var answer = add(more).is(400);
      assertThat(answer.textAt("/code")).isEqualTo("request.too_many_items");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items");
    }

    @Test
    void areRefusedWith502WhenPricesAreNotToBeHad() {
      var fresh = new RestWorld();
      var path = "/v1/runs/" + fresh.run(fresh.organization()) + "/costs";
      var prices = new FixedUnitPrices();
      prices.breakDown();
      fresh.pricesFrom(prices);

      var answer = fresh.client().post(path, "{'items':[{'costName':'x','quantity':1}]}").is(502);

      assertThat(answer.textAt("/code")).isEqualTo("costs_service.unavailable");
      assertThat(answer.textAt("/error")).startsWith("costs-service unavailable: ");
      assertThat(fresh.client().get(path).at("/costs")).isEmpty();
    }
  }

  @Nested
  class Correcting {

    @Test
    void takeALineBackAtItsOwnPrice() {
      var priced = world.priced("2");
      var alone = world.run(organization);
      var line = world.cost(alone, priced, "3");
      client.put("/v1/costs/" + priced, "{'costPerUnitInUsdCents':5}").is(200);

      var answer =
          client
              .post(
                  "/v1/runs/" + alone + "/costs",
                  "{'items':[{'costName':'%s','quantity':-3,'correctsCostId':'%s'}]}",
                  priced,
                  line)
              .is(201);

      assertThat(answer.textAt("/costs/0/correctsCostId")).isEqualTo(line);
      assertThat(answer.textAt("/costs/0/totalCostInUsdCents")).isEqualTo("-6.0000000000");
      assertThat(client.get("/v1/runs/" + alone).textAt("/totalCostInUsdCents"))
          .isEqualTo("0.0000000000");
    }

    @Test
    void mustBeNegative() {
      var line = world.cost(run, name, "3");

      var answer =
          add("{'costName':'" + name + "','quantity':3,'correctsCostId':'" + line + "'}").is(400);

      assertThat(answer.textAt("/code")).isEqualTo("cost.correction_not_negative");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/0/quantity");
    }

    @Test
    void mustNameALineOfTheRun() {
      var others = world.cost(world.run(organization), name, "3");

      var answer =
          add("{'costName':'" + name + "','quantity':-3,'correctsCostId':'" + others + "'}")
              .is(422);

      assertThat(answer.textAt("/code")).isEqualTo("cost.corrected_line_not_found");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/0/correctsCostId");
      add("{'costName':'" + name + "','quantity':-3,'correctsCostId':'" + NOBODY + "'}").is(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "'-0.5'"})
    void mustNameALineOnARunOfTheLaterForm(String quantity) {
      var later = world.laterRun();

      var answer =
          client
              .post(
                  "/v1/runs/" + later + "/costs",
                  "{'items':[{'costName':'" + name + "','quantity':" + quantity + "}]}")
              .is(400);

      assertThat(answer.textAt("/code")).isEqualTo("cost.quantity_not_positive");
      assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/items/0/quantity");
    }
  }

  @Nested
  class Listed {

    @Test
    void areReadPageByPageInTheOrderOfWriting() {
      var alone = world.run(organization);
      var written =
          IntStream.range(0, 5)
              .mapToObj(_ -> world.cost(alone, name, "1"))
              .collect(Collectors.toList());
      var seen = new ArrayList<String>();
      var cursor = "";
      do {
        var page = client.get("/v1/runs/" + alone + "/costs?limit=2&cursor=" + cursor).is(200);
        assertThat(page.json().propertyNames()).containsExactly("costs", "limit", "nextCursor");
        page.at("/costs").forEach(cost -> seen.add(cost.at("/id").asString()));
        cursor = page.at("/nextCursor").isNull() ? "" : page.textAt("/nextCursor");
      } while (!cursor.isEmpty());

      assertThat(seen).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"'',100", "limit=1000,1000", "limit=1001,1000", "limit=x,100"})
    void are1000OnAPageAtMost(String query, int limit) {
      var answer = client.get("/v1/runs/" + run + "/costs?" + query).is(200);

      assertThat(answer.at("/limit").asInt()).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=-1", "cursor=x", "cursor=%25"})
    void refuseWhatTheyCannotRead(String query) {
      client.get("/v1/runs/" + run + "/costs?" + query).is(400);
    }

    @Test
    void areNotFoundWhenThereIsNoRun() {
      client.get("/v1/runs/" + NOBODY + "/costs").is(404);
    }
  }

  private Answer add(String... items) {
    return client.post("/v1/runs/" + run + "/costs", "{'items':[" + String.join(",", items) + "]}");
  }
}
