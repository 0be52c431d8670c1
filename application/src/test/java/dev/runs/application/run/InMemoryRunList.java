package dev.runs.application.run;

import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        .filter(run -> isWithin(stretch, run))
        .filter(run -> after.isEmpty() || sorted.compare(after.get(), run.id()) < 0)
        .sorted((one, other) -> sorted.compare(one.id(), other.id()))
        .limit(limit)
        .toList();
  }

  @Override
  public Map<StateName, Count> countUpTo(
      Reach.Within reach, RunFilter filter, Stretch stretch, int cap) {
    var numbers = new EnumMap<StateName, Integer>(StateName.class);
    meant(reach, filter.in(Set.of()))
        .filter(run -> isWithin(stretch, run))
        .forEach(run -> numbers.merge(run.stateName(), 1, Integer::sum));
    var counts = new EnumMap<StateName, Count>(StateName.class);
    numbers.forEach((state, number) -> counts.put(state, Count.of(number, cap, false)));
    return counts;
  }

  private static boolean isWithin(Stretch stretch, Run run) {
    return stretch.from().filter(from -> run.id().compareTo(new RunId(from)) < 0).isEmpty()
        && stretch.before().filter(end -> run.id().compareTo(new RunId(end)) >= 0).isEmpty();
  }

  private Stream<Run> meant(Reach.Within reach, RunFilter filter) {
    return runs.visible().stream()
        .filter(run -> reach.includes(run.organization(), run.space().project()))
        .filter(run -> RunFilters.means(filter, run));
  }
}
