package dev.runs.adapters.persistence.bulk;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.run.JooqRunList;
import dev.runs.application.bulk.MeantRuns;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList.Stretch;
import dev.runs.domain.access.Reach;

/** Counts the runs that a list would show, by the same index as the list. */
public final class JooqMeantRuns implements MeantRuns {

  private final JooqRunList runs;

  public JooqMeantRuns(Database database) {
    this.runs = new JooqRunList(database);
  }

  @Override
  public int count(Reach.Within reach, RunFilter filter, Stretch stretch, int most) {
    return runs.countMeant(reach, filter, stretch, most);
  }
}
