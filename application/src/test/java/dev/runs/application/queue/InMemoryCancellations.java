package dev.runs.application.queue;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.queue.Job;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Cancellations in memory. */
public final class InMemoryCancellations implements Cancellations {

  private static final Comparator<Cancellation> IN_ORDER =
      Comparator.comparing(Cancellation::markedAt).thenComparing(mark -> mark.path().run());

  private final InMemoryTransactions.Table<RunPath, Cancellation> marks;
  private final InMemoryRuns runs;
  private final Jobs jobs;

  public InMemoryCancellations(InMemoryTransactions transactions, InMemoryRuns runs, Jobs jobs) {
    this.marks = transactions.table(Comparator.<RunPath>naturalOrder());
    this.runs = runs;
    this.jobs = jobs;
  }

  @Override
  public boolean mark(Cancellation cancellation) {
    var isLive =
        runs.stored().stream()
            .anyMatch(run -> run.path().equals(cancellation.path()) && run.stateName().isLive());
    if (isLive && !marks.has(cancellation.path())) {
      marks.put(cancellation.path(), cancellation);
    }
    return isLive;
  }

  @Override
  public Set<RunPath> holdFrom(Collection<RunPath> paths) {
    var canceled =
        runs.stored().stream()
            .filter(run -> run.stateName() == StateName.CANCELED)
            .map(Run::path)
            .toList();
    return among(paths, path -> isMarked(path) || canceled.stream().anyMatch(path::isWithin));
  }

  @Override
  public Set<RunPath> markedAmong(Collection<RunPath> paths) {
    return among(paths, this::isMarked);
  }

  @Override
  public List<Cancellation> next(Optional<Cancellation> after, int most) {
    return marks.all().stream()
        .filter(mark -> after.isEmpty() || IN_ORDER.compare(mark, after.get()) > 0)
        .sorted(IN_ORDER)
        .limit(most)
        .toList();
  }

  @Override
  public List<Run> untouched(List<RunPath> subtrees, int most) {
    return subtrees.stream()
        .flatMap(subtree -> live(subtree).stream())
        .distinct()
        .filter(run -> jobs.find(run.id()).flatMap(Job::cancelRequestedAt).isEmpty())
        .sorted(Comparator.comparing(Run::path))
        .limit(most)
        .sorted(Comparator.comparing(Run::id))
        .toList();
  }

  @Override
  public Set<RunPath> finish(List<RunPath> subtrees) {
    var ended = subtrees.stream().filter(subtree -> live(subtree).isEmpty()).toList();
    ended.forEach(marks::remove);
    return Set.copyOf(ended);
  }

  private List<Run> live(RunPath subtree) {
    return runs.stored().stream()
        .filter(run -> run.path().isWithin(subtree))
        .filter(run -> run.stateName().isLive())
        .toList();
  }

  private boolean isMarked(RunPath path) {
    return marks.keys().stream().anyMatch(path::isWithin);
  }

  private static Set<RunPath> among(Collection<RunPath> paths, Predicate<RunPath> isCanceled) {
    return paths.stream().filter(isCanceled).collect(Collectors.toSet());
  }
}
