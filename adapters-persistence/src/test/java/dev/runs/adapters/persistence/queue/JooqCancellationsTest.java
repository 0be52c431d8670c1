package dev.runs.adapters.persistence.queue;

import static dev.runs.application.queue.QueueFixtures.queuedBelow;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.AtOnce;
import dev.runs.application.Stores;
import dev.runs.application.queue.Cancellations.Cancellation;
import dev.runs.application.queue.CancellationsContract;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqCancellationsTest {

  private static final Principal ACTOR = new Principal("key:test");

  @Nested
  final class OnSqlite extends CancellationsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }

  @Nested
  final class OnPostgres extends CancellationsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    /** So nobody looks below the mark before everything is there that was begun without it. */
    @Test
    void waitsWithTheMarkForThoseWhoAreMakingARunBelow() {
      var tree = queuedRun(1);
      var late = queuedBelow(tree, 2);
      add(tree);
      var isHeld = new CountDownLatch(1);

      var seen =
          AtOnce.<List<Run>>all(
              List.of(
                  () ->
                      written(() -> {
                        assertThat(cancellations().holdFrom(List.of(tree.path()))).isEmpty();
                        isHeld.countDown();
                        Waiters.await(DATABASE);
                        stores().runs().addAll(List.of(late));
                        return List.of();
                      }),
                  () -> {
                    isHeld.await();
                    return written(() -> {
                      cancellations().mark(new Cancellation(tree.path(), ACME.id(), ACTOR, NOON));
                      return cancellations().untouched(List.of(tree.path()), 9);
                    });
                  }));

      assertThat(seen.getLast()).containsExactly(tree, late);
    }

    @Test
    void letsWhoeverMakesARunBelowWaitForTheMark() {
      var tree = queuedRun(1);
      add(tree);
      var isMarked = new CountDownLatch(1);

      var seen =
          AtOnce.<Set<RunPath>>all(
              List.of(
                  () ->
                      written(() -> {
                        cancellations().mark(new Cancellation(tree.path(), ACME.id(), ACTOR, NOON));
                        isMarked.countDown();
                        Waiters.await(DATABASE);
                        return Set.of();
                      }),
                  () -> {
                    isMarked.await();
                    return written(() -> cancellations().holdFrom(List.of(tree.path())));
                  }));

      assertThat(seen.getLast()).containsExactly(tree.path());
    }

    @Test
    void letsManyMakeRunsBelowAtTheSameTime() {
      var tree = queuedRun(1);
      add(tree);

      stores()
          .write(() -> {
            cancellations().holdFrom(List.of(tree.path()));
            assertThat(
                    AtOnce.with(
                        1, _ -> written(() -> cancellations().holdFrom(List.of(tree.path())))))
                .containsExactly(Set.of());
          });
    }
  }
}
