package dev.runs.application.run;

import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The trees of the runs in memory. */
public final class InMemoryRunTree implements RunTree {

  private static final Comparator<RunPath> LEVEL_BY_LEVEL =
      Comparator.comparingInt(RunPath::depth).thenComparing(Comparator.naturalOrder());

  private static final Set<StateName> FAILURES = Set.of(StateName.FAILED, StateName.TIMED_OUT);

  private static final Comparator<Run> EARLIEST_END_FIRST =
      Comparator.comparing((Run run) -> Objects.requireNonNull(run.endedAt(), "it has ended"))
          .thenComparing(Run::id);

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

  @Override
  public Optional<Run> firstFailedBelow(RunId parent) {
    return runs.visible().stream()
        .filter(run -> parent.equals(run.parent()))
        .filter(run -> FAILURES.contains(run.stateName()))
        .min(EARLIEST_END_FIRST);
  }
}
