package dev.runs.application.run;

import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The list of the runs in memory. */
public final class InMemoryRunList implements RunList {

  private static final Comparator<Run> NEWEST_FIRST = Comparator.comparing(Run::id).reversed();
  private static final Comparator<Run> LATEST_START_FIRST =
      Comparator.comparing(Run::startedAt, Comparator.nullsFirst(Comparator.reverseOrder()))
          .thenComparing(NEWEST_FIRST);

  private final InMemoryRuns runs;

  public InMemoryRunList(InMemoryRuns runs) {
    this.runs = runs;
  }

  @Override
  public List<Run> latestStartFirst(Reach.Within reach, RunFilter filter, int limit, int offset) {
    return meant(reach, filter).sorted(LATEST_START_FIRST).skip(offset).limit(limit).toList();
  }

  @Override
  public List<Run> newestFirst(
      Reach.Within reach, RunFilter filter, Optional<RunId> after, int limit) {
    return meant(reach, filter)
        .filter(run -> after.isEmpty() || run.id().compareTo(after.get()) < 0)
        .sorted(NEWEST_FIRST)
        .limit(limit)
        .toList();
  }

  private Stream<Run> meant(Reach.Within reach, RunFilter filter) {
    return runs.visible().stream()
        .filter(run -> reach.includes(run.organization(), run.space().project()))
        .filter(run -> RunFilters.means(filter, run));
  }
}
