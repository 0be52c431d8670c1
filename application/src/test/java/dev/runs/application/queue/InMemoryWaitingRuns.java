package dev.runs.application.queue;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.Reach;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Waiting runs in memory. */
public final class InMemoryWaitingRuns implements WaitingRuns {

  private static final Comparator<Waiting> FIRST =
      Comparator.comparing(InMemoryWaitingRuns::line)
          .thenComparing(waiting -> -waiting.priority().value())
          .thenComparing(Waiting::readyAt)
          .thenComparing(Waiting::run);

  private static final Comparator<Waiting> DUE =
      Comparator.comparing(Waiting::readyAt).thenComparing(Waiting::run);

  private final InMemoryTransactions.Table<RunId, Waiting> ready;
  private final InMemoryTransactions.Table<RunId, Waiting> delayed;
  private final InstantSource clock;
  private int turn;

  public InMemoryWaitingRuns(InMemoryTransactions transactions, InstantSource clock) {
    this.ready = transactions.table(Comparator.<RunId>naturalOrder());
    this.delayed = transactions.table(Comparator.<RunId>naturalOrder());
    this.clock = clock;
  }

  @Override
  public void addAll(List<NewWaiting> waiting) {
    var now = now();
    for (var added : waiting) {
      var one = added.waiting();
      if (ready.has(one.run()) || delayed.has(one.run())) {
        throw new IllegalStateException("run " + one.run() + " waits already");
      }
      var readyAt =
          switch (added.readiness()) {
            case Readiness.Now _ -> now;
            case Readiness.At(var instant) -> instant;
            case Readiness.After(var delay) -> now.plus(delay);
          };
      var row =
          new Waiting(
              one.run(), one.organization(), one.project(), one.kind(), one.priority(), readyAt);
      (readyAt.isAfter(now) ? delayed : ready).put(one.run(), row);
    }
  }

  /** Begins elsewhere each time. */
  @Override
  public synchronized List<Line> linesWithReady(Reach reach, Set<Kind> kinds, int most) {
    var all =
        ready.all().stream()
            .filter(waiting -> reach.includes(waiting.organization(), waiting.project()))
            .filter(waiting -> kinds.isEmpty() || kinds.contains(waiting.kind()))
            .map(InMemoryWaitingRuns::line)
            .collect(Collectors.toCollection(TreeSet::new));
    var lines = new ArrayList<>(all);
    if (lines.size() > most) {
      Collections.rotate(lines, -turn);
      turn += most;
      return List.copyOf(lines.subList(0, most));
    }
    return lines;
  }

  @Override
  public List<Waiting> takeFirst(List<Wanted> wanted) {
    var taken = new ArrayList<Waiting>();
    for (var one : wanted) {
      ready.all().stream()
          .filter(waiting -> line(waiting).equals(one.line()))
          .sorted(FIRST)
          .limit(one.most())
          .forEach(taken::add);
    }
    taken.sort(FIRST);
    return taken;
  }

  @Override
  public Set<RunId> removeAll(Collection<RunId> runs) {
    var removed = new HashSet<RunId>();
    for (var run : runs) {
      if (ready.remove(run) != null || delayed.remove(run) != null) {
        removed.add(run);
      }
    }
    return removed;
  }

  @Override
  public Set<Line> readyDue(int most) {
    var now = now();
    var lines = new HashSet<Line>();
    for (var due :
        delayed.all().stream()
            .filter(waiting -> !waiting.readyAt().isAfter(now))
            .sorted(DUE)
            .limit(most)
            .toList()) {
      delayed.remove(due.run());
      ready.put(due.run(), due);
      lines.add(line(due));
    }
    return lines;
  }

  List<Waiting> allReady() {
    return ready.all();
  }

  List<Waiting> allDelayed() {
    return delayed.all();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static Line line(Waiting waiting) {
    return new Line(waiting.organization(), waiting.project(), waiting.kind());
  }
}
