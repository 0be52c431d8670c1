package dev.runs.adapters.rest.run;

import dev.runs.domain.run.RunTransition;
import dev.runs.domain.run.StateName;
import java.util.Arrays;
import java.util.List;

/** All states and all moves between them. */
record RunStatesJson(List<StateJson> states, List<MoveJson> transitions) {

  static final RunStatesJson TABLE = table();

  /**
   * @param status the cost tracker's word for it
   * @param allowedTransitions where a report can move a run from here
   */
  record StateJson(
      String state, String status, boolean terminal, List<String> allowedTransitions) {}

  /**
   * @param mover what it takes: a report, or a report of a further attempt
   */
  record MoveJson(String transition, String from, String to, String mover) {}

  private static RunStatesJson table() {
    return new RunStatesJson(
        Arrays.stream(StateName.values()).map(RunStatesJson::state).toList(),
        Arrays.stream(RunTransition.values())
            .flatMap(transition -> moves(transition).stream())
            .toList());
  }

  private static StateJson state(StateName state) {
    return new StateJson(
        state.wireName(),
        TrackerStatus.of(state).word(),
        state.isTerminal(),
        RunTransition.allowedFrom(state).stream().map(StateName::wireName).toList());
  }

  private static List<MoveJson> moves(RunTransition transition) {
    return Arrays.stream(StateName.values())
        .flatMap(from ->
            Arrays.stream(StateName.values())
                .filter(to -> transition.allows(from, to))
                .map(to ->
                    new MoveJson(
                        transition.wireName(),
                        from.wireName(),
                        to.wireName(),
                        transition.mover().wireName())))
        .toList();
  }
}
