package dev.runs.adapters.rest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import dev.runs.domain.run.RunTransition;
import dev.runs.domain.run.RunTransition.Mover;
import dev.runs.domain.run.StateName;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class RunStatesControllerTest extends RestTest {

  @Test
  void showsEveryStateWithItsWordAndWhereItLeads() {
    var states = client.get("/v1/run-states").is(200).at("/states");

    assertThat(states).hasSize(StateName.values().length);
    assertThat(states.at("/4").toString())
        .isEqualTo(
            "{\"state\":\"running\",\"status\":\"running\",\"terminal\":false,"
                + "\"allowedTransitions\":[\"paused\",\"succeeded\",\"failed\",\"timed_out\","
                + "\"canceled\"]}");
    assertThat(states.at("/9").toString())
        .isEqualTo(
            "{\"state\":\"canceled\",\"status\":\"failed\",\"terminal\":true,"
                + "\"allowedTransitions\":[]}");
  }

  @Test
  void showsExactlyTheMovesOfTheTable() {
    var moves = client.get("/v1/run-states").is(200).at("/transitions");

    for (var from : StateName.values()) {
      for (var to : StateName.values()) {
        for (var mover : Mover.values()) {
          var isShown =
              moves
                  .valueStream()
                  .anyMatch(move ->
                      move.at("/from").asString().equals(from.wireName())
                          && move.at("/to").asString().equals(to.wireName())
                          && move.at("/mover").asString().equals(mover.wireName()));
          assertThat(isShown)
              .as("%s to %s by %s", from, to, mover)
              .isEqualTo(RunTransition.isAllowed(from, to, mover));
        }
      }
    }
  }

  @Test
  void namesEveryTransition() {
    var names =
        client
            .get("/v1/run-states")
            .at("/transitions")
            .valueStream()
            .map(move -> move.at("/transition").asString())
            .distinct();

    assertThat(names)
        .containsExactlyElementsOf(
            Arrays.stream(RunTransition.values())
                .map(move -> move.name().toLowerCase(Locale.ROOT))
                .toList());
  }
}
