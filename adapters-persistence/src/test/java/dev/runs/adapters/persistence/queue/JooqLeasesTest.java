package dev.runs.adapters.persistence.queue;

import static dev.runs.application.queue.QueueFixtures.lease;
import static dev.runs.application.queue.QueueFixtures.shown;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.AtOnce;
import dev.runs.application.SettableClock;
import dev.runs.application.Stores;
import dev.runs.application.queue.Leases.Overdue;
import dev.runs.application.queue.Leases.Reason;
import dev.runs.application.queue.LeasesContract;
import dev.runs.domain.access.Reach;
import dev.runs.domain.queue.Lease;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqLeasesTest {

  @Nested
  final class OnSqlite extends LeasesContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void isOverdueAtItsVeryMoment() {
      var clock = new SettableClock(NOON);
      var store = DATABASE.stores(clock).leases();
      var given = written(() -> store.addAll(List.of(lease(1, Duration.ofSeconds(30)))));

      assertThat(given.values()).extracting(Lease::expiresAt).containsExactly(NOON.plusSeconds(30));
      clock.set(NOON.plusSeconds(30).minusNanos(1_000));
      assertThat(written(() -> store.takeOverdue(9))).isEmpty();
      clock.set(NOON.plusSeconds(30));
      assertThat(written(() -> store.takeOverdue(9))).hasSize(1);
      written(() -> store.extendAll(Reach.everywhere(), List.of(shown(1)), Optional.empty()));
      assertThat(written(() -> store.takeOverdue(9))).isEmpty();
      written(() -> store.cancelWithin(List.of(runId(1)), Duration.ofSeconds(10)));
      clock.set(NOON.plusSeconds(40).minusNanos(1_000));
      assertThat(written(() -> store.takeOverdue(9))).isEmpty();
      clock.set(NOON.plusSeconds(40));
      assertThat(written(() -> store.takeOverdue(9)))
          .extracting(Overdue::reason)
          .containsExactly(Reason.CANCEL_OVERDUE);
    }
  }

  @Nested
  final class OnPostgres extends LeasesContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void passesOverWhatAWorkerReportsAtTheMoment() {
      give(lease(1, Duration.ZERO), lease(2, Duration.ZERO));

      stores()
          .write(() -> {
            assertThat(leases().takeAll(Reach.everywhere(), List.of(shown(1)))).hasSize(1);
            assertThat(
                    AtOnce.with(1, _ -> overdue(9).stream().map(it -> it.lease().run()).toList()))
                .containsExactly(List.of(runId(2)));
          });
    }

    @Test
    void letsAWorkerWaitForTheReaperWhoHasItsLease() {
      give(lease(1, Duration.ZERO));
      var isKept = new CountDownLatch(1);

      var taken =
          AtOnce.<Integer>all(
              List.of(
                  () ->
                      written(() -> {
                        var overdue = overdue(9).size();
                        leases().removeAll(List.of(runId(1)));
                        isKept.countDown();
                        Waiters.await(DATABASE);
                        return overdue;
                      }),
                  () -> {
                    isKept.await();
                    return written(
                        () -> leases().takeAll(Reach.everywhere(), List.of(shown(1))).size());
                  }));

      assertThat(taken).containsExactly(1, 0);
    }
  }
}
