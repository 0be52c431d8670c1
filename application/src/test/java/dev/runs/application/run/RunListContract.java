package dev.runs.application.run;

import static dev.runs.domain.access.Reach.within;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.BEN;
import static dev.runs.domain.run.RunFixtures.ENRICH;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.application.run.RunList.Count;
import dev.runs.application.run.RunList.Order;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.Dispatch;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every list of runs promises. */
public abstract class RunListContract extends StoresContract {

  @Test
  void listsNewestFirst() {
    add(root(3), root(1), root(2));

    assertThat(newestFirst(RunFilter.ALL, null, 10)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void goesOnBehindARun() {
    add(root(1), root(2), root(3), root(4));

    assertThat(newestFirst(RunFilter.ALL, 4L, 2)).containsExactly(3L, 2L);
    assertThat(newestFirst(RunFilter.ALL, 2L, 2)).containsExactly(1L);
    assertThat(newestFirst(RunFilter.ALL, 1L, 2)).isEmpty();
  }

  @Test
  void goesOnBehindARunThatIsGone() {
    add(root(1), root(3));

    assertThat(newestFirst(RunFilter.ALL, 2L, 10)).containsExactly(1L);
  }

  @Test
  void showsEveryRunOnceInPagesOfAnySize() {
    var runs = new ArrayList<Run>();
    for (var i = 1; i <= 23; i++) {
      runs.add(root(i));
    }
    addAll(runs);

    for (var size = 1; size <= 24; size++) {
      var seen = new ArrayList<Long>();
      for (var page = newestFirst(RunFilter.ALL, null, size);
          !page.isEmpty();
          page = newestFirst(RunFilter.ALL, seen.getLast(), size)) {
        seen.addAll(page);
      }
      assertThat(seen.reversed()).hasSize(23).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void listsLatestStartFirstAndOfOneStartTheLaterIdFirst() {
    addAll(
        List.of(
            startedAt(NOON.plusSeconds(5), 1),
            startedAt(NOON.plusSeconds(9), 2),
            startedAt(NOON.plusSeconds(5), 3),
            startedAt(NOON.plusNanos(1_000), 4),
            startedAt(NOON, 5)));

    assertThat(latestStartFirst(RunFilter.ALL, 10, 0)).containsExactly(2L, 3L, 1L, 4L, 5L);
  }

  @Test
  void listsWhatHasNotStartedBeforeWhatHas() {
    add(startedAt(NOON, 2), startedAt(null, 1), startedAt(null, 3), startedAt(NOON, 4));

    assertThat(latestStartFirst(RunFilter.ALL, 10, 0)).containsExactly(3L, 1L, 4L, 2L);
    assertThat(latestStartFirst(RunFilter.ALL, 2, 1)).containsExactly(1L, 4L);
  }

  @Test
  void skipsAsManyAsTheOffsetSays() {
    add(root(1), root(2), root(3));

    assertThat(latestStartFirst(RunFilter.ALL, 2, 0)).containsExactly(3L, 2L);
    assertThat(latestStartFirst(RunFilter.ALL, 2, 2)).containsExactly(1L);
    assertThat(latestStartFirst(RunFilter.ALL, 2, 3)).isEmpty();
    assertThat(latestStartFirst(RunFilter.ALL, 200, 100_000)).isEmpty();
  }

  @Test
  void listsOneOrganizationAndNoOther() {
    add(root(1), rootOf(GLOBEX.id(), 2));

    assertIsMeant(RunFilter.ALL, 1L);
  }

  @Test
  void listsChildrenBesideTheirParents() {
    add(root(1), child(root(1), 2));

    assertIsMeant(RunFilter.ALL, 2L, 1L);
  }

  @Test
  void listsNoRunOfASubtreeThatIsMarkedForDeletion() {
    var marked = child(root(1), 2);
    add(root(1), marked, child(marked, 3), root(4));

    mark(marked);

    assertIsMeant(RunFilter.ALL, 4L, 1L);
  }

  @Test
  void narrowsByService() {
    add(run(1, SEARCH, RunLabels.NONE, null), run(2, ENRICH, RunLabels.NONE, null));

    assertIsMeant(with(f -> f.service(ENRICH.service())), 2L);
    assertIsMeant(with(f -> f.service(ENRICH.service().toUpperCase(Locale.ROOT))));
  }

  @Test
  void narrowsByTask() {
    add(run(1, SEARCH, RunLabels.NONE, null), run(2, ENRICH, RunLabels.NONE, null));

    assertIsMeant(with(f -> f.task(SEARCH.task())), 1L);
  }

  @Test
  void narrowsByUser() {
    add(
        run(1, SEARCH, RunLabels.NONE, ADA.id()),
        run(2, SEARCH, RunLabels.NONE, BEN.id()),
        run(3, SEARCH, RunLabels.NONE, null));

    assertIsMeant(with(f -> f.user(BEN.id())), 2L);
  }

  @Test
  void narrowsByAnyOfTheStates() {
    add(
        root(1),
        ended(root(2), StateName.SUCCEEDED),
        ended(root(3), StateName.FAILED),
        ended(root(4), StateName.CANCELED));

    assertIsMeant(with(f -> f.states(StateName.RUNNING)), 1L);
    assertIsMeant(with(f -> f.states(StateName.FAILED, StateName.CANCELED)), 4L, 3L);
    assertIsMeant(with(f -> f.states(StateName.TIMED_OUT)));
    assertIsMeant(with(f -> f.states(StateName.values())), 4L, 3L, 2L, 1L);
  }

  @Test
  void narrowsByTheStartBothEndsIncluded() {
    addAll(
        List.of(
            startedAt(NOON, 1),
            startedAt(NOON.plusNanos(1_000), 2),
            startedAt(NOON.plusNanos(2_000), 3),
            startedAt(null, 4)));

    assertIsMeant(with(f -> f.from(NOON.plusNanos(1_000))), 3L, 2L);
    assertIsMeant(with(f -> f.to(NOON.plusNanos(1_000))), 2L, 1L);
    assertIsMeant(with(f -> f.from(NOON.plusNanos(1_000)).to(NOON.plusNanos(1_000))), 2L);
    assertIsMeant(with(f -> f.from(NOON.plusNanos(3_000))));
  }

  @Test
  void narrowsByParent() {
    var child = child(root(1), 2);
    add(root(1), child, child(child, 3), child(root(1), 4));

    assertIsMeant(with(f -> f.parent(runId(1))), 4L, 2L);
    assertIsMeant(with(f -> f.parent(runId(3))));
  }

  @Test
  void narrowsByEachLabel() {
    add(
        run(1, SEARCH, new RunLabels("mail", "nike", "spring"), null),
        run(2, SEARCH, new RunLabels("mail", "puma", null), null),
        run(3, SEARCH, new RunLabels("call", "nike", "autumn"), null),
        run(4, SEARCH, RunLabels.NONE, null));

    assertIsMeant(with(f -> f.app("mail")), 2L, 1L);
    assertIsMeant(with(f -> f.brand("nike")), 3L, 1L);
    assertIsMeant(with(f -> f.campaign("autumn")), 3L);
  }

  @Test
  void narrowsByProject() {
    add(in("web", 1), in("mobile", 2), in("web", 3));

    assertIsMeant(with(f -> f.project("web")), 3L, 1L);
    assertIsMeant(with(f -> f.project("tv")));
  }

  @Test
  void narrowsByTheCreationFromTheBeginningUpToBeforeTheEnd() {
    add(
        createdAt(NOON, 1),
        createdAt(NOON.plusNanos(1_000), 2),
        createdAt(NOON.plusNanos(2_000), 3));

    assertIsMeant(with(f -> f.created(NOON.plusNanos(1_000), Instant.MAX)), 3L, 2L);
    assertIsMeant(with(f -> f.created(NOON, NOON.plusNanos(2_000))), 2L, 1L);
    assertIsMeant(with(f -> f.created(NOON, NOON)));
  }

  @Test
  void narrowsToRoots() {
    var child = child(root(1), 2);
    add(root(1), child, child(child, 3), root(4));

    assertIsMeant(RunFilter.ALL.ofRoots(), 4L, 1L);
    assertIsMeant(RunFilter.ALL.ofRoots().in(Set.of(StateName.RUNNING, StateName.FAILED)), 4L, 1L);
    assertIsMeant(RunFilter.ALL.ofRoots().under(runId(1)));
  }

  @Test
  void narrowsToRootsThatEndedInAState() {
    var child = ended(child(root(1), 2), StateName.FAILED);
    add(
        root(1),
        child,
        ended(root(3), StateName.FAILED),
        ended(root(4), StateName.SUCCEEDED),
        ended(root(5), StateName.TIMED_OUT));

    assertIsMeant(RunFilter.ALL.ofRoots().in(Set.of(StateName.FAILED)), 3L);
    assertIsMeant(
        RunFilter.ALL.ofRoots().in(Set.of(StateName.FAILED, StateName.TIMED_OUT)), 5L, 3L);
  }

  @Test
  void findsARunByItsWholeId() {
    add(root(1), root(2));

    assertIsMeant(RunFilter.ALL.matching(runId(2).toString()), 2L);
    assertIsMeant(RunFilter.ALL.matching(runId(2).toString().toUpperCase(Locale.ROOT)), 2L);
    assertIsMeant(RunFilter.ALL.matching(runId(3).toString()));
    assertIsMeant(RunFilter.ALL.matching(runId(2).toString()).ofTask("another"));
  }

  @Test
  void findsRunsByTheBeginningOfTheirNamesOrTasks() {
    add(
        called("night", "clean", 1),
        called("nightly", "clean", 2),
        called("a-night", "clean", 3),
        called("x", "nightly", 4),
        called("Night", "clean", 5));

    assertIsMeant(RunFilter.ALL.matching("night"), 4L, 2L, 1L);
    assertIsMeant(RunFilter.ALL.matching("nightl"), 4L, 2L);
    assertIsMeant(RunFilter.ALL.matching("night").ofTask("clean"), 2L, 1L);
    assertIsMeant(RunFilter.ALL.matching("N"), 5L);
    assertIsMeant(RunFilter.ALL.matching("nighty"));
  }

  @Test
  void takesEveryCharacterOfASearchAsItIs() {
    add(
        called("50%", "t", 1),
        called("50_a", "t", 2),
        called("50x", "t", 3),
        called("é𝄞", "t", 4),
        called("é\uFFFD", "t", 5),
        called("\uD7FFz", "t", 6));

    assertIsMeant(RunFilter.ALL.matching("50%"), 1L);
    assertIsMeant(RunFilter.ALL.matching("50_"), 2L);
    assertIsMeant(RunFilter.ALL.matching("é"), 5L, 4L);
    assertIsMeant(RunFilter.ALL.matching("é𝄞"), 4L);
    assertIsMeant(RunFilter.ALL.matching("\uD7FF"), 6L);
    assertIsMeant(RunFilter.ALL.matching("\uDBFF\uDFFF"));
  }

  @Test
  void narrowsManyRunsAsItNarrowsFew() {
    var runs = new ArrayList<Run>();
    for (var i = 1; i <= 1_100; i++) {
      runs.add(run(i, i % 100 == 0 ? ENRICH : SEARCH, new RunLabels("mail", null, null), ADA.id()));
    }
    addAll(runs);

    var ofMany = RunFilter.ALL.of(ADA.id()).labelled(new RunLabels("mail", null, null)).ofRoots();
    assertThat(newestFirst(ofMany, null, 3)).containsExactly(1_100L, 1_099L, 1_098L);
    assertThat(newestFirst(ofMany.ofService(ENRICH.service()), null, 3))
        .containsExactly(1_100L, 1_000L, 900L);
    assertThat(newestFirst(ofMany.matching("r"), 1_000L, 2)).containsExactly(999L, 998L);
    assertThat(newestFirst(ofMany.matching("r11"), null, 3)).containsExactly(1_100L, 119L, 118L);
    assertThat(newestFirst(ofMany.in(Set.of(StateName.RUNNING, StateName.FAILED)), null, 1))
        .containsExactly(1_100L);
    assertThat(latestStartFirst(ofMany, 2, 0)).containsExactly(1_100L, 1_099L);
    assertThat(latestStartFirst(ofMany.ofService(ENRICH.service()), 2, 9))
        .containsExactly(200L, 100L);
  }

  @Test
  void countsRunsByTheirStates() {
    var child = child(root(1), 2);
    add(
        root(1),
        child,
        ended(root(3), StateName.FAILED),
        ended(root(4), StateName.FAILED),
        rootOf(GLOBEX.id(), 5));

    assertThat(counts(RunFilter.ALL, 9))
        .isEqualTo(Map.of(StateName.RUNNING, exactly(2), StateName.FAILED, exactly(2)));
    assertThat(counts(RunFilter.ALL.in(Set.of(StateName.FAILED)).ofRoots(), 9))
        .isEqualTo(Map.of(StateName.RUNNING, exactly(1), StateName.FAILED, exactly(2)));
    assertThat(counts(RunFilter.ALL.ofService("another"), 9)).isEmpty();
  }

  @Test
  void countsNoFartherThanItIsTold() {
    add(root(1), root(2), root(3), ended(root(4), StateName.FAILED));

    assertThat(counts(RunFilter.ALL, 2))
        .isEqualTo(Map.of(StateName.RUNNING, new Count(2, true), StateName.FAILED, exactly(1)));
    assertThat(counts(RunFilter.ALL, 3).get(StateName.RUNNING)).isEqualTo(exactly(3));
  }

  @Test
  void countsAmongMoreRunsThanItLooksAt() {
    var runs = new ArrayList<Run>();
    for (var i = 1; i <= RunList.MOST_LOOKED_AT + 10; i++) {
      runs.add(i == 1 ? ended(root(i), StateName.FAILED) : root(i));
    }
    addAll(runs);

    assertThat(counts(RunFilter.ALL.ofRoots().ofService(SEARCH.service()), 1_000))
        .isEqualTo(Map.of(StateName.RUNNING, new Count(1_000, true), StateName.FAILED, exactly(1)));
  }

  @Test
  void countsNoRunOfASubtreeThatIsMarkedForDeletion() {
    var marked = child(root(1), 2);
    add(root(1), marked);

    mark(marked);

    assertThat(counts(RunFilter.ALL, 9)).isEqualTo(Map.of(StateName.RUNNING, exactly(1)));
  }

  @Test
  void looksOnlyAtTheStretchThatIsNamed() {
    add(root(1), root(2), root(3));
    var stretch = new RunList.Stretch(Optional.of(runId(2).value()), Optional.of(runId(3).value()));

    for (var order : Order.values()) {
      assertThat(
              stores()
                  .runList()
                  .byCreation(
                      within(ACME.id()), RunFilter.ALL, stretch, order, Optional.empty(), 9))
          .extracting(Run::id)
          .containsExactly(runId(2));
    }
  }

  @Test
  void narrowsByAllThatIsSaidTogether() {
    var labels = new RunLabels("mail", "nike", "spring");
    add(
        run(1, SEARCH, labels, ADA.id()),
        run(2, SEARCH, labels, BEN.id()),
        run(3, ENRICH, labels, ADA.id()),
        run(4, SEARCH, new RunLabels("mail", "nike", "autumn"), ADA.id()));

    assertIsMeant(
        with(f ->
            f.service(SEARCH.service())
                .task(SEARCH.task())
                .user(ADA.id())
                .states(StateName.RUNNING)
                .from(NOON)
                .to(NOON)
                .app("mail")
                .brand("nike")
                .campaign("spring")),
        1L);
  }

  private void assertIsMeant(RunFilter filter, Long... numbers) {
    assertThat(newestFirst(filter, null, 100)).containsExactly(numbers);
    assertThat(latestStartFirst(filter, 100, 0)).containsExactlyInAnyOrder(numbers);
  }

  private List<Long> newestFirst(RunFilter filter, @Nullable Long after, int limit) {
    var place = Optional.ofNullable(after).map(number -> runId(number));
    return numbers(
        stores().runList().byCreation(within(ACME.id()), filter, Order.NEWEST_FIRST, place, limit));
  }

  private Map<StateName, Count> counts(RunFilter filter, int cap) {
    return stores().runList().countUpTo(within(ACME.id()), filter, RunList.Stretch.WHOLE, cap);
  }

  private static Count exactly(int number) {
    return new Count(number, false);
  }

  private List<Long> latestStartFirst(RunFilter filter, int limit, int offset) {
    return numbers(stores().runList().latestStartFirst(within(ACME.id()), filter, limit, offset));
  }

  private static List<Long> numbers(List<Run> runs) {
    return runs.stream()
        .map(run -> run.id().value().getLeastSignificantBits() & Long.MAX_VALUE)
        .toList();
  }

  private static Run run(long number, RunOrigin origin, RunLabels labels, @Nullable UserId user) {
    return Run.tracked(
        RunPath.ofRoot(runId(number)),
        ACME.id(),
        RunSpace.DEFAULT,
        new RunName("r" + number),
        origin,
        labels,
        user,
        NOON);
  }

  private static Run called(String name, String task, long number) {
    return Run.tracked(
        RunPath.ofRoot(runId(number)),
        ACME.id(),
        RunSpace.DEFAULT,
        new RunName(name),
        new RunOrigin(SEARCH.service(), task),
        RunLabels.NONE,
        null,
        NOON);
  }

  private static Run in(String project, long number) {
    return Run.tracked(
        RunPath.ofRoot(runId(number)),
        ACME.id(),
        new RunSpace(new Slug(project), RunSpace.PRODUCTION),
        new RunName("r" + number),
        SEARCH,
        RunLabels.NONE,
        null,
        NOON);
  }

  private static Run createdAt(Instant created, long number) {
    return Run.tracked(
        RunPath.ofRoot(runId(number)),
        ACME.id(),
        RunSpace.DEFAULT,
        new RunName("r" + number),
        SEARCH,
        RunLabels.NONE,
        null,
        created);
  }

  private static Run startedAt(@Nullable Instant start, long number) {
    return new Run(
        RunPath.ofRoot(runId(number)),
        ACME.id(),
        RunSpace.DEFAULT,
        new RunName("r" + number),
        SEARCH,
        RunLabels.NONE,
        null,
        Dispatch.TRACKED,
        start == null ? new RunState.Pending() : new RunState.Running(),
        1,
        start,
        NOON,
        NOON,
        1);
  }

  private static RunFilter with(UnaryOperator<Filter> narrowed) {
    return narrowed.apply(new Filter()).filter;
  }

  /** Says one thing after another of a filter. */
  private static final class Filter {

    private RunFilter filter = RunFilter.ALL;

    Filter service(String service) {
      return next(Optional.of(service), filter.task(), filter.user(), filter.states());
    }

    Filter task(String task) {
      return next(filter.service(), Optional.of(task), filter.user(), filter.states());
    }

    Filter user(UserId user) {
      return next(filter.service(), filter.task(), Optional.of(user), filter.states());
    }

    Filter states(StateName... states) {
      return next(filter.service(), filter.task(), filter.user(), Set.of(states));
    }

    Filter from(Instant from) {
      return next(Optional.of(from), filter.startedTo(), filter.parent());
    }

    Filter to(Instant to) {
      return next(filter.startedFrom(), Optional.of(to), filter.parent());
    }

    Filter parent(RunId parent) {
      return next(filter.startedFrom(), filter.startedTo(), Optional.of(parent));
    }

    Filter app(String app) {
      return labels(Optional.of(app), filter.brand(), filter.campaign());
    }

    Filter brand(String brand) {
      return labels(filter.app(), Optional.of(brand), filter.campaign());
    }

    Filter project(String project) {
      return in(Optional.of(new Slug(project)), Optional.empty(), Optional.empty());
    }

    Filter created(Instant from, Instant before) {
      return in(
          Optional.empty(),
          Optional.of(from),
          Optional.of(before).filter(end -> !end.equals(Instant.MAX)));
    }

    private Filter in(
        Optional<Slug> project, Optional<Instant> createdFrom, Optional<Instant> createdBefore) {
      filter = filter.narrowedTo(project, createdFrom, createdBefore);
      return this;
    }

    Filter campaign(String campaign) {
      return labels(filter.app(), filter.brand(), Optional.of(campaign));
    }

    private Filter next(
        Optional<String> service,
        Optional<String> task,
        Optional<UserId> user,
        Set<StateName> states) {
      filter =
          new RunFilter(
              service,
              task,
              user,
              states,
              filter.startedFrom(),
              filter.startedTo(),
              filter.parent(),
              filter.app(),
              filter.brand(),
              filter.campaign());
      return this;
    }

    private Filter next(Optional<Instant> from, Optional<Instant> to, Optional<RunId> parent) {
      filter =
          new RunFilter(
              filter.service(),
              filter.task(),
              filter.user(),
              filter.states(),
              from,
              to,
              parent,
              filter.app(),
              filter.brand(),
              filter.campaign());
      return this;
    }

    private Filter labels(Optional<String> app, Optional<String> brand, Optional<String> campaign) {
      filter =
          new RunFilter(
              filter.service(),
              filter.task(),
              filter.user(),
              filter.states(),
              filter.startedFrom(),
              filter.startedTo(),
              filter.parent(),
              app,
              brand,
              campaign);
      return this;
    }
  }
}
