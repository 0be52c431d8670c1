package dev.runs.application.rollup;

import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.util.List;
import java.util.Optional;

/** Adds up again what the ledger has added up, the slow way. */
public interface LedgerAudit {

  /**
   * Some runs to look at.
   *
   * @param after the run behind which to go on; nothing to begin
   */
  List<RunPath> sample(Optional<RunId> after, int most);

  /**
   * The sums of a run by a recursive query over the facts themselves. To be compared within one
   * snapshot with what the ledger says.
   */
  Rollup recount(RunPath run);

  /** How many deltas wait to be folded, counted up to a limit. */
  int pending(int most);
}
