package dev.runs.adapters.rest.run;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runs.application.run.ListRuns.Line;

/** A run of a list, with what it costs by itself. */
record ListedRunJson(@JsonUnwrapped RunJson run, String ownCostInUsdCents) {

  static ListedRunJson of(Line line) {
    return new ListedRunJson(RunJson.of(line.run(), line.facts()), line.ownCost().toString());
  }
}
