package dev.runs.application.bulk;

import static dev.runs.application.queue.QueueFixtures.newJob;
import static dev.runs.application.queue.QueueFixtures.queuedBelow;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Caller;
import dev.runs.application.UseCaseTest;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Canceling and retrying many runs at once, over the world in memory. */
final class BulkTest extends UseCaseTest {

  private static final BulkChoice ALL = new BulkChoice.Matching(RunFilter.ALL);
  private static final RunFilter LIVE = RunFilter.ALL.in(Set.of(StateName.QUEUED));
  private static final BulkExtent SEEN = new BulkExtent(1, runId(1));

  private final BulkUseCases bulk = BulkUseCases.over(world, ids, clock, new SplittableRandom(1));

  @Test
  void showsHowManyRunsAreMeantAndTheNewestOfThem() {
    addQueued(12);

    var preview = bulk.previewBulk().preview(OF_ACME, ALL);

    assertThat(preview.meant().total()).isEqualTo(12);
    assertThat(preview.meant().isCapped()).isFalse();
    assertThat(preview.meant().items())
        .hasSize(PreviewBulk.SAMPLE)
        .first()
        .isEqualTo(queuedRun(12));
    assertThat(bulk.previewBulk().preview(OF_GLOBEX, ALL).meant().total()).isZero();
    assertThat(bulk.showBulk().last(OF_ACME)).isEmpty();
  }

  @Test
  void showsOnlyThoseOfTheSelectedRunsThatAreThere() {
    addQueued(2);

    var meant = bulk.previewBulk().preview(OF_ACME, selected(1, 2, 77)).meant();

    assertThat(meant.total()).isEqualTo(2);
    assertThat(meant.items()).containsExactly(queuedRun(2), queuedRun(1));
    assertThat(bulk.previewBulk().preview(OF_GLOBEX, selected(1)).meant().total()).isZero();
  }

  @Test
  void cancelsTheSelectedRunsAndNoOthers() {
    addQueued(3);

    var over = run(BulkAction.CANCEL, selected(1, 3));

    assertThat(over.tally()).isEqualTo(new BulkTally(2, 0, 0, Map.of()));
    assertThat(over.state()).isEqualTo(BulkState.DONE);
    assertThat(isMarked(queuedRun(1))).isTrue();
    assertThat(isMarked(queuedRun(2))).isFalse();
    assertThat(isMarked(queuedRun(3))).isTrue();
  }

  @Test
  void saysWhyRunsWereLeftOut() {
    addQueued(2);
    end(queuedRun(2), StateName.CANCELED);
    add(root(3));

    assertThat(run(BulkAction.RETRY, selected(1, 2, 3, 77)).tally())
        .isEqualTo(
            new BulkTally(
                1,
                3,
                0,
                Map.of("run.not_finished", 1L, "run.not_queued", 1L, "run.not_found", 1L)));
    assertThat(run(BulkAction.CANCEL, selected(1, 2)).tally())
        .isEqualTo(new BulkTally(1, 1, 0, Map.of("run.illegal_move", 1L)));
  }

  @Test
  void countsWhatIsRefusedAsFailed() {
    var parent = queuedRun(1);
    var child = queuedBelow(parent, 2);
    add(parent, child);
    world.write(() -> world.jobs().addAll(List.of(newJob(parent), newJob(child))));
    end(child, StateName.TIMED_OUT);
    end(parent, StateName.CANCELED);

    assertThat(run(BulkAction.RETRY, selected(2)).tally())
        .isEqualTo(new BulkTally(0, 0, 1, Map.of("run.canceled_above", 1L)));
  }

  @Test
  void goesThroughOneBatchAfterTheOther() {
    addQueued(SweepBulk.AT_ONCE * 2);
    var id = start(BulkAction.CANCEL, ALL).id();

    bulk.sweepBulk().sweep();
    var halfway = bulk.showBulk().one(OF_ACME, id);
    assertThat(halfway.state()).isEqualTo(BulkState.RUNNING);
    assertThat(halfway.expected()).isEqualTo(200);
    assertThat(halfway.tally().examined()).isEqualTo(100);
    assertThat(halfway.place()).contains(runId(100));

    sweepAll();
    assertThat(bulk.showBulk().one(OF_ACME, id).state()).isEqualTo(BulkState.DONE);
    assertThat(bulk.showBulk().one(OF_ACME, id).tally().done()).isEqualTo(200);
  }

  @Test
  void givesEachOperationItsTurn() {
    addQueued(300);
    var large = start(BulkAction.CANCEL, ALL).id();
    var small = start(BulkAction.CANCEL, selected(5)).id();

    bulk.sweepBulk().sweep();
    bulk.sweepBulk().sweep();

    assertThat(bulk.showBulk().one(OF_ACME, large).tally().examined()).isEqualTo(100);
    assertThat(bulk.showBulk().one(OF_ACME, small).state()).isEqualTo(BulkState.DONE);
    sweepAll();
    assertThat(bulk.showBulk().one(OF_ACME, large).state()).isEqualTo(BulkState.DONE);
  }

  @Test
  void leavesRunsAloneThatWereMadeAfterwards() {
    addQueued(2);
    var id = start(BulkAction.CANCEL, ALL).id();
    add(queuedRun(3));

    sweepAll();

    assertThat(bulk.showBulk().one(OF_ACME, id).tally().done()).isEqualTo(2);
    assertThat(isMarked(queuedRun(3))).isFalse();
  }

  @Test
  void isStartedOnceHoweverOftenItIsAskedFor() {
    addQueued(2);
    var preview = bulk.previewBulk().preview(OF_ACME, new BulkChoice.Matching(LIVE));
    var id = preview.id();
    var seen = BulkExtent.of(preview.meant()).orElseThrow();

    var first =
        bulk.startBulk().start(OF_ACME, id, BulkAction.CANCEL, new BulkChoice.Matching(LIVE), seen);
    sweepAll();
    end(queuedRun(1), StateName.CANCELED);
    var again =
        bulk.startBulk().start(OF_ACME, id, BulkAction.CANCEL, new BulkChoice.Matching(LIVE), seen);

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.state()).isEqualTo(BulkState.DONE);
    assertThat(bulk.showBulk().last(OF_ACME)).containsExactly(again);
    assertThatExceptionOfType(BulkRejected.NotFound.class)
        .isThrownBy(
            () -> bulk.startBulk().start(OF_GLOBEX, id, BulkAction.CANCEL, selected(1), seen));
  }

  @Test
  void stopsWhereItIs() {
    addQueued(150);
    var id = start(BulkAction.CANCEL, ALL).id();
    bulk.sweepBulk().sweep();

    var stopped = bulk.stopBulk().stop(OF_ACME, id);
    sweepAll();

    assertThat(stopped.state()).isEqualTo(BulkState.STOPPED);
    assertThat(bulk.showBulk().one(OF_ACME, id)).isEqualTo(stopped);
    assertThat(stopped.tally().examined()).isEqualTo(100);
    assertThat(bulk.stopBulk().stop(OF_ACME, id)).isEqualTo(stopped);
    assertThatExceptionOfType(BulkRejected.NotFound.class)
        .isThrownBy(() -> bulk.stopBulk().stop(OF_GLOBEX, id));
  }

  @Test
  void isRefusedWhenNothingIsMeant() {
    assertThat(BulkExtent.of(bulk.previewBulk().preview(OF_ACME, ALL).meant())).isEmpty();
    assertThatExceptionOfType(BulkRejected.NothingMeant.class)
        .isThrownBy(() -> start(BulkAction.CANCEL, selected(), SEEN));
    assertThatExceptionOfType(BulkRejected.NothingMeant.class)
        .isThrownBy(() -> new BulkExtent(0, runId(1)));
  }

  @Test
  void leavesRunsAloneThatWereMadeAfterThePreview() {
    addQueued(2);
    var seen = seen(ALL);
    add(queuedRun(3));

    var id = start(BulkAction.CANCEL, ALL, seen).id();
    sweepAll();

    assertThat(bulk.showBulk().one(OF_ACME, id).expected()).isEqualTo(2);
    assertThat(bulk.showBulk().one(OF_ACME, id).tally().done()).isEqualTo(2);
    assertThat(isMarked(queuedRun(3))).isFalse();
  }

  @Test
  void isRefusedWhenMoreRunsAreMeantThanWereSeenOrNone() {
    addQueued(3);
    end(queuedRun(1), StateName.CANCELED);
    var live = new BulkChoice.Matching(LIVE);
    var ended = new BulkChoice.Matching(RunFilter.ALL.in(Set.of(StateName.CANCELED)));
    var liveSeen = seen(live);
    var endedSeen = new BulkExtent(1, runId(3));
    end(queuedRun(2), StateName.CANCELED);

    assertThatExceptionOfType(BulkRejected.OthersMeant.class)
        .isThrownBy(() -> start(BulkAction.RETRY, ended, endedSeen));
    end(queuedRun(3), StateName.CANCELED);
    assertThatExceptionOfType(BulkRejected.OthersMeant.class)
        .isThrownBy(() -> start(BulkAction.CANCEL, live, liveSeen));
    assertThat(bulk.showBulk().last(OF_ACME)).isEmpty();
  }

  @Test
  void goesOnWithThoseThatAreLeftOfTheRunsThatWereSeen() {
    addQueued(3);
    var live = new BulkChoice.Matching(LIVE);
    var seen = seen(live);
    end(queuedRun(2), StateName.CANCELED);

    assertThat(start(BulkAction.CANCEL, live, seen).expected()).isEqualTo(2);
  }

  @Test
  void neverGoesBeyondTheRunsThatAreThereWhateverTheFormSays() {
    addQueued(2);

    var begun = start(BulkAction.CANCEL, ALL, new BulkExtent(2, runId(1_000_000)));

    assertThat(begun.through()).isEqualTo(runId(2));
  }

  @Test
  void isRefusedWhenTooManyRunsAreSelected() {
    var many = new ArrayList<RunId>();
    for (var number = 0; number <= StartBulk.MOST_SELECTED; number++) {
      many.add(runId(number));
    }
    var choice = new BulkChoice.Selected(many);

    assertThatExceptionOfType(BulkRejected.TooMany.class)
        .isThrownBy(() -> start(BulkAction.CANCEL, choice, SEEN));
    assertThatExceptionOfType(BulkRejected.TooMany.class)
        .isThrownBy(() -> bulk.previewBulk().preview(OF_ACME, choice));
  }

  @Test
  void isRefusedWhileTooManyAreRunning() {
    addQueued(1);
    for (var i = 0; i < StartBulk.MOST_RUNNING; i++) {
      start(BulkAction.CANCEL, ALL);
    }

    assertThatExceptionOfType(BulkRejected.TooManyRunning.class)
        .isThrownBy(() -> start(BulkAction.CANCEL, ALL));
    sweepAll();
    assertThat(start(BulkAction.CANCEL, ALL).isRunning()).isTrue();
  }

  @Test
  void isForThoseWhoMayChangeRunsOfTheWholeOrganization() {
    addQueued(1);
    var id = start(BulkAction.CANCEL, ALL).id();
    var viewer = caller(Reach.within(ACME.id()), Scopes.of(Scope.RUNS_READ));
    var bound = caller(new Reach.Within(ACME.id(), Set.of(Slug.DEFAULT)), Scopes.ofOrganization());

    assertThat(bulk.showBulk().one(viewer, id).id()).isEqualTo(id);
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> bulk.previewBulk().preview(viewer, ALL));
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> bulk.startBulk().start(viewer, id, BulkAction.CANCEL, ALL, SEEN));
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> bulk.stopBulk().stop(viewer, id));
    assertThatExceptionOfType(AccessRejected.BoundToProjects.class)
        .isThrownBy(() -> bulk.startBulk().start(bound, id, BulkAction.CANCEL, ALL, SEEN));
    assertThatExceptionOfType(AccessRejected.BoundToProjects.class)
        .isThrownBy(() -> bulk.showBulk().last(bound));
    assertThatExceptionOfType(BulkRejected.NotFound.class)
        .isThrownBy(() -> bulk.showBulk().one(OF_GLOBEX, id));
  }

  @Test
  void writesDownWhoDidWhat() {
    addQueued(2);
    var id = start(BulkAction.CANCEL, ALL).id();
    sweepAll();
    start(BulkAction.CANCEL, ALL);
    bulk.stopBulk().stop(OF_ACME, bulk.showBulk().last(OF_ACME).getFirst().id());

    assertThat(world.auditTrail().all())
        .extracting(AuditEntry::action)
        .containsExactly(
            AuditAction.BULK_STARTED,
            AuditAction.RUN_CANCELED,
            AuditAction.RUN_CANCELED,
            AuditAction.BULK_STARTED,
            AuditAction.BULK_STOPPED);
    var ofRun = world.auditTrail().all().get(1);
    assertThat(ofRun.actor()).isEqualTo(ACTOR);
    assertThat(ofRun.details()).containsEntry("bulk", id.toString());
  }

  private void addQueued(int number) {
    world.write(() -> {
      for (var i = 1; i <= number; i++) {
        world.runs().addAll(List.of(queuedRun(i)));
        world.jobs().addAll(List.of(newJob(queuedRun(i))));
      }
    });
  }

  private void end(Run run, StateName as) {
    var state =
        as == StateName.CANCELED ? new RunState.Canceled(NOON) : new RunState.TimedOut(NOON);
    world.write(() -> world.runs().save(run.ended(state)));
  }

  private BulkOperation run(BulkAction action, BulkChoice choice) {
    var id = start(action, choice).id();
    sweepAll();
    return bulk.showBulk().one(OF_ACME, id);
  }

  private BulkOperation start(BulkAction action, BulkChoice choice) {
    return start(action, choice, seen(choice));
  }

  private BulkOperation start(BulkAction action, BulkChoice choice, BulkExtent seen) {
    return bulk.startBulk().start(OF_ACME, new BulkId(ids.next()), action, choice, seen);
  }

  private BulkExtent seen(BulkChoice choice) {
    return BulkExtent.of(bulk.previewBulk().preview(OF_ACME, choice).meant()).orElseThrow();
  }

  private void sweepAll() {
    while (bulk.sweepBulk().sweep()) {
      // each step is one transaction
    }
  }

  private boolean isMarked(Run run) {
    return !world.cancellations().markedAmong(List.of(run.path())).isEmpty();
  }

  private static BulkChoice selected(long... numbers) {
    var runs = new ArrayList<RunId>();
    for (var number : numbers) {
      runs.add(runId(number));
    }
    return new BulkChoice.Selected(runs);
  }

  private static Caller caller(Reach reach, Scopes scopes) {
    return new Caller(new Access(ACTOR, reach, scopes, Optional.empty()), ACME.id(), Origin.LOCAL);
  }
}
