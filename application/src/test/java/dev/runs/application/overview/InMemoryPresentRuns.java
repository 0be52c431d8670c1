package dev.runs.application.overview;

import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at all runs in memory. */
public final class InMemoryPresentRuns implements PresentRuns {

  private final InMemoryRuns runs;

  public InMemoryPresentRuns(InMemoryRuns runs) {
    this.runs = runs;
  }

  @Override
  public Map<StateName, Integer> count(Reach.Within reach, int most) {
    var counts = new EnumMap<StateName, Integer>(StateName.class);
    for (var state : StateName.values()) {
      counts.put(state, (int) within(reach, state).limit(most).count());
    }
    return counts;
  }

  @Override
  public Optional<Run> oldestQueued(Reach.Within reach) {
    return visible(reach, StateName.QUEUED).min(Comparator.comparing(Run::id));
  }

  @Override
  public Optional<Run> longestRunning(Reach.Within reach) {
    return visible(reach, StateName.RUNNING)
        .filter(run -> run.startedAt() != null)
        .min(
            Comparator.comparing((Run run) -> Objects.requireNonNull(run.startedAt()))
                .thenComparing(Run::id));
  }

  @Override
  public List<Run> lastFailures(Reach.Within reach, int limit) {
    return Stream.of(StateName.FAILED, StateName.TIMED_OUT)
        .flatMap(state -> visible(reach, state))
        .filter(run -> run.path().isRoot())
        .sorted(
            Comparator.comparing((Run run) -> Objects.requireNonNull(run.endedAt()))
                .thenComparing(Run::id)
                .reversed())
        .limit(limit)
        .toList();
  }

  private Stream<Run> visible(Reach.Within reach, StateName state) {
    return within(reach, state).filter(run -> runs.isVisible(run.id()));
  }

  private Stream<Run> within(Reach.Within reach, StateName state) {
    return runs.stored().stream()
        .filter(run -> reach.includes(run.organization(), run.space().project()))
        .filter(run -> run.stateName() == state);
  }
}
