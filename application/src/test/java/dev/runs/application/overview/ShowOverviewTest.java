package dev.runs.application.overview;

import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.quantity;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.UseCaseTest;
import dev.runs.application.cost.NewCost;
import dev.runs.application.overview.Activity.Hour;
import dev.runs.application.overview.Activity.Tally;
import dev.runs.application.overview.ShowOverview.Count;
import dev.runs.application.overview.ShowOverview.Service;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.cost.Money;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody sees who comes in. */
final class ShowOverviewTest extends UseCaseTest {

  private final ShowOverview showOverview =
      new ShowOverview(
          world.presentRuns(),
          world.activity(),
          world.costHistory(),
          world.runEventLog(),
          world.ledgerAudit(),
          Optional::empty,
          world.transactions(),
          clock);

  @Test
  void isEmptyWhereNothingEverRan() {
    var overview = showOverview.show(OF_ACME);

    assertThat(overview.isEmpty()).isTrue();
    assertThat(overview.states()).containsOnlyKeys(StateName.values());
    assertThat(overview.lately().hours()).hasSize(168);
    assertThat(overview.lastFailures()).isEmpty();
  }

  @Test
  void countsTheRunsOfEachState() {
    add(root(1), root(2), queuedRun(3));

    var overview = showOverview.show(OF_ACME);

    assertThat(overview.states())
        .containsEntry(StateName.RUNNING, new Count(2, false))
        .containsEntry(StateName.QUEUED, new Count(1, false));
    assertThat(overview.isEmpty()).isFalse();
    assertThat(overview.oldestQueued()).map(Run::id).contains(queuedRun(3).id());
    assertThat(overview.longestRunning()).contains(root(1));
    assertThat(showOverview.show(OF_GLOBEX).isEmpty()).isTrue();
  }

  @Test
  void tellsThatThereAreMoreThanItCounts() {
    assertThat(Count.of(ShowOverview.FARTHEST)).isEqualTo(new Count(10_000, false));
    assertThat(Count.of(ShowOverview.FARTHEST + 1)).isEqualTo(new Count(10_000, true));
  }

  @Test
  void addsUpThisHourTheLastDayAndTheLastWeek() {
    happen(root(1), Duration.ofDays(8));
    happen(root(2), Duration.ofDays(2));
    happen(root(3), Duration.ofHours(20));
    happen(root(4), Duration.ofHours(1));
    happen(root(5), Duration.ZERO);
    told();

    var lately = showOverview.show(OF_ACME).lately();

    assertThat(lately.thisHour()).isEqualTo(created(1));
    assertThat(lately.lastHour()).isEqualTo(created(1));
    assertThat(lately.day()).isEqualTo(created(3));
    assertThat(lately.week()).isEqualTo(created(4));
    assertThat(lately.hours().getLast()).isEqualTo(new Hour(NOON, created(1)));
    assertThat(lately.ofDay()).hasSize(24);
    assertThat(lately.ofWeek())
        .hasSize(7)
        .endsWith(new Hour(NOON.minus(Duration.ofHours(23)), created(3)));
  }

  @Test
  void setsTheCostOfTodayBesideThatOfYesterday() {
    var run = root(1);
    add(run);
    book(run, "4");
    clock.advance(Duration.ofDays(1));
    book(run, "6");

    var overview = showOverview.show(OF_ACME);

    assertThat(overview.costToday()).isEqualTo(money("3"));
    assertThat(overview.costYesterday()).isEqualTo(money("2"));
    assertThat(showOverview.show(OF_GLOBEX).costToday()).isEqualTo(Money.ZERO);
  }

  @Test
  void tellsWhatTheServiceHasNotDoneYet() {
    add(root(1));
    book(root(1), "1");

    assertThat(showOverview.show(OF_ACME).service()).isEqualTo(new Service(Optional.empty(), 1, 2));
  }

  @Test
  void showsNothingToWhoMayNotReadRuns() {
    var blind =
        new Caller(
            new Access(
                ACTOR, Reach.within(ACME.id()), Scopes.of(Scope.COSTS_WRITE), Optional.empty()),
            ACME.id(),
            Origin.LOCAL);

    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> showOverview.show(blind));
  }

  /** A run was made so long before noon. */
  private void happen(Run run, Duration ago) {
    var event = RunEvent.created(run, ACTOR);
    world.write(() ->
        world
            .runEvents()
            .add(
                List.of(
                    new RunEvent(
                        event.path(),
                        event.organization(),
                        event.space(),
                        event.origin(),
                        event.type(),
                        event.version(),
                        event.actor(),
                        NOON.minus(ago),
                        event.details()))));
  }

  private void book(Run run, String quantity) {
    addCosts()
        .addAll(
            PLATFORM,
            List.of(new NewCost(run.id(), TOKENS, quantity(quantity), Optional.empty())),
            Receipt.none());
  }

  private static Tally created(long count) {
    return new Tally(count, 0, 0, 0, 0);
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
