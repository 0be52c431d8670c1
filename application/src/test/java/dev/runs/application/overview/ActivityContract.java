package dev.runs.application.overview;

import static dev.runs.domain.access.Reach.within;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.application.overview.Activity.Hour;
import dev.runs.application.overview.Activity.Tally;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every tally of activity promises, with the log that feeds it. */
public abstract class ActivityContract extends StoresContract {

  private static final Instant ONE = NOON.plus(Duration.ofHours(1));
  private static final Instant TWO = NOON.plus(Duration.ofHours(2));
  private static final Principal ACTOR = new Principal("key:test");
  private static final Slug OTHER = new Slug("other");

  @Test
  void countsNothingThatHasNoPlaceYet() {
    tell(event(EventType.CREATED, NOON));

    assertThat(hours(ACME.id())).isEmpty();
  }

  @Test
  void countsWhatComesAndHowItEndsByHour() {
    tell(
        event(EventType.CREATED, NOON),
        event(EventType.STARTED, NOON),
        event(EventType.CREATED, ONE.minusNanos(1_000)),
        event(EventType.SUCCEEDED, ONE),
        event(EventType.FAILED, ONE.plusSeconds(1)),
        event(EventType.FAILED, ONE.plusSeconds(2)),
        event(EventType.TIMED_OUT, ONE.plusSeconds(3)),
        event(EventType.CANCELED, ONE.plusSeconds(4)),
        event(EventType.COST_ADDED, ONE.plusSeconds(5)),
        event(EventType.RETRIED, TWO));
    sequence(100);

    assertThat(hours(ACME.id()))
        .containsExactly(
            new Hour(NOON, new Tally(2, 0, 0, 0, 0)), new Hour(ONE, new Tally(0, 1, 2, 1, 1)));
  }

  @Test
  void countsTheEndOfRunsThatAreMadeEnded() {
    tell(
        RunEvent.created(madeEnded(1, NOON, new RunState.Succeeded(TWO)), ACTOR),
        RunEvent.created(madeEnded(2, NOON, new RunState.Canceled(NOON.plusNanos(1_000))), ACTOR),
        RunEvent.created(madeEnded(3, NOON, new RunState.TimedOut(ONE.minusNanos(1_000))), ACTOR),
        RunEvent.created(root(4), ACTOR),
        event(EventType.CREATED, TWO));
    sequence(2);
    sequence(100);

    assertThat(hours(ACME.id()))
        .containsExactly(
            new Hour(NOON, new Tally(4, 0, 0, 1, 1)), new Hour(TWO, new Tally(1, 1, 0, 0, 0)));
  }

  @Test
  void countsNoEndOfWhichNoTimeIsTold() {
    var made = event(EventType.CREATED, NOON);
    tell(
        new RunEvent(
            made.path(),
            made.organization(),
            made.space(),
            made.origin(),
            made.type(),
            null,
            ACTOR,
            NOON,
            Map.of("state", "succeeded")));
    sequence(10);

    assertThat(hours(ACME.id())).containsExactly(new Hour(NOON, new Tally(1, 0, 0, 0, 0)));
  }

  @Test
  void countsEachEventOnceHoweverManyStepsItTakes() {
    for (var i = 0; i < 7; i++) {
      tell(event(EventType.CREATED, NOON.plusSeconds(i)));
    }
    while (sequence(2) > 0) {
      // each step is one transaction
    }
    sequence(2);

    assertThat(hours(ACME.id())).containsExactly(new Hour(NOON, new Tally(7, 0, 0, 0, 0)));
  }

  @Test
  void addsWhatComesLateToTheHourInWhichItHappened() {
    tell(event(EventType.CREATED, ONE));
    sequence(10);
    tell(event(EventType.CREATED, NOON));
    sequence(10);

    assertThat(hours(ACME.id()))
        .containsExactly(
            new Hour(NOON, new Tally(1, 0, 0, 0, 0)), new Hour(ONE, new Tally(1, 0, 0, 0, 0)));
  }

  @Test
  void keepsWhatWasCountedWhenTheLogForgets() {
    tell(event(EventType.CREATED, NOON));
    sequence(10);
    stores().transactions().inTransaction(() -> stores().runEventLog().forget(TWO, 10));

    assertThat(stores().runEventLog().after(0, 10)).isEmpty();
    assertThat(hours(ACME.id())).hasSize(1);
  }

  @Test
  void tellsOrganizationsAndProjectsApart() {
    tell(
        event(EventType.CREATED, NOON),
        event(ACME.id(), OTHER, EventType.CREATED, NOON),
        event(GLOBEX.id(), Slug.DEFAULT, EventType.CREATED, NOON));
    sequence(10);

    assertThat(hours(ACME.id())).containsExactly(new Hour(NOON, new Tally(2, 0, 0, 0, 0)));
    assertThat(hours(GLOBEX.id())).containsExactly(new Hour(NOON, new Tally(1, 0, 0, 0, 0)));
    assertThat(stores().activity().hours(new Reach.Within(ACME.id(), Set.of(OTHER)), NOON, ONE))
        .containsExactly(new Hour(NOON, new Tally(1, 0, 0, 0, 0)));
  }

  @Test
  void looksOnlyAtTheHoursAskedFor() {
    tell(
        event(EventType.CREATED, NOON),
        event(EventType.CREATED, ONE),
        event(EventType.CREATED, TWO));
    sequence(10);

    assertThat(stores().activity().hours(within(ACME.id()), ONE, TWO))
        .containsExactly(new Hour(ONE, new Tally(1, 0, 0, 0, 0)));
  }

  @Test
  void countsNothingOfATransactionThatFails() {
    tell(event(EventType.CREATED, NOON));
    try {
      stores()
          .write(() -> {
            stores().runEventLog().sequence(10);
            throw new IllegalArgumentException("on purpose");
          });
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessage("on purpose");
    }

    assertThat(hours(ACME.id())).isEmpty();
    sequence(10);
    assertThat(hours(ACME.id())).containsExactly(new Hour(NOON, new Tally(1, 0, 0, 0, 0)));
  }

  private List<Hour> hours(OrganizationId organization) {
    return stores().activity().hours(within(organization), NOON, NOON.plus(Duration.ofDays(1)));
  }

  private void tell(RunEvent... events) {
    stores().write(() -> stores().runEvents().add(Arrays.asList(events)));
  }

  private int sequence(int most) {
    return stores().transactions().inTransaction(() -> stores().runEventLog().sequence(most));
  }

  private static Run madeEnded(long number, Instant startedAt, RunState.Terminal end) {
    return Run.past(
        RunPath.ofRoot(runId(number)),
        ACME.id(),
        RunSpace.DEFAULT,
        new RunName("r" + number),
        SEARCH,
        startedAt,
        end);
  }

  private static RunEvent event(EventType type, Instant at) {
    return event(ACME.id(), Slug.DEFAULT, type, at);
  }

  private static RunEvent event(
      OrganizationId organization, Slug project, EventType type, Instant at) {
    return new RunEvent(
        RunPath.ofRoot(runId(1)),
        organization,
        new RunSpace(project, RunSpace.DEFAULT.domain()),
        SEARCH,
        type,
        null,
        ACTOR,
        at,
        Map.of());
  }
}
