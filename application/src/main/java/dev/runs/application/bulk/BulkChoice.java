package dev.runs.application.bulk;

import dev.runs.application.run.RunFilter;
import dev.runs.domain.run.RunId;
import java.util.List;

/** Which runs are meant. */
public sealed interface BulkChoice {

  /**
   * These runs.
   *
   * @param runs 1 to {@value StartBulk#MOST_SELECTED}; each is meant once
   */
  record Selected(List<RunId> runs) implements BulkChoice {

    public Selected {
      runs = runs.stream().distinct().sorted().toList();
    }
  }

  /** All runs that a filter means. */
  record Matching(RunFilter filter) implements BulkChoice {}
}
