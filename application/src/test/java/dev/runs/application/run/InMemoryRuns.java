package dev.runs.application.run;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.access.Organizations;
import dev.runs.application.run.Deletions.Deletion;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs in memory, and the marks of the subtrees that are being deleted. */
public final class InMemoryRuns implements Runs {

  private final InMemoryTransactions transactions;
  private final InMemoryTransactions.Table<RunId, Run> rows;
  private final InMemoryTransactions.Table<String, RunId> places;
  private final InMemoryTransactions.Table<RunPath, Deletion> marks;
  private final InMemoryTransactions.Table<RunPath, Deletion> expired;
  private final InMemoryTransactions.Table<AttemptKey, Attempt> attempts;
  private final List<Consumer<RunId>> whenRemoved = new ArrayList<>();
  private final Organizations organizations;

  public InMemoryRuns(InMemoryTransactions transactions, Organizations organizations) {
    this.transactions = transactions;
    this.rows = transactions.table(Comparator.<RunId>naturalOrder());
    this.places = transactions.table(Comparator.<String>naturalOrder());
    this.marks = transactions.table(Comparator.<RunPath>naturalOrder());
    this.expired = transactions.table(Comparator.<RunPath>naturalOrder());
    this.attempts = transactions.table(Comparator.<AttemptKey>naturalOrder());
    this.organizations = organizations;
  }

  @Override
  public Optional<Run> find(Reach reach, RunId id) {
    return Optional.ofNullable(findAll(reach, List.of(id)).get(id));
  }

  @Override
  public Map<RunId, Run> findAll(Reach reach, Collection<RunId> ids) {
    return transactions.reading(() -> {
      var found = new LinkedHashMap<RunId, Run>();
      for (var id : ids) {
        var run = rows.get(id);
        if (run != null
            && reach.includes(run.organization(), run.space().project())
            && !isMarked(run.path())) {
          found.put(id, run);
        }
      }
      return found;
    });
  }

  @Override
  public void addAll(List<Run> runs) {
    for (var run : runs) {
      requirePlace(run);
      rows.put(run.id(), run);
      places.put(placeOf(run), run.id());
      putCurrentAttempt(run);
    }
  }

  @Override
  public void save(Run run) {
    var stored = rows.get(run.id());
    if (stored == null || stored.version() != run.version() - 1) {
      throw new RunRejected.ChangedMeanwhile(run.id());
    }
    rows.put(run.id(), run);
    putCurrentAttempt(run);
  }

  @Override
  public void saveAll(List<Run> runs, List<Attempt> saved) {
    runs.forEach(this::save);
    for (var attempt : saved) {
      var key = new AttemptKey(attempt.run(), attempt.number());
      var before = attempts.get(key);
      var start =
          before == null || attempt.startedAt().isBefore(before.startedAt())
              ? attempt.startedAt()
              : before.startedAt();
      attempts.put(key, begun(attempt, start));
    }
  }

  /** The attempts of a run that are stored, by number. */
  public List<Attempt> attemptsOf(RunId run) {
    return attempts.all().stream().filter(attempt -> attempt.run().equals(run)).toList();
  }

  /** Calls this with every run that is removed. */
  public void whenRemoved(Consumer<RunId> action) {
    whenRemoved.add(action);
  }

  private void putCurrentAttempt(Run run) {
    if (run.attempt() > 0) {
      var current = Attempt.currentOf(run);
      var key = new AttemptKey(run.id(), run.attempt());
      var before = attempts.get(key);
      attempts.put(key, before == null ? current : begun(current, before.startedAt()));
    }
  }

  private static Attempt begun(Attempt attempt, Instant start) {
    return new Attempt(
        attempt.run(),
        attempt.number(),
        attempt.phase(),
        start,
        attempt.endedAt(),
        attempt.worker(),
        attempt.failure(),
        attempt.outputRef(),
        attempt.isReleased());
  }

  /** The runs that can be found, in the order of their ids. */
  public List<Run> visible() {
    return transactions.reading(
        () -> rows.all().stream().filter(run -> !isMarked(run.path())).toList());
  }

  /** All runs that have a row, those among them that are being deleted. */
  public List<Run> stored() {
    return rows.all();
  }

  public boolean isStored(RunId id) {
    return rows.has(id);
  }

  /** Whether any run is in the project, be it that it is being deleted. */
  public boolean areIn(Project project) {
    return rows.all().stream()
        .anyMatch(run ->
            run.organization().equals(project.organization())
                && run.space().project().equals(project.slug()));
  }

  /** Whether the run is visible to those who know its id. */
  public boolean isVisible(RunId id) {
    return find(Reach.everywhere(), id).isPresent();
  }

  /** Whether summaries count the run: until somebody deletes it, however old it is. */
  public boolean isCounted(Run run) {
    return marks.keys().stream().noneMatch(run.path()::isWithin);
  }

  public void remove(RunId id) {
    var removed = rows.remove(id);
    if (removed != null) {
      places.remove(placeOf(removed));
      attemptsOf(id)
          .forEach(attempt -> attempts.remove(new AttemptKey(attempt.run(), attempt.number())));
      whenRemoved.forEach(action -> action.accept(id));
    }
  }

  /** Subtrees that somebody deletes. */
  public InMemoryTransactions.Table<RunPath, Deletion> marks() {
    return marks;
  }

  /** Trees that go for their age. */
  public InMemoryTransactions.Table<RunPath, Deletion> expired() {
    return expired;
  }

  private boolean isMarked(RunPath path) {
    return Stream.of(marks, expired)
        .flatMap(table -> table.keys().stream())
        .anyMatch(path::isWithin);
  }

  private void requirePlace(Run run) {
    if (organizations.find(run.organization()).isEmpty()) {
      throw new IllegalStateException("there is no organization " + run.organization());
    }
    if (rows.has(run.id())) {
      throw new IllegalStateException("there is a run " + run.id() + " already");
    }
    var parent = run.parent();
    if (parent != null && (!rows.has(parent) || isMarked(run.path()))) {
      throw RunRejected.ParentNotFound.late();
    }
    if (places.has(placeOf(run))) {
      throw new NameTaken(new IllegalStateException(run.name() + " is taken"));
    }
  }

  /** Where no other run may have the same name. */
  private static String placeOf(Run run) {
    return run.path().isRoot()
        ? "%s/%s/%s/%s"
            .formatted(run.organization(), run.space().project(), run.space().domain(), run.name())
        : "below %s/%s".formatted(run.path().root(), run.name());
  }
}
