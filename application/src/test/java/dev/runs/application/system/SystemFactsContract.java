package dev.runs.application.system;

import static dev.runs.application.action.ActionsWorld.NIGHTLY;
import static dev.runs.application.lineage.LineageFixtures.event;
import static dev.runs.application.lineage.LineageFixtures.lineageId;
import static dev.runs.application.queue.QueueFixtures.MINUTE;
import static dev.runs.application.queue.QueueFixtures.lease;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.application.action.ActionsWorld;
import dev.runs.application.action.EarlyReports.EarlyReport;
import dev.runs.application.lineage.EarlyLineage.Early;
import dev.runs.application.lineage.LineageKey;
import dev.runs.application.system.SystemFacts.Leases;
import dev.runs.application.system.SystemFacts.Waiting;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.ExecutorReport;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.lineage.LineageType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What everybody promises who tells of the database. */
public abstract class SystemFactsContract extends StoresContract {

  private static final Principal ACTOR = new Principal("key:test");

  @Test
  void namesTheDatabaseAndTheVersionOfItsTables() {
    var storage = facts().storage();

    assertThat(storage.product()).isNotEmpty();
    assertThat(storage.version()).isNotEmpty();
    assertThat(storage.tables()).isPositive();
    assertThat(storage.bytes().orElse(1L)).isPositive();
  }

  @Test
  void knowsOfNothingThatWaitsAtFirst() {
    assertThat(facts().events(10)).isEqualTo(Waiting.NONE);
    assertThat(facts().earlyReports(10)).isEqualTo(Waiting.NONE);
    assertThat(facts().earlyLineage(10)).isEqualTo(Waiting.NONE);
    assertThat(facts().leases(10)).isEqualTo(new Leases(0, 0));
  }

  @Test
  void countsEventsWithoutAPlaceAndKnowsTheFirst() {
    stores()
        .write(() ->
            stores()
                .runEvents()
                .add(
                    List.of(
                        RunEvent.created(root(1), ACTOR),
                        RunEvent.created(root(2), ACTOR),
                        RunEvent.created(root(3), ACTOR))));

    assertThat(facts().events(10)).isEqualTo(new Waiting(3, Optional.of(NOON)));
    assertThat(facts().events(2).count()).isEqualTo(2);
    stores().write(() -> stores().runEventLog().sequence(3));
    assertThat(facts().events(10)).isEqualTo(Waiting.NONE);
  }

  @Test
  void countsEarlyReportsAndKnowsTheOldest() {
    stores()
        .write(() ->
            stores()
                .earlyReports()
                .keepAll(List.of(report("b", NOON.plusSeconds(5)), report("a", NOON))));

    assertThat(facts().earlyReports(10)).isEqualTo(new Waiting(2, Optional.of(NOON)));
    assertThat(facts().earlyReports(1)).isEqualTo(new Waiting(1, Optional.of(NOON)));
  }

  @Test
  void countsEarlyEventsOfLineageAndKnowsTheOldest() {
    stores().write(() -> stores().earlyLineage().keep(early(1, NOON.plusSeconds(5))));
    stores().write(() -> stores().earlyLineage().keep(early(2, NOON)));

    assertThat(facts().earlyLineage(10)).isEqualTo(new Waiting(2, Optional.of(NOON)));
  }

  @Test
  void countsLeasesAndThoseWhoseTimeIsOver() {
    stores()
        .transactions()
        .inTransaction(() ->
            stores()
                .leases()
                .addAll(
                    List.of(lease(1, MINUTE), lease(2, MINUTE), lease(3, Duration.ofMillis(-1)))));

    assertThat(facts().leases(10)).isEqualTo(new Leases(3, 1));
    assertThat(facts().leases(2)).isEqualTo(new Leases(2, 1));
  }

  private SystemFacts facts() {
    return stores().systemFacts();
  }

  private static EarlyReport report(String action, Instant at) {
    var recorded =
        new ExecutorReport.Recorded(
            ActionsWorld.of(NIGHTLY.action(action), ActionType.TRACE, new Document("{}")));
    return new EarlyReport(NIGHTLY.action(action), recorded, ACTOR, at);
  }

  private static Early early(int number, Instant at) {
    return new Early(
        new LineageKey(ACME.id(), lineageId(1, 0)),
        event(LineageType.START, lineageId(1, number), "load", NOON),
        ACTOR,
        Reach.within(ACME.id()),
        at);
  }
}
