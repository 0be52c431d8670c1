package dev.runs.adapters.persistence.queue;

import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.line;
import static dev.runs.application.queue.QueueFixtures.ready;
import static dev.runs.application.queue.QueueFixtures.waiting;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.AtOnce;
import dev.runs.application.SettableClock;
import dev.runs.application.Stores;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.application.queue.WaitingRuns.NewWaiting;
import dev.runs.application.queue.WaitingRuns.Readiness;
import dev.runs.application.queue.WaitingRuns.Wanted;
import dev.runs.application.queue.WaitingRunsContract;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqWaitingRunsTest {

  private static final Line LINE = line(ACME.id(), PULL);

  @Nested
  final class OnSqlite extends WaitingRunsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void becomesReadyAtItsVeryMoment() {
      var clock = new SettableClock(NOON);
      var store = DATABASE.stores(clock).waitingRuns();
      stores()
          .write(() ->
              store.addAll(
                  List.of(
                      waiting(1, LINE, 0, new Readiness.At(NOON)),
                      waiting(2, LINE, 0, new Readiness.At(NOON.plusNanos(1_000))),
                      waiting(3, LINE, 0, new Readiness.After(Duration.ofSeconds(1))))));

      assertThat(written(() -> store.readyDue(9))).isEmpty();
      clock.set(NOON.plusNanos(1_000));
      assertThat(written(() -> store.readyDue(9))).containsExactly(LINE);
      clock.set(NOON.plusNanos(999_999_000));
      assertThat(written(() -> store.readyDue(9))).isEmpty();
      clock.set(NOON.plusSeconds(1));
      assertThat(written(() -> store.readyDue(9))).containsExactly(LINE);
      assertThat(written(() -> store.takeFirst(List.of(new Wanted(LINE, 9)))))
          .extracting(Waiting::readyAt)
          .containsExactly(NOON, NOON.plusNanos(1_000), NOON.plusSeconds(1));
    }
  }

  @Nested
  final class OnPostgres extends WaitingRunsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void passesOverWhatSomebodyElseKeepsAndGivesItBackWhenHeFails() {
      add(ready(1, LINE), ready(2, LINE), ready(3, LINE));

      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() ->
              stores()
                  .write(() -> {
                    assertThat(first(2)).containsExactly(runId(1), runId(2));
                    assertThat(AtOnce.with(1, _ -> written(() -> first(2))))
                        .containsExactly(List.of(runId(3)));
                    throw new IllegalArgumentException();
                  }));

      assertThat(written(() -> first(9))).containsExactly(runId(1), runId(2), runId(3));
    }

    @Test
    void makesReadyOnceWhatTwoWouldMakeReadyAtTheSameMoment() {
      for (var i = 1; i <= 40; i++) {
        add(waiting(i, LINE, 0, new Readiness.After(Duration.ofMillis(1))));
      }

      AtOnce.with(
          4,
          _ -> {
            while (written(() -> first(40)).size() < 40) {
              written(() -> store().readyDue(3));
            }
            return true;
          });

      assertThat(written(() -> first(99))).hasSize(40).doesNotHaveDuplicates();
    }

    private List<RunId> first(int most) {
      return store().takeFirst(List.of(new Wanted(LINE, most))).stream().map(Waiting::run).toList();
    }

    private void add(NewWaiting... waiting) {
      stores().write(() -> store().addAll(List.of(waiting)));
    }
  }
}
