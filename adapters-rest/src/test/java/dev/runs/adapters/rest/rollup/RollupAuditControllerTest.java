package dev.runs.adapters.rest.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.rollup.Measure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupAuditControllerTest extends RestTest {

  @Test
  void findsNothingToLookAtInAnEmptyService() {
    var answer = new RestWorld().client().get("/v1/system/rollup-audit").is(200);

    assertThat(answer.text())
        .isEqualTo(
            "{\"checked\":0,\"clean\":true,\"differences\":[],\"pendingDeltas\":0,"
                + "\"lastRunId\":null}");
  }

  @Test
  void isCleanWhenTheSumsAreRight() {
    var fresh = new RestWorld();
    var organization = fresh.organization();
    var root = fresh.run(organization);
    var child = fresh.child(organization, root);
    fresh.cost(child, fresh.priced("0.5"), "3");

    var answer = fresh.client().get("/v1/system/rollup-audit").is(200);

    assertThat(answer.at("/clean").asBoolean()).isTrue();
    assertThat(answer.at("/checked").asInt()).isEqualTo(2);
    assertThat(answer.at("/pendingDeltas").asInt()).isPositive();
    assertThat(answer.textAt("/lastRunId")).isEqualTo(child);
  }

  @Test
  void tellsWhatIsSaidAndWhatIsSoWhenTheyDiffer() {
    var fresh = new RestWorld();
    var root = fresh.run(fresh.organization());
    var path = RunPath.ofRoot(new RunId(UUID.fromString(root)));
    fresh
        .stores()
        .write(() ->
            fresh
                .stores()
                .ledger()
                .add(
                    List.of(
                        new Delta(path, true, new Measure.Cost(new CostName("x")), BigDecimal.ONE),
                        new Delta(
                            path,
                            false,
                            new Measure.Descendants(StateName.FAILED),
                            BigDecimal.TWO))));

    var answer = fresh.client().get("/v1/system/rollup-audit").is(200);

    assertThat(answer.at("/clean").asBoolean()).isFalse();
    assertThat(answer.textAt("/differences/0/runId")).isEqualTo(root);
    assertThat(answer.at("/differences/0/ledger").toString())
        .isEqualTo(
            "{\"costs\":[{\"costName\":\"x\",\"ownCostInUsdCents\":\"1.0000000000\","
                + "\"totalCostInUsdCents\":\"1.0000000000\",\"ownQuantity\":\"0.000000\","
                + "\"totalQuantity\":\"0.000000\"}],\"descendantCounts\":{\"failed\":2}}");
    assertThat(answer.at("/differences/0/facts").toString())
        .isEqualTo("{\"costs\":[],\"descendantCounts\":{}}");
  }

  @Test
  void goesOnBehindARun() {
    var fresh = new RestWorld();
    var organization = fresh.organization();
    var first = fresh.run(organization);
    var second = fresh.run(organization);

    var one = fresh.client().get("/v1/system/rollup-audit?limit=1").is(200);
    var two = fresh.client().get("/v1/system/rollup-audit?limit=1&after=" + first).is(200);

    assertThat(one.textAt("/lastRunId")).isEqualTo(first);
    assertThat(two.textAt("/lastRunId")).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({
    "after=x,after must be a UUID",
    "limit=-1,'limit must be a whole number, not negative'"
  })
  void refusesWhatItCannotRead(String query, String error) {
    assertThat(client.get("/v1/system/rollup-audit?" + query).is(400).textAt("/error"))
        .isEqualTo(error);
  }
}
