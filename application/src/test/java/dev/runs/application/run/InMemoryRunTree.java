package dev.runs.application.run;

import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The trees of the runs in memory. */
public final class InMemoryRunTree implements RunTree {

  private static final Comparator<RunPath> LEVEL_BY_LEVEL =
      Comparator.comparingInt(RunPath::depth).thenComparing(Comparator.naturalOrder());

  private final InMemoryRuns runs;

  public InMemoryRunTree(InMemoryRuns runs) {
    this.runs = runs;
  }

  @Override
  public List<Run> below(RunPath run, Optional<RunPath> after, int levels, int limit) {
    return runs.visible().stream()
        .filter(below -> below.path().isWithin(run) && below.path().depth() > run.depth())
        .filter(below -> below.path().depth() <= (long) run.depth() + levels)
        .filter(below -> after.isEmpty() || LEVEL_BY_LEVEL.compare(below.path(), after.get()) > 0)
        .sorted(Comparator.comparing(Run::path, LEVEL_BY_LEVEL))
        .limit(limit)
        .toList();
  }
}
