package dev.runs.application.retention;

import static dev.runs.domain.Seeded.oneOf;
import static dev.runs.domain.run.RunFixtures.ENRICH;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.SettableClock;
import dev.runs.application.StoresContract;
import dev.runs.application.audit.AuditFilter;
import dev.runs.application.audit.Auditor;
import dev.runs.application.cost.CostSummaries.Grouping;
import dev.runs.application.cost.CostSummaries.NameGroup;
import dev.runs.application.cost.CostSummaries.RunGroup;
import dev.runs.application.event.EventSelection;
import dev.runs.application.run.DeleteRun;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunFilters;
import dev.runs.domain.Seeded;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.User;
import dev.runs.domain.access.UserId;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.cost.Money;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.cost.UnitPrice;
import dev.runs.domain.event.EventType;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What sweeps promise, whatever the stores. */
public abstract class SweepExpiredRunsContract extends StoresContract {

  private static final int SEEDS = 4;
  private static final int STEPS = 30;

  private static final List<StateName> STATES =
      List.of(
          StateName.SUCCEEDED,
          StateName.SUCCEEDED,
          StateName.FAILED,
          StateName.TIMED_OUT,
          StateName.CANCELED,
          StateName.RUNNING);

  private final CountingIds ids = new CountingIds(1_000);
  private final SettableClock clock = new SettableClock(NOON);

  @Test
  void leavesTheSummariesAsTheyWere() {
    Seeded.check(SEEDS, random -> new Story(random).tell());
  }

  /** Each tree goes once, and is counted once. */
  @Test
  void sharesTheWorkWithOthersAtTheSameTime() {
    var story = new Story(RandomGenerator.getDefault());
    for (var i = 0; i < 25; i++) {
      story.plantTree();
      story.bookSome();
    }
    clock.advance(Duration.ofDays(200));
    var expected = sweeping(5).weigh(Optional.of(story.organization));
    assertThat(expected).containsKey(story.organization);

    var removed =
        AtOnce.with(
            3,
            number -> {
              var sweep = sweeping(1 + 3 * number).begin(Optional.of(story.organization));
              sweepToTheEnd(sweep);
              return sweep.removed().getOrDefault(story.organization, Removed.NOTHING);
            });

    var total = expected.get(story.organization);
    assertThat(removed.stream().reduce(Removed.NOTHING, Removed::plus)).isEqualTo(total);
    story.assertSummariesAreRight();
    assertThat(told(story.organization)).isEqualTo(total);
    assertThat(toldGone(story.organization))
        .doesNotHaveDuplicates()
        .hasSize(removed.stream().mapToInt(some -> Math.toIntExact(some.trees())).sum());
  }

  /** The runs of which it was told that their time was over. */
  private List<RunId> toldGone(OrganizationId organization) {
    stores().write(() -> stores().runEventLog().sequence(Integer.MAX_VALUE));
    return stores()
        .runEventLog()
        .selected(
            EventSelection.within(Reach.within(organization)).ofTypes(Set.of(EventType.DELETED)),
            0,
            Long.MAX_VALUE,
            10_000)
        .stream()
        .map(entry -> entry.event().run())
        .toList();
  }

  private Auditor auditor() {
    return new Auditor(stores().auditTrail(), ids, clock);
  }

  private SweepExpiredRuns sweeping(int most) {
    return new SweepExpiredRuns(
        stores().retentionPolicies(),
        stores().expiredTrees(),
        stores().runs(),
        stores().runEvents(),
        stores().organizations(),
        auditor(),
        stores().transactions(),
        clock,
        RetentionPolicy.USUAL,
        most);
  }

  private static void sweepToTheEnd(SweepExpiredRuns.Sweep sweep) {
    var hasMore = true;
    while (hasMore) {
      hasMore = sweep.step();
    }
  }

  /** What the audit log was told that an organization has lost. */
  private Removed told(OrganizationId organization) {
    var sum = Removed.NOTHING;
    for (var entry :
        stores()
            .auditLog()
            .newestFirst(Optional.of(organization), AuditFilter.ALL, Optional.empty(), 1_000)) {
      assertThat(entry.actor()).isEqualTo(Principal.SYSTEM);
      sum =
          sum.plus(
              new Removed(
                  Long.parseLong(entry.details().getOrDefault("trees", "")),
                  Long.parseLong(entry.details().getOrDefault("runs", "")),
                  Long.parseLong(entry.details().getOrDefault("costLines", ""))));
    }
    return sum;
  }

  /** One course of events in an organization of its own. */
  private final class Story {

    private final RandomGenerator random;
    private final OrganizationId organization = new OrganizationId(ids.next());
    private final User ada = user("ada");
    private final User ben = user("ben");
    private final DeleteRun deleteRun;
    private final SweepExpiredRuns sweepExpiredRuns;

    /** Runs that nobody has deleted, be they there or not. */
    private final Map<RunId, Run> runs = new LinkedHashMap<>();

    private final List<CostLine> lines = new ArrayList<>();
    private SweepExpiredRuns.@Nullable Sweep sweep;

    Story(RandomGenerator random) {
      this.random = random;
      this.deleteRun =
          new DeleteRun(
              stores().runs(),
              stores().deletions(),
              stores().runEvents(),
              auditor(),
              stores().transactions(),
              clock);
      this.sweepExpiredRuns = sweeping(1 + random.nextInt(6));
      stores()
          .write(() -> {
            stores()
                .organizations()
                .addUnlessThere(
                    Organization.made(organization, new ExternalId(organization.toString()), NOON));
            stores().users().addUnlessThere(ada);
            stores().users().addUnlessThere(ben);
          });
    }

    void tell() {
      for (var i = 0; i < 5; i++) {
        plantTree();
        bookSome();
      }
      for (var step = 0; step < STEPS; step++) {
        happen();
        assertSummariesAreRight();
      }
      while (deleteRun.sweep()) {
        // a tree in which somebody deletes is not touched
      }
      sweepToTheEnd(sweepExpiredRuns.begin(Optional.of(organization)));
      assertSummariesAreRight();
      foldAll(100);
      assertSummariesAreRight();
      assertThat(runs.values()).noneMatch(this::isOverdueAndThere);
      assertThat(sweepExpiredRuns.weigh(Optional.of(organization))).isEmpty();
    }

    private void happen() {
      switch (random.nextInt(10)) {
        case 0 -> plantTree();
        case 1, 2 -> bookSome();
        case 3 -> deleteOne();
        case 4 -> clock.advance(Duration.ofDays(random.nextInt(20)));
        case 5 -> stores().write(() -> stores().ledger().fold(1 + random.nextInt(10)));
        default -> sweepSome();
      }
    }

    private void sweepSome() {
      var current = sweep == null ? sweepExpiredRuns.begin(Optional.of(organization)) : sweep;
      sweep = current.step() ? current : null;
    }

    private void plantTree() {
      var start = clock.instant().minus(Duration.ofMinutes(random.nextLong(100 * 24 * 60)));
      var tree = new ArrayList<Run>();
      tree.add(run(RunPath.ofRoot(new RunId(ids.next())), space(), start));
      for (var i = random.nextInt(7); i > 0; i--) {
        var parent = oneOf(tree, random);
        tree.add(run(parent.path().child(new RunId(ids.next())), parent.space(), start));
      }
      tree.forEach(run -> runs.put(run.id(), run));
      addAll(tree);
    }

    private Run run(RunPath path, RunSpace space, Instant start) {
      var run =
          Run.tracked(
              path,
              organization,
              space,
              new RunName("r" + path.run().value().getLeastSignificantBits() % 1_000_000_000),
              random.nextBoolean() ? SEARCH : ENRICH,
              random.nextBoolean() ? RunLabels.NONE : new RunLabels("app", null, "campaign"),
              oneOf(List.of(Optional.of(ada), Optional.of(ben), Optional.<User>empty()), random)
                  .map(User::id)
                  .orElse(null),
              start);
      var state = oneOf(STATES, random);
      return state.isLive() ? run : run.report(report(state, start.plusSeconds(60)));
    }

    private RunSpace space() {
      return random.nextBoolean()
          ? RunSpace.DEFAULT
          : new RunSpace(new Slug("other"), RunSpace.PRODUCTION);
    }

    private void bookSome() {
      var there = runs.values().stream().filter(run -> isThere(run)).toList();
      if (there.isEmpty()) {
        return;
      }
      var run = oneOf(there, random);
      var least = run.labels().equals(RunLabels.NONE) ? -1_000_000_000L : 1;
      for (var i = random.nextInt(15); i >= 0; i--) {
        var line =
            CostLine.priced(
                new CostLineId(ids.next()),
                run,
                random.nextBoolean() ? TOKENS : SEARCHES,
                new Quantity(BigDecimal.valueOf(random.nextLong(least, 1L << 40), 6)),
                new UnitPrice(BigDecimal.valueOf(random.nextLong(1L << 33), 10)),
                NOON);
        lines.add(line);
        book(run, line);
      }
    }

    private void deleteOne() {
      var there = runs.values().stream().filter(run -> isThere(run)).toList();
      if (there.isEmpty()) {
        return;
      }
      var doomed = oneOf(there, random);
      var caller =
          new Caller(Access.ofPlatform(new Principal("key:test")), organization, Origin.LOCAL);
      deleteRun.delete(caller, doomed.id(), random.nextInt(2));
      runs.values().removeIf(run -> run.path().isWithin(doomed.path()));
      lines.removeIf(line -> !runs.containsKey(line.run()));
      if (random.nextBoolean()) {
        deleteRun.sweep();
      }
    }

    private boolean isOverdueAndThere(Run run) {
      var tree = runs.values().stream().filter(below -> below.path().isWithin(run.path())).toList();
      return run.path().isRoot()
          && isThere(run)
          && tree.stream().noneMatch(below -> below.stateName().isLive())
          && RetentionPolicy.USUAL
              .endedBefore(run.stateName(), clock.instant())
              .orElseThrow()
              .isAfter(Objects.requireNonNull(run.endedAt()));
    }

    void assertSummariesAreRight() {
      var midnight =
          clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(random.nextInt(100)));
      for (var filter :
          List.of(
              RunFilter.ALL,
              RunFilter.ALL.of(ada.id()),
              narrowed(Set.of(StateName.SUCCEEDED), Optional.empty(), Optional.empty()),
              narrowed(Set.of(), Optional.of(midnight), Optional.empty()),
              narrowed(Set.of(), Optional.empty(), Optional.of(midnight.minusNanos(1_000))),
              RunFilter.ALL.narrowedTo(
                  Optional.of(new Slug("other")), Optional.of(midnight), Optional.empty()))) {
        assertSummariesAreRight(Reach.within(organization), filter);
      }
      assertSummariesAreRight(
          new Reach.Within(organization, Set.of(new Slug("other"))), RunFilter.ALL);
    }

    private void assertSummariesAreRight(Reach.Within reach, RunFilter filter) {
      var summaries = stores().costSummaries();
      var meant =
          runs.values().stream()
              .filter(run -> reach.includes(run.space().project()))
              .filter(run -> RunFilters.means(filter, run))
              .toList();
      stores()
          .transactions()
          .inSnapshot(() -> {
            assertThat(summaries.byRun(reach, filter, Grouping.SERVICE, 100))
                .as("by service %s", filter)
                .isEqualTo(byRun(meant, Grouping.SERVICE));
            assertThat(summaries.byRun(reach, filter, Grouping.USER, 100))
                .as("by user %s", filter)
                .isEqualTo(byRun(meant, Grouping.USER));
            assertThat(summaries.byName(reach, filter, 100))
                .as("by name %s", filter)
                .isEqualTo(byName(meant));
            return true;
          });
    }

    private List<RunGroup> byRun(List<Run> meant, Grouping grouping) {
      var groups =
          new TreeMap<Optional<String>, List<Run>>(
              Comparator.comparing(
                  key -> key.orElse(null), Comparator.nullsLast(Comparator.naturalOrder())));
      for (var run : meant) {
        var key =
            switch (grouping) {
              case SERVICE -> Optional.of(run.origin().service());
              case USER -> Optional.ofNullable(run.user()).map(UserId::toString);
            };
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(run);
      }
      return groups.entrySet().stream()
          .map(group ->
              new RunGroup(
                  group.getKey().orElse(null),
                  total(linesOf(group.getValue())),
                  group.getValue().size()))
          .toList();
    }

    private List<NameGroup> byName(List<Run> meant) {
      var groups = new TreeMap<String, List<CostLine>>();
      for (var line : linesOf(meant)) {
        groups.computeIfAbsent(line.name().value(), _ -> new ArrayList<>()).add(line);
      }
      return groups.entrySet().stream()
          .map(group ->
              new NameGroup(
                  group.getKey(),
                  Objects.requireNonNull(total(group.getValue())),
                  group.getValue().stream()
                      .map(line -> line.quantity().value())
                      .reduce(BigDecimal.ZERO.setScale(Quantity.SCALE), BigDecimal::add)))
          .toList();
    }

    private List<CostLine> linesOf(List<Run> of) {
      var wanted = of.stream().map(Run::id).toList();
      return lines.stream().filter(line -> wanted.contains(line.run())).toList();
    }

    private static @Nullable Money total(List<CostLine> of) {
      return of.stream().map(CostLine::total).reduce(Money::plus).orElse(null);
    }

    private User user(String name) {
      return new User(new UserId(ids.next()), organization, new ExternalId(name), NOON, NOON);
    }
  }

  private static RunFilter narrowed(
      Set<StateName> states, Optional<Instant> from, Optional<Instant> to) {
    return new RunFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        states,
        from,
        to,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
