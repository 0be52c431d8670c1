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

  private static final Comparator<RunId> NEWEST_FIRST = Comparator.reverseOrder();
  private static final Comparator<Run> LATEST_START_FIRST =
      Comparator.comparing(Run::startedAt, Comparator.nullsFirst(Comparator.reverseOrder()))
          .thenComparing(Run::id, NEWEST_FIRST);

  private final InMemoryRuns runs;

  public InMemoryRunList(InMemoryRuns runs) {
    this.runs = runs;
  }

  @Override
  public List<Run> latestStartFirst(Reach.Within reach, RunFilter filter, int limit, int offset) {
    return meant(reach, filter).sorted(LATEST_START_FIRST).skip(offset).limit(limit).toList();
  }

  @Override
  public List<Run> byCreation(
      Reach.Within reach,
      RunFilter filter,
      Stretch stretch,
      Order order,
      Optional<RunId> after,
      int limit) {
    var sorted = order == Order.NEWEST_FIRST ? NEWEST_FIRST : NEWEST_FIRST.reversed();
    return meant(reach, filter)
        .filter(run ->
            stretch.from().isEmpty() || run.id().compareTo(new RunId(stretch.from().get())) >= 0)
        .filter(run ->
            stretch.before().isEmpty() || run.id().compareTo(new RunId(stretch.before().get())) < 0)
        .filter(run -> after.isEmpty() || sorted.compare(after.get(), run.id()) < 0)
        .sorted((one, other) -> sorted.compare(one.id(), other.id()))
        .limit(limit)
        .toList();
  }

  private Stream<Run> meant(Reach.Within reach, RunFilter filter) {
    return runs.visible().stream()
        .filter(run -> reach.includes(run.organization(), run.space().project()))
        .filter(run -> RunFilters.means(filter, run));
  }
}
