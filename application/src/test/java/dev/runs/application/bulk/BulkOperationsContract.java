package dev.runs.application.bulk;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.runId;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every store of bulk operations promises. */
public abstract class BulkOperationsContract extends StoresContract {

  private static final BulkChoice ALL = new BulkChoice.Matching(RunFilter.ALL);
  private static final Reach.Within OF_ACME = Reach.within(ACME.id());
  private static final Reach.Within OF_GLOBEX = Reach.within(GLOBEX.id());

  @Test
  void keepsAnOperationWithItsChoice() {
    var selected = new BulkChoice.Selected(List.of(runId(3), runId(1), runId(3)));
    var one = operation(1, ACME.id());
    var other = operation(2, ACME.id());
    assertThat(isAdded(one, ALL)).isTrue();
    assertThat(isAdded(other, selected)).isTrue();

    assertThat(operations().find(OF_ACME, one.id())).contains(one);
    assertThat(operations().choice(one.id())).isEqualTo(ALL);
    assertThat(operations().choice(other.id()))
        .isEqualTo(new BulkChoice.Selected(List.of(runId(1), runId(3))));
  }

  @Test
  void keepsEachIdOnce() {
    var one = operation(1, ACME.id());
    isAdded(one, ALL);

    assertThat(isAdded(operation(1, GLOBEX.id()), ALL)).isFalse();
    assertThat(operations().find(OF_ACME, one.id())).contains(one);
    assertThat(operations().find(OF_GLOBEX, one.id())).isEmpty();
  }

  @Test
  void listsThoseOfAnOrganizationTheNewestFirst() {
    for (var number = 1; number <= 4; number++) {
      isAdded(operation(number, number == 2 ? GLOBEX.id() : ACME.id()), ALL);
    }

    assertThat(operations().newestFirst(OF_ACME, 2))
        .containsExactly(operation(4, ACME.id()), operation(3, ACME.id()));
    assertThat(operations().newestFirst(OF_GLOBEX, 9)).containsExactly(operation(2, GLOBEX.id()));
  }

  @Test
  void keepsHowFarAnOperationHasCome() {
    var begun = operation(1, ACME.id());
    isAdded(begun, ALL);
    var tally = new BulkTally(7, 2, 1, Map.of("run.not_queued", 2L, "run.canceled_above", 1L));

    var further = begun.carriedOn(tally, runId(5), false, NOON.plusSeconds(1));
    save(further);
    assertThat(operations().find(OF_ACME, begun.id())).contains(further);
    assertThat(written(() -> operations().take(begun.id()))).isEqualTo(further);

    var stopped = further.stopped(NOON.plusSeconds(2));
    save(stopped);
    assertThat(operations().find(OF_ACME, begun.id())).contains(stopped);
  }

  @Test
  void keepsWhereItCameFromAndWhyItWasStopped() {
    var begun = operation(1, ACME.id()).from(new Origin("request-1", "10.0.0.7"));
    isAdded(begun, ALL);
    assertThat(operations().find(OF_ACME, begun.id())).contains(begun);

    var stopped = begun.stoppedFor("access.scope_missing", NOON);
    save(stopped);
    assertThat(operations().find(OF_ACME, begun.id())).contains(stopped);
    assertThat(stopped.stopCode()).contains("access.scope_missing");
    assertThat(stopped.origin()).contains(new Origin("request-1", "10.0.0.7"));
  }

  @Test
  void replacesOnlyTheVersionRightBefore() {
    var begun = operation(1, ACME.id());
    isAdded(begun, ALL);
    var stopped = begun.stopped(NOON);
    save(stopped);

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> save(stopped));
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> save(begun.done(NOON)));
    assertThat(operations().find(OF_ACME, begun.id())).contains(stopped);
  }

  @Test
  void findsThoseThatAreRunningInTurn() {
    assertThat(operations().nextRunning(Optional.empty())).isEmpty();
    var first = operation(1, ACME.id());
    var over = operation(2, ACME.id());
    var last = operation(3, GLOBEX.id());
    List.of(first, over, last).forEach(operation -> isAdded(operation, ALL));
    save(over.done(NOON));

    assertThat(operations().nextRunning(Optional.empty())).contains(first);
    assertThat(operations().nextRunning(Optional.of(first.id()))).contains(last);
    assertThat(operations().nextRunning(Optional.of(over.id()))).contains(last);
    assertThat(operations().nextRunning(Optional.of(last.id()))).isEmpty();
  }

  @Test
  void countsThoseOfAnOrganizationThatAreRunning() {
    assertThat(running()).isZero();
    isAdded(operation(1, ACME.id()), ALL);
    isAdded(operation(2, ACME.id()), ALL);
    isAdded(operation(3, GLOBEX.id()), ALL);
    assertThat(running()).isEqualTo(2);

    save(operation(1, ACME.id()).stopped(NOON));
    assertThat(running()).isEqualTo(1);
  }

  @Test
  void letsThoseWhoBeginAtTheSameTimeKnowOfEachOther() {
    var counted =
        AtOnce.with(
            8,
            i ->
                written(() -> {
                  var before = operations().takeRunning(ACME.id());
                  operations().add(operation(i + 1L, ACME.id()), ALL);
                  return before;
                }));

    assertThat(counted).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
  }

  private int running() {
    return written(() -> operations().takeRunning(ACME.id()));
  }

  private boolean isAdded(BulkOperation operation, BulkChoice choice) {
    return written(() -> operations().add(operation, choice));
  }

  private void save(BulkOperation operation) {
    stores().write(() -> operations().save(operation));
  }

  private <T> T written(Supplier<T> work) {
    return stores().transactions().inTransaction(work);
  }

  private BulkOperations operations() {
    return stores().bulkOperations();
  }

  private static BulkOperation operation(long number, OrganizationId organization) {
    return BulkOperation.begun(
        new BulkId(uuid(number)),
        organization,
        BulkAction.RETRY,
        new Principal("person:ada"),
        runId(99),
        12_345,
        NOON);
  }
}
