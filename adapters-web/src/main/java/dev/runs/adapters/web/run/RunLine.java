package dev.runs.adapters.web.run;

import dev.runs.application.run.ListRuns;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run of a list, as a row shows it.
 *
 * @param user what its user is called; null when it has none
 */
public record RunLine(ListRuns.Row row, @Nullable String user) {

  public Run run() {
    return row.run();
  }

  /** When it started; before that, when it was made. */
  public Instant since() {
    var started = run().startedAt();
    return started == null ? run().createdAt() : started;
  }

  public boolean hasStarted() {
    return run().startedAt() != null;
  }

  public Money own() {
    return row.rollup().ownCost();
  }

  public Money total() {
    return row.rollup().totalCost();
  }

  /** How many runs below it are in which state. */
  public Map<StateName, Long> below() {
    return row.rollup().descendants();
  }
}
