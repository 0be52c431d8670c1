package dev.runs.application.run;

import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.quantity;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Receipt;
import dev.runs.application.UseCaseTest;
import dev.runs.application.cost.NewCost;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import dev.runs.domain.event.EventType;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeleteRunTest extends UseCaseTest {

  private final Run root = root(1);
  private final Run doomed = child(root, 2);

  @BeforeEach
  void plant() {
    plant(root, doomed);
    addCosts()
        .addAll(
            PLATFORM,
            List.of(
                new NewCost(root.id(), TOKENS, quantity("2"), Optional.empty()),
                new NewCost(doomed.id(), TOKENS, quantity("4"), Optional.empty())),
            Receipt.none());
  }

  @Test
  void takesTheSubtreeAndItsCostsAlong() {
    assertThat(deleteRun(world.deletions()).delete(PLATFORM, doomed.id(), 1)).isTrue();

    assertThat(isThere(doomed)).isFalse();
    assertThat(rollup(root).totalCost()).hasToString("1.0000000000");
    assertThat(rollup(root).descendantCount()).isZero();
    assertThat(world.deletions().next()).isEmpty();
    assertThat(toldTypes()).endsWith(EventType.DELETED);
  }

  @Test
  void findsNoRunThatIsUnknownOrBeyondTheCallersReach() {
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> deleteRun(world.deletions()).delete(PLATFORM, runId(9), 1));
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> deleteRun(world.deletions()).delete(OF_GLOBEX, doomed.id(), 1));
    assertThat(isThere(doomed)).isTrue();
    assertThat(world.auditTrail().all()).isEmpty();
  }

  @Test
  void isAuditedOnceHoweverManyRunsGo() {
    deleteRun(world.deletions()).delete(OF_ACME, root.id(), 9);

    assertThat(world.auditTrail().all())
        .singleElement()
        .returns(AuditAction.RUN_DELETED, AuditEntry::action)
        .returns(Optional.of(root.organization()), AuditEntry::organization)
        .returns(ACTOR, AuditEntry::actor)
        .returns("run:" + root.id(), AuditEntry::target)
        .returns(Map.of("name", root.name().value()), AuditEntry::details);
  }

  @Test
  void hidesTheSubtreeBeforeItIsGone() {
    assertThat(deleteRun(world.deletions()).delete(PLATFORM, doomed.id(), 0)).isFalse();

    assertThat(isThere(doomed)).isFalse();
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> deleteRun(world.deletions()).delete(PLATFORM, doomed.id(), 1));
    assertThat(rollup(root).descendantCount()).isEqualTo(1);
  }

  @Test
  void goesOnWithALargeSubtreeUntilNothingIsLeft() {
    var below = new ArrayList<Run>();
    for (var i = 0; i < 500; i++) {
      below.add(child(doomed, 10 + i));
    }
    plant(below.toArray(Run[]::new));

    assertThat(deleteRun(world.deletions()).delete(PLATFORM, doomed.id(), 1)).isFalse();

    var steps = 0;
    while (deleteRun(world.deletions()).sweep()) {
      steps++;
    }
    assertThat(steps).isBetween(2, 10);
    assertThat(rollup(root).descendantCount()).isZero();
    assertThat(rollup(root).totalCost()).hasToString("1.0000000000");
    assertThat(toldTypes().stream().filter(EventType.DELETED::equals)).hasSize(1);
  }

  @Test
  void hasNothingToSweepWhenNothingIsDeleted() {
    assertThat(deleteRun(world.deletions()).sweep()).isFalse();
  }

  @Test
  void triesAgainWhenAChildCameMeanwhile() {
    var deletions = new LateChild(world.deletions());

    assertThat(deleteRun(deletions).delete(PLATFORM, doomed.id(), 1)).isFalse();

    assertThat(deleteRun(deletions).sweep()).isTrue();
    assertThat(deleteRun(deletions).sweep()).isFalse();
    assertThat(rollup(root).descendantCount()).isZero();
  }

  private void plant(Run... runs) {
    world.write(() -> {
      world.runs().addAll(List.of(runs));
      List.of(runs).forEach(run -> world.ledger().add(Delta.ofCreated(run)));
    });
  }

  private DeleteRun deleteRun(Deletions deletions) {
    return new DeleteRun(
        world.runs(), deletions, world.runEvents(), auditor(), world.transactions(), clock);
  }

  /** Deletions that meet a new child the first time. */
  private static final class LateChild implements Deletions {

    private final Deletions deletions;
    private boolean hasMet;

    LateChild(Deletions deletions) {
      this.deletions = deletions;
    }

    @Override
    public boolean removeSome(RunPath subtree, int most) {
      var isDone = deletions.removeSome(subtree, most);
      if (!hasMet) {
        hasMet = true;
        throw new ChildMeanwhile(new IllegalStateException("there is a child"));
      }
      return isDone;
    }

    @Override
    public void mark(Deletion deletion) {
      deletions.mark(deletion);
    }

    @Override
    public Optional<Deletion> next() {
      return deletions.next();
    }

    @Override
    public void finish(RunPath subtree) {
      deletions.finish(subtree);
    }
  }
}
