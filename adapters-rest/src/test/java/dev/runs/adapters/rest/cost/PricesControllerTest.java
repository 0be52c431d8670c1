package dev.runs.adapters.rest.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PricesControllerTest extends RestTest {

  @Test
  void isSetAndShownInTheFormThatOtherServersRead() {
    var set = client.put("/v1/costs/gpt-4o", "{'costPerUnitInUsdCents':'0.00025'}").is(200);
    var shown = client.get("/v1/costs/gpt-4o").is(200);

    assertThat(shown.text()).isEqualTo(set.text());
    assertThat(shown.json().propertyNames())
        .containsExactly(
            "id", "name", "costPerUnitInUsdCents", "effectiveFrom", "createdAt", "updatedAt");
    assertThat(shown.textAt("/name")).isEqualTo("gpt-4o");
    assertThat(shown.textAt("/costPerUnitInUsdCents")).isEqualTo("0.0002500000");
    assertThat(shown.textAt("/effectiveFrom")).isEqualTo("2026-11-20T12:00:00.123Z");
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Fb,a/b",
    "a%2Fhistory,a/history",
    "history,history",
    "100%25,100%",
    "two%20words,two words",
    "a+b,a+b",
    "a%3Ab,a:b",
    "a:b,a:b",
    "a%3Bb,a;b",
    "%C3%BC,ü",
    "MiXed,MiXed",
    "%2F,/",
    "summary%3F,summary?"
  })
  void mayHaveAnyNameThatIsEncoded(String path, String name) {
    client.put("/v1/costs/" + path, "{'costPerUnitInUsdCents':1}").is(200);

    assertThat(client.get("/v1/costs/" + path).is(200).textAt("/name")).isEqualTo(name);
    assertThat(client.get("/v1/costs/" + path + "/history").is(200).textAt("/prices/0/name"))
        .isEqualTo(name);
    client.delete("/v1/costs/" + path).is(204);
    client.get("/v1/costs/" + path).is(404);
  }

  @Test
  void tellsNamesOfDifferentCaseApart() {
    client.put("/v1/costs/Case", "{'costPerUnitInUsdCents':1}").is(200);

    client.get("/v1/costs/case").is(404);
    client.get("/V1/COSTS/Case").is(200);
  }

  @ParameterizedTest
  @CsvSource({"200,200", "201,400"})
  void hasANameOf200CharactersAtMost(int length, int status) {
    var answer =
        client.put("/v1/costs/" + "n".repeat(length), "{'costPerUnitInUsdCents':1}").is(status);

    if (status == 400) {
      assertThat(answer.textAt("/errors/0/parameter")).isEqualTo("name");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%20", "%20%09"})
  void refusesABlankName(String name) {
    client.get("/v1/costs/" + name).is(400);
  }

  @Test
  void answersAnUnknownNameAsTheCostsServiceDoes() {
    for (var answer :
        new Answer[] {
          client.get("/v1/costs/unknown"),
          client.get("/v1/costs/unknown/history"),
          client.delete("/v1/costs/unknown")
        }) {
      assertThat(answer.is(404).textAt("/error")).isEqualTo("Cost unit not found");
      assertThat(answer.textAt("/code")).isEqualTo("price.not_found");
      assertThat(answer.textAt("/errors/0/parameter")).isEqualTo("name");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|costPerUnitInUsdCents is required",
        "{\"costPerUnitInUsdCents\":null}|costPerUnitInUsdCents is required",
        "{\"costPerUnitInUsdCents\":\"x\"}|costPerUnitInUsdCents must be a number",
        "{\"costPerUnitInUsdCents\":true}|costPerUnitInUsdCents must be a number",
        "{\"costPerUnitInUsdCents\":-1}|costPerUnitInUsdCents is 0 or more.",
        "{\"costPerUnitInUsdCents\":1000000}|costPerUnitInUsdCents lies between -1000000 and 1000000, both excluded.",
        "{\"costPerUnitInUsdCents\":1e999999999}|costPerUnitInUsdCents has at most 38 significant digits and an exponent of at most 38."
      })
  void refusesWhatIsNoPrice(String body, String error) {
    var answer = client.put("/v1/costs/refused", body).is(400);

    assertThat(answer.textAt("/error")).isEqualTo(error);
    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/costPerUnitInUsdCents");
  }

  @ParameterizedTest
  @CsvSource({"0,0.0000000000", "999999.9999999999,999999.9999999999", "'\"1.5\"',1.5000000000"})
  void takesPricesFromNothingToTheBound(String price, String kept) {
    var answer = client.put("/v1/costs/bound", "{'costPerUnitInUsdCents':%s}", price).is(200);

    assertThat(answer.textAt("/costPerUnitInUsdCents")).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'soon'", "7", "'10000-01-01'", "'0000-01-01'", "'2026-02-30'"})
  void refusesWhatIsNoDate(String date) {
    var answer =
        client
            .put("/v1/costs/refused", "{'costPerUnitInUsdCents':1,'effectiveFrom':" + date + "}")
            .is(400);

    assertThat(answer.textAt("/errors/0/pointer")).isEqualTo("/effectiveFrom");
  }

  @Test
  void changesWhenItsDayHasComeAndKeepsItsHistory() {
    var moving = new RestWorld();
    var path = "/v1/costs/moving";
    moving.client().put(path, "{'costPerUnitInUsdCents':1}").is(200);
    moving
        .client()
        .put(path, "{'costPerUnitInUsdCents':2,'effectiveFrom':'2026-11-21T00:00:00Z'}")
        .is(200);

    assertThat(moving.client().get(path).textAt("/costPerUnitInUsdCents"))
        .isEqualTo("1.0000000000");
    moving.clock().advance(Duration.ofDays(1));
    assertThat(moving.client().get(path).textAt("/costPerUnitInUsdCents"))
        .isEqualTo("2.0000000000");

    var first = moving.client().get(path + "/history?limit=1").is(200);
    assertThat(first.json().propertyNames()).containsExactly("prices", "limit", "nextCursor");
    assertThat(first.textAt("/prices/0/costPerUnitInUsdCents")).isEqualTo("2.0000000000");
    var second =
        moving
            .client()
            .get(path + "/history?limit=1&cursor=" + first.textAt("/nextCursor"))
            .is(200);
    assertThat(second.textAt("/prices/0/costPerUnitInUsdCents")).isEqualTo("1.0000000000");
    assertThat(second.at("/nextCursor").isNull()).isTrue();
  }

  @Test
  void isListedByNamePageByPage() {
    var fresh = new RestWorld();
    for (var name : new String[] {"c", "a", "b"}) {
      fresh.client().put("/v1/costs/" + name, "{'costPerUnitInUsdCents':1}").is(200);
    }

    var first = fresh.client().get("/v1/costs?limit=2").is(200);
    var second = fresh.client().get("/v1/costs/?limit=2&cursor=" + first.textAt("/nextCursor"));

    assertThat(first.textAt("/prices/0/name")).isEqualTo("a");
    assertThat(first.textAt("/prices/1/name")).isEqualTo("b");
    assertThat(first.at("/limit").asInt()).isEqualTo(2);
    assertThat(second.is(200).textAt("/prices/0/name")).isEqualTo("c");
    assertThat(second.at("/nextCursor").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"'',200", "limit=200,200", "limit=201,200", "limit=1,1"})
  void isListed200AtATime(String query, int limit) {
    assertThat(client.get("/v1/costs?" + query).is(200).at("/limit").asInt()).isEqualTo(limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=-1", "cursor=%25"})
  void refusesWhatItCannotRead(String query) {
    client.get("/v1/costs?" + query).is(400);
    client.get("/v1/costs/any/history?" + query).is(400);
  }
}
