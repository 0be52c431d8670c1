package dev.runs.adapters.rest.run;

import dev.runs.domain.run.Run;
import java.util.List;

/** Runs that were just made. */
record RunsJson(List<RunJson> runs) {

  static RunsJson of(List<Run> runs) {
    return new RunsJson(runs.stream().map(RunJson::of).toList());
  }
}
