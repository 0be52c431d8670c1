package dev.runs.application.bulk;

import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList.Stretch;
import dev.runs.domain.access.Reach;

/** How many runs a filter means. */
public interface MeantRuns {

  /**
   * Counts the runs that a filter means within a stretch; those that are being deleted are not
   * among them.
   *
   * @param most where counting ends, at least 1
   */
  int count(Reach.Within reach, RunFilter filter, Stretch stretch, int most);
}
