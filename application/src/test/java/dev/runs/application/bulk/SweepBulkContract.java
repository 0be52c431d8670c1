package dev.runs.application.bulk;

import static dev.runs.application.queue.QueueFixtures.newJob;
import static dev.runs.application.queue.QueueFixtures.queuedBelow;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.Ids;
import dev.runs.application.SettableClock;
import dev.runs.application.StoresContract;
import dev.runs.application.audit.AuditFilter;
import dev.runs.application.queue.Cancellations;
import dev.runs.application.queue.QueueUseCases;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList.Order;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.PasswordHash;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What bulk operations promise, whatever the stores: every run is treated once, wherever a sweep is
 * interrupted and however many sweep.
 */
public abstract class SweepBulkContract extends StoresContract {

  private static final Reach.Within OF_ACME = Reach.within(ACME.id());

  private static final Caller ADA =
      new Caller(
          new Access(
              new Principal("person:ada"), OF_ACME, Scopes.ofOrganization(), Optional.empty()),
          ACME.id(),
          Origin.LOCAL);

  private static final BulkChoice ALL = new BulkChoice.Matching(RunFilter.ALL);

  private final CountingIds ids = new CountingIds(1_000_000);
  private final SettableClock clock = new SettableClock(NOON);

  @Test
  void retriesEveryRunOnceWhenItIsInterrupted() {
    var ended = addEnded(230);
    var id = start(BulkAction.RETRY);

    // the first batch is done, the second dies with half of its runs made
    sweepers(ids).sweep();
    for (var calls = 1; calls < 200; calls += 37) {
      var dying = sweepers(new Dying(ids, calls));
      assertThatExceptionOfType(Killed.class).isThrownBy(dying::sweep);
    }
    assertThat(found(id).tally().examined()).isEqualTo(100);
    sweepAll(sweepers(ids));

    assertThat(found(id).state()).isEqualTo(BulkState.DONE);
    assertThat(found(id).tally().done()).isEqualTo(230);
    assertThat(retried(ended)).containsExactlyInAnyOrderElementsOf(idsOf(ended));
  }

  @Test
  void retriesEveryRunOnceWhenManySweep() {
    var ended = addEnded(430);
    var id = start(BulkAction.RETRY);

    AtOnce.with(
        4,
        _ -> {
          sweepAll(sweepers(ids));
          return true;
        });

    assertThat(found(id).state()).isEqualTo(BulkState.DONE);
    assertThat(found(id).tally().done()).isEqualTo(430);
    assertThat(retried(ended)).containsExactlyInAnyOrderElementsOf(idsOf(ended));
  }

  @Test
  void cancelsEveryRunOnceWhenManySweep() {
    var live = new ArrayList<Run>();
    for (var number = 1; number <= 210; number++) {
      live.add(queuedRun(number));
    }
    addAll(live);
    stores().write(() -> stores().jobs().addAll(live.stream().map(run -> newJob(run)).toList()));
    var id = start(BulkAction.CANCEL);

    AtOnce.with(
        3,
        _ -> {
          sweepAll(sweepers(ids));
          return true;
        });

    assertThat(found(id).tally().done()).isEqualTo(210);
    assertThat(entries(AuditAction.RUN_CANCELED))
        .extracting(AuditEntry::target)
        .containsExactlyInAnyOrderElementsOf(live.stream().map(run -> "run:" + run.id()).toList());
    carryCancellationsDown();
    assertThat(all()).allMatch(run -> run.stateName() == StateName.CANCELED);
  }

  @Test
  void leavesRunsAloneThatWereMadeLater() {
    addEnded(3);
    var id = start(BulkAction.RETRY);
    var late = queuedRun(900);
    add(late);

    sweepAll(sweepers(ids));

    assertThat(found(id).tally().examined()).isEqualTo(3);
  }

  @Test
  void passesOverARunAtWhichItFails() {
    var live = new ArrayList<Run>();
    for (var number = 1; number <= 120; number++) {
      live.add(queuedRun(number));
    }
    addAll(live);
    var broken = live.get(70);
    var told = new ArrayList<RunId>();
    var sweepBulk =
        BulkUseCases.over(
                stores(),
                new Failing(stores().cancellations(), broken.path()),
                (_, run, _) -> told.add(run),
                ids,
                clock,
                new SplittableRandom())
            .sweepBulk();
    var id = start(BulkAction.CANCEL);

    sweepAll(sweepBulk);

    assertThat(found(id).state()).isEqualTo(BulkState.DONE);
    assertThat(found(id).tally()).isEqualTo(new BulkTally(119, 0, 1, Map.of(SweepBulk.FAULT, 1L)));
    assertThat(told).containsExactly(broken.id());
    assertThat(entries(AuditAction.RUN_CANCELED)).hasSize(119);
    carryCancellationsDown();
    assertThat(all().stream().filter(run -> run.stateName().isLive())).containsExactly(broken);
  }

  @Test
  void saysOfEachRunWhereTheRequestCameFrom() {
    add(queuedRun(1));
    var origin = new Origin("request-1", "10.0.0.7");
    var id = new BulkId(ids.next());
    var caller = new Caller(ADA.access(), ADA.organization(), origin);
    useCases(ids).startBulk().start(caller, id, BulkAction.CANCEL, ALL, seen(caller));

    sweepAll(sweepers(ids));

    assertThat(entries(AuditAction.RUN_CANCELED))
        .extracting(AuditEntry::origin)
        .containsExactly(origin);
  }

  @Test
  void stopsWhenWhoeverAskedForItMayNotDoSoAnyMore() {
    addEnded(150);
    var person = new PersonId(ids.next());
    var account =
        Person.local(
            person,
            new Login("cleo"),
            new DisplayName("Cleo"),
            new PasswordHash("hash"),
            false,
            false,
            NOON);
    stores()
        .write(() -> {
          stores().people().add(account);
          stores().memberships().put(new Membership(person, ACME.id(), Role.OPERATOR));
        });
    var cleo = new Membership(person, ACME.id(), Role.OPERATOR).access();
    var id = new BulkId(ids.next());
    var caller = new Caller(cleo, ACME.id(), Origin.LOCAL);
    useCases(ids).startBulk().start(caller, id, BulkAction.RETRY, ALL, seen(caller));
    sweepers(ids).sweep();
    assertThat(found(id).tally().done()).isEqualTo(100);

    stores()
        .write(() -> stores().memberships().put(new Membership(person, ACME.id(), Role.VIEWER)));
    sweepAll(sweepers(ids));

    assertThat(found(id).state()).isEqualTo(BulkState.STOPPED);
    assertThat(found(id).stopCode()).contains("access.scope_missing");
    assertThat(found(id).tally().examined()).isEqualTo(100);
    assertThat(entries(AuditAction.BULK_STOPPED))
        .extracting(AuditEntry::actor)
        .containsExactly(Principal.SYSTEM);
  }

  @Test
  void setsOneMarkForATree() {
    var root = queuedRun(1);
    var child = queuedBelow(root, 2);
    add(root, child, queuedRun(3));
    var id = start(BulkAction.CANCEL);

    sweepAll(sweepers(ids));

    assertThat(found(id).tally().done()).isEqualTo(3);
    assertThat(entries(AuditAction.RUN_CANCELED)).hasSize(2);
    carryCancellationsDown();
    assertThat(all()).allMatch(run -> run.stateName() == StateName.CANCELED);
  }

  private List<Run> addEnded(int number) {
    var ended = new ArrayList<Run>();
    for (var i = 1; i <= number; i++) {
      ended.add(queuedRun(i));
    }
    addAll(ended);
    stores()
        .write(() -> {
          stores().jobs().addAll(ended.stream().map(run -> newJob(run)).toList());
          ended.forEach(run -> stores().runs().save(run.ended(new RunState.TimedOut(NOON))));
        });
    return ended;
  }

  private BulkId start(BulkAction action) {
    var id = new BulkId(ids.next());
    useCases(ids).startBulk().start(ADA, id, action, ALL, seen(ADA));
    return id;
  }

  private BulkExtent seen(Caller caller) {
    return BulkExtent.of(useCases(ids).previewBulk().preview(caller, ALL).meant()).orElseThrow();
  }

  private SweepBulk sweepers(Ids from) {
    return useCases(from).sweepBulk();
  }

  private BulkUseCases useCases(Ids from) {
    return BulkUseCases.over(stores(), from, clock, new SplittableRandom());
  }

  private static void sweepAll(SweepBulk sweepBulk) {
    while (sweepBulk.sweep()) {
      // each step is one transaction
    }
  }

  private void carryCancellationsDown() {
    var random = new SplittableRandom(1);
    var cancelRuns = QueueUseCases.over(stores(), ids, clock, random, random).cancelRuns();
    while (stores().cancellations().next().isPresent()) {
      cancelRuns.sweep();
    }
  }

  private BulkOperation found(BulkId id) {
    return stores().bulkOperations().find(OF_ACME, id).orElseThrow();
  }

  private List<Run> all() {
    return stores()
        .runList()
        .byCreation(OF_ACME, RunFilter.ALL, Order.OLDEST_FIRST, Optional.empty(), 10_000);
  }

  /** The runs that others name as done again by them, as often as they do. */
  private List<RunId> retried(List<Run> before) {
    var later = idsOf(all());
    later.removeAll(idsOf(before));
    return stores().jobs().findAll(later).values().stream()
        .flatMap(job -> job.retryOf().stream())
        .toList();
  }

  private List<AuditEntry> entries(AuditAction action) {
    var filter =
        new AuditFilter(
            Optional.empty(),
            Optional.of(action),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return stores()
        .auditLog()
        .newestFirst(Optional.of(ACME.id()), filter, Optional.empty(), 10_000);
  }

  private static List<RunId> idsOf(List<Run> runs) {
    return new ArrayList<>(runs.stream().map(Run::id).toList());
  }

  /** Fails to mark one run, for no reason that anybody expects. */
  private record Failing(Cancellations cancellations, RunPath broken) implements Cancellations {

    @Override
    public boolean mark(Cancellation cancellation) {
      if (cancellation.path().equals(broken)) {
        throw new IllegalStateException("on purpose");
      }
      return cancellations.mark(cancellation);
    }

    @Override
    public Set<RunPath> holdFrom(Collection<RunPath> paths) {
      return cancellations.holdFrom(paths);
    }

    @Override
    public Set<RunPath> markedAmong(Collection<RunPath> paths) {
      return cancellations.markedAmong(paths);
    }

    @Override
    public List<Cancellation> next(Optional<Cancellation> after, int most) {
      return cancellations.next(after, most);
    }

    @Override
    public List<Run> untouched(List<RunPath> subtrees, int most) {
      return cancellations.untouched(subtrees, most);
    }

    @Override
    public Set<RunPath> finish(List<RunPath> subtrees) {
      return cancellations.finish(subtrees);
    }
  }

  /** What ends a server in the middle of its work. */
  private static final class Killed extends Error {
    Killed() {
      super("killed");
    }
  }

  /** Gives so many ids before it dies. */
  private static final class Dying implements Ids {

    private final Ids ids;
    private final AtomicInteger left;

    Dying(Ids ids, int calls) {
      this.ids = ids;
      this.left = new AtomicInteger(calls);
    }

    @Override
    public UUID next() {
      if (left.getAndDecrement() == 0) {
        throw new Killed();
      }
      return ids.next();
    }
  }
}
