package dev.runs.application.rollup;

import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What every run and everything below it add up to. Changes are written as deltas, which count at
 * once; folding only moves them to where reading is cheap.
 */
public interface Ledger {

  /** Writes changes, in the transaction of the facts that made them. */
  void add(List<Delta> deltas);

  /** The sums of one run, exact at the moment of reading, in one statement. */
  Rollup of(RunPath run);

  /** The sums of each of these runs, in one statement. Runs without sums have empty ones. */
  Map<RunId, Rollup> ofAll(Collection<RunPath> runs);

  /**
   * What each of these runs costs by itself, without the runs below; in one statement. Runs without
   * a cost line are absent.
   */
  Map<RunId, Money> ownCosts(Collection<RunPath> runs);

  /**
   * Moves some deltas into the sums of the runs above them.
   *
   * @param most how many deltas to move, at least 1
   * @return how many were moved
   */
  int fold(int most);
}
