package dev.runs.application.cost;

import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All cost lines there are. */
public interface CostLines {

  /**
   * Adds lines.
   *
   * @throws dev.runs.domain.run.RunRejected.NotFound when a run was deleted meanwhile
   */
  void addAll(List<CostLine> lines);

  /** Those of them that exist, by id. */
  Map<CostLineId, CostLine> findAll(Collection<CostLineId> ids);

  /**
   * The lines of one run, in the order they were written.
   *
   * @param after the line behind which to go on; nothing for the first page
   */
  List<CostLine> of(RunId run, Optional<CostLineId> after, int limit);

  /**
   * The first lines of each of these runs, in the order they were written; in one query.
   *
   * @param mostPerRun how many lines of one run at most
   */
  Map<RunId, List<CostLine>> firstOf(Collection<RunId> runs, int mostPerRun);
}
