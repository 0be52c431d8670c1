package dev.runs.application.bulk;

import dev.runs.application.run.InMemoryRunList;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList;
import dev.runs.domain.access.Reach;
import java.util.Optional;

/** Counts runs in memory. */
public final class InMemoryMeantRuns implements MeantRuns {

  private final RunList list;

  public InMemoryMeantRuns(InMemoryRuns runs) {
    this.list = new InMemoryRunList(runs);
  }

  @Override
  public int count(Reach.Within reach, RunFilter filter, RunList.Stretch stretch, int most) {
    return list.byCreation(
            reach, filter, stretch, RunList.Order.OLDEST_FIRST, Optional.empty(), most)
        .size();
  }
}
