package dev.runs.application.action;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.TaskFacts;
import dev.runs.domain.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows the newest runs of a project and domain by their tasks. */
public final class ShowTaskGroups {

  /** How many runs are taken into account at most, the newest of them. */
  public static final int MOST_RUNS = 1_000;

  private final ActionList list;
  private final Transactions transactions;

  public ShowTaskGroups(ActionList list, Transactions transactions) {
    this.list = list;
    this.transactions = transactions;
  }

  /**
   * The group of the newest run first. Of a project that is unknown, or beyond reach, there are
   * none.
   *
   * @param from included
   * @param to not included; nothing for up to now
   */
  public List<TaskGroup> groups(
      Caller caller, String project, String domain, Instant from, Optional<Instant> to) {
    var reach = reach(caller, project);
    if (reach.isEmpty()) {
      return List.of();
    }
    var runs = transactions.inSnapshot(() -> list.newest(reach.get(), domain, from, to, MOST_RUNS));
    var groups = new LinkedHashMap<String, List<ActionView>>();
    for (var run : runs) {
      groups.computeIfAbsent(run.run().origin().task(), _ -> new ArrayList<>()).add(run);
    }
    return groups.entrySet().stream()
        .map(group -> group(group.getKey(), group.getValue()))
        .toList();
  }

  private static Optional<Reach.Within> reach(Caller caller, String project) {
    try {
      var slug = new Slug(project);
      var organization = caller.organization();
      return caller
          .reach()
          .in(organization)
          .filter(within -> within.includes(organization, slug))
          .map(_ -> new Reach.Within(organization, Set.of(slug)));
    } catch (AccessRejected.BadSlug _) {
      return Optional.empty();
    }
  }

  private static TaskGroup group(String task, List<ActionView> runs) {
    var phases = new EnumMap<ActionPhase, Long>(ActionPhase.class);
    var errors = new EnumMap<ActionError.Kind, Long>(ActionError.Kind.class);
    for (var run : runs) {
      phases.merge(run.phase(), 1L, Long::sum);
      if (run.run().state() instanceof RunState.Failed(_, var failure)) {
        errors.merge(ActionError.of(failure).kind(), 1L, Long::sum);
      }
    }
    var ended = runs.stream().filter(run -> run.phase().isTerminal()).count();
    var failed =
        phases.getOrDefault(ActionPhase.FAILED, 0L)
            + phases.getOrDefault(ActionPhase.TIMED_OUT, 0L);
    return new TaskGroup(
        task,
        first(runs, run -> taskText(run, its -> its.environment())),
        first(runs, run -> taskText(run, its -> its.shortName())),
        runs.size(),
        runs.getFirst().run().createdAt(),
        runs.stream().flatMap(run -> run.endedAt().stream()).max(Instant::compareTo),
        runs.stream()
            .limit(TaskGroup.MOST_RECENT)
            .map(run -> new TaskGroup.Recent(run.address().run().name(), run.phase()))
            .toList(),
        ended == 0 ? 0 : (int) (failed * 1_000 / ended),
        average(runs.stream().flatMap(run -> run.duration().stream()).toList()),
        average(runs.stream().flatMap(ShowTaskGroups::timeToRunning).toList()),
        runs.stream()
            .map(run -> run.facts().executedBy())
            .filter(Objects::nonNull)
            .distinct()
            .limit(TaskGroup.MOST_PEOPLE)
            .toList(),
        errors,
        phases);
  }

  private static Stream<Duration> timeToRunning(ActionView view) {
    var began = view.run().startedAt();
    return began == null || began.isBefore(view.run().createdAt())
        ? Stream.empty()
        : Stream.of(Duration.between(view.run().createdAt(), began));
  }

  private static Optional<String> taskText(
      ActionView view, Function<TaskFacts, @Nullable String> part) {
    var task = view.facts().task();
    return task == null ? Optional.empty() : Optional.ofNullable(part.apply(task));
  }

  private static Optional<String> first(
      List<ActionView> runs, Function<ActionView, Optional<String>> part) {
    return runs.stream().flatMap(run -> part.apply(run).stream()).findFirst();
  }

  private static Optional<Duration> average(List<Duration> durations) {
    return durations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            durations.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(durations.size()));
  }
}
