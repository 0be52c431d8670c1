package dev.runs.application.run;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.Ids;
import dev.runs.application.Receipt;
import dev.runs.application.SettableClock;
import dev.runs.application.StoresContract;
import dev.runs.application.audit.Auditor;
import dev.runs.application.cost.AddCosts;
import dev.runs.application.cost.FixedUnitPrices;
import dev.runs.application.cost.NewCost;
import dev.runs.application.rollup.FoldLedger;
import dev.runs.application.run.Deletions.Deletion;
import dev.runs.application.secret.InputCheck;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFixtures;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What every deletion promises. */
public abstract class DeletionsContract extends StoresContract {

  private final CountingIds auditIds = new CountingIds(9_000);

  private static final Principal ACTOR = new Principal("key:test");
  private static final Caller CALLER =
      new Caller(Access.ofPlatform(ACTOR), ACME.id(), Origin.LOCAL);

  private final Run root = root(1);
  private final Run doomed = child(root, 2);
  private final Run below = child(doomed, 3);
  private final Run deepest = child(below, 4);
  private final Run beside = child(root, 5);

  @Test
  void remembersWhatIsBeingDeletedTheOldestFirst() {
    add(root, doomed, beside);
    assertThat(stores().deletions().next()).isEmpty();
    var older = new Deletion(beside.path(), ACME.id(), ACTOR, NOON);

    stores()
        .write(() -> {
          stores()
              .deletions()
              .mark(new Deletion(doomed.path(), ACME.id(), ACTOR, NOON.plusSeconds(1)));
          stores().deletions().mark(older);
        });

    assertThat(stores().deletions().next()).contains(older);
  }

  @Test
  void changesNothingWhenMarkedAgain() {
    add(root, doomed);
    var first = new Deletion(doomed.path(), ACME.id(), ACTOR, NOON);
    stores().write(() -> stores().deletions().mark(first));

    stores()
        .write(() ->
            stores()
                .deletions()
                .mark(
                    new Deletion(
                        doomed.path(), ACME.id(), new Principal("other"), NOON.plusSeconds(5))));

    assertThat(stores().deletions().next()).contains(first);
  }

  @Test
  void takesTheMarkAwayWithItsTransaction() {
    add(root, doomed);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            stores()
                .write(() -> {
                  mark(doomed);
                  throw new IllegalArgumentException();
                }));

    assertThat(isThere(doomed)).isTrue();
    assertThat(stores().deletions().next()).isEmpty();
  }

  @Test
  void makesNothingUnderASubtreeThatIsMarked() {
    add(root, doomed, below);
    mark(doomed);

    assertThatExceptionOfType(RunRejected.ParentNotFound.class)
        .isThrownBy(() -> create(new CountingIds(1_000), below.id()));
  }

  @Test
  void removesTheSubtreeAndNothingElse() {
    plant();

    mark(doomed);
    sweep(doomed, 100);

    assertThat(List.of(root, beside)).allMatch(this::isThere);
    assertThat(List.of(doomed, below, deepest)).noneMatch(this::isThere);
    assertThat(stores().costLines().of(below.id(), Optional.empty(), 10)).isEmpty();
    assertThat(stores().costLines().of(root.id(), Optional.empty(), 10)).hasSize(1);
    assertThat(stores().deletions().next()).isEmpty();
  }

  @Test
  void takesFromTheRunsAboveWhatWasBelow() {
    for (var most : List.of(1, 2, 3, 100)) {
      deleteAll();
      plant();
      if (most == 3) {
        foldAll(1);
      }

      mark(doomed);
      sweep(doomed, most);

      assertThat(rollup(root).totalCost()).isEqualTo(money("7.5"));
      assertThat(rollup(root).ownCost()).isEqualTo(money("3"));
      assertThat(rollup(root).descendants()).isEqualTo(Map.of(StateName.RUNNING, 1L));
      assertAuditIsClean();
      foldAll(2);
      assertThat(rollup(root).totalCost()).isEqualTo(money("7.5"));
      assertAuditIsClean();
    }
  }

  @Test
  void countsWhatIsMarkedUntilItIsSwept() {
    plant();

    mark(doomed);

    assertThat(rollup(root).totalCost()).isEqualTo(money("19.5"));
    assertAuditIsClean();
  }

  @Test
  void goesOnWhereItStopped() {
    plant();
    mark(doomed);

    var steps = 0;
    boolean isDone;
    do {
      isDone =
          stores()
              .transactions()
              .inTransaction(() -> stores().deletions().removeSome(doomed.path(), 1));
      steps++;
      assertAuditIsClean();
    } while (!isDone);

    assertThat(steps).isGreaterThanOrEqualTo(3);
    assertThat(stores().deletions().next()).isPresent();
  }

  @Test
  void hasNothingLeftToDoWhenAllIsGone() {
    plant();
    mark(doomed);
    sweep(doomed, 100);

    assertThat(
            stores()
                .transactions()
                .<Boolean>inTransaction(() -> stores().deletions().removeSome(doomed.path(), 1)))
        .isTrue();
  }

  @Test
  void removesAWholeTree() {
    plant();

    mark(root);
    sweep(root, 2);
    foldAll(10);

    assertThat(stores().ledgerAudit().sample(Optional.empty(), 10)).isEmpty();
    add(root);
    assertThat(rollup(root)).isEqualTo(Rollup.EMPTY);
    assertThat(stores().ledger().ownCosts(List.of(root.path()))).isEmpty();
  }

  @Test
  void removesASubtreeOfWhichAPartIsBeingRemovedAlready() {
    plant();
    mark(below);
    mark(doomed);

    sweep(doomed, 2);
    sweep(below, 2);

    assertThat(stores().deletions().next()).isEmpty();
    assertThat(rollup(root).totalCost()).isEqualTo(money("7.5"));
    assertAuditIsClean();
  }

  /**
   * Makers, bookers and folders are at work below a run while it is deleted. What they were told
   * does not matter then; what stands above does.
   */
  @Test
  void leavesTheRunsAboveExactWhileOthersWriteBelow() {
    var ids = new CountingIds(1_000_000);
    plant();
    for (var round = 0; round < 5; round++) {
      var target = child(root, 100 + round);
      add(target);
      var works = new ArrayList<Callable<Boolean>>();
      var isSwept = new AtomicBoolean();
      for (var i = 0; i < 3; i++) {
        works.add(() -> growUntil(isSwept, ids, target.id()));
      }
      works.add(() -> bookUntil(isSwept, ids, target.id()));
      works.add(() -> foldUntil(isSwept));
      works.add(() -> {
        delete(target.id());
        isSwept.set(true);
        return true;
      });

      AtOnce.all(works);
      sweepTheRest();

      assertThat(isThere(target)).isFalse();
      assertAuditIsClean();
    }
    foldAll(1_000);
    assertThat(rollup(root).totalCost()).isEqualTo(money("19.5"));
    assertThat(rollup(root).descendantCount()).isEqualTo(4);
    assertAuditIsClean();
  }

  private boolean growUntil(AtomicBoolean isSwept, Ids ids, RunId target) {
    var create = creating(ids);
    var parent = target;
    while (!isSwept.get()) {
      try {
        parent = create.create(CALLER, newRun(parent), Receipt.none()).run().id();
      } catch (RunRejected.TooDeep e) {
        parent = target;
      } catch (RunRejected.ParentNotFound e) {
        return true;
      }
    }
    return true;
  }

  private boolean bookUntil(AtomicBoolean isSwept, Ids ids, RunId target) {
    var book = booking(ids);
    var cost = new NewCost(target, TOKENS, RunFixtures.quantity("1"), Optional.empty());
    while (!isSwept.get()) {
      try {
        book.addAll(CALLER, List.of(cost), Receipt.none());
      } catch (Rejection e) {
        return true;
      }
    }
    return true;
  }

  private boolean foldUntil(AtomicBoolean isSwept) {
    var fold = new FoldLedger(stores().ledger(), stores().transactions(), 7);
    while (!isSwept.get()) {
      fold.fold();
    }
    return true;
  }

  private void delete(RunId run) {
    var delete = deleting();
    var isDone = delete.delete(CALLER, run, 3);
    while (!isDone) {
      isDone = !delete.sweep();
    }
  }

  /** What came in at the moment of the mark is found by whoever looks for marks afterwards. */
  private void sweepTheRest() {
    var delete = deleting();
    while (delete.sweep()) {
      // each step is one transaction
    }
  }

  private DeleteRun deleting() {
    return new DeleteRun(
        stores().runs(),
        stores().deletions(),
        stores().runEvents(),
        new Auditor(stores().auditTrail(), auditIds, new SettableClock(NOON)),
        stores().transactions(),
        new SettableClock(NOON));
  }

  private CreateRuns creating(Ids ids) {
    return new CreateRuns(
        new NewRunWriter(
            new Owners(stores().organizations(), stores().users(), ids),
            new InputCheck(stores().organizations()),
            stores().projects(),
            stores().runs(),
            stores().queueEntrance(),
            stores().ledger(),
            stores().runEvents(),
            ids,
            new SettableClock(NOON),
            RandomGenerator.getDefault()),
        stores().transactions(),
        2);
  }

  private AddCosts booking(Ids ids) {
    return new AddCosts(
        stores().runs(),
        stores().costLines(),
        new FixedUnitPrices().with(TOKENS, "0.25"),
        stores().ledger(),
        stores().runEvents(),
        stores().transactions(),
        ids,
        new SettableClock(NOON),
        2);
  }

  private Run create(Ids ids, RunId parent) {
    return creating(ids).create(CALLER, newRun(parent), Receipt.none()).run();
  }

  private static NewRun newRun(RunId parent) {
    return NewRun.tracked(
        new NewRun.Owner.Registered(ACME.id(), Optional.empty()),
        Optional.empty(),
        SEARCH,
        RunLabels.NONE,
        Optional.of(new NewRun.Parent.Existing(parent)));
  }

  /** A tree that costs 19.5 cents, 12 of which below the doomed run. */
  private void plant() {
    add(root, doomed, below, ended(deepest, StateName.FAILED), beside);
    book(root, line(1, root, TOKENS, "3", "1"));
    book(doomed, line(2, doomed, TOKENS, "5", "1"));
    book(below, line(3, below, SEARCHES, "8", "1"), line(4, below, SEARCHES, "-2", "1"));
    book(deepest, line(5, deepest, TOKENS, "1", "1"));
    book(beside, line(6, beside, TOKENS, "4.5", "1"));
  }

  private void deleteAll() {
    if (isThere(root)) {
      mark(root);
      sweep(root, 100);
      foldAll(100);
    }
  }

  private Rollup rollup(Run run) {
    return stores().ledger().of(run.path());
  }

  private void assertAuditIsClean() {
    stores()
        .transactions()
        .inSnapshot(() -> {
          for (var run : stores().ledgerAudit().sample(Optional.empty(), 1_000)) {
            assertThat(stores().ledger().of(run))
                .as("run %s", run.run())
                .isEqualTo(stores().ledgerAudit().recount(run));
          }
          return true;
        });
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
