package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.MINUTE;
import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.SYNC;
import static dev.runs.application.queue.QueueFixtures.lease;
import static dev.runs.application.queue.QueueFixtures.line;
import static dev.runs.application.queue.QueueFixtures.ready;
import static dev.runs.application.queue.QueueFixtures.waiting;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.application.queue.QueueDepths.Depth;
import dev.runs.application.queue.QueueDepths.Depths;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.application.queue.WaitingRuns.NewWaiting;
import dev.runs.application.queue.WaitingRuns.Readiness;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What everybody promises who counts the queue. */
public abstract class QueueDepthsContract extends StoresContract {

  private static final Readiness TOMORROW = new Readiness.After(Duration.ofDays(1));
  private static final Duration SOME_TIME = Duration.ofHours(1);

  @Test
  void countsNothingInAnEmptyQueue() {
    assertThat(count()).isEqualTo(new Depths(List.of(), true));
  }

  @Test
  void countsEachKindInEachStateWhoseverItIs() {
    enqueue(
        ready(1, line(ACME.id(), PULL)),
        ready(2, line(GLOBEX.id(), PULL)),
        ready(3, new Line(ACME.id(), new Slug("crawl"), PULL)),
        waiting(4, line(ACME.id(), PULL), 0, TOMORROW),
        waiting(5, line(ACME.id(), SYNC), 9, TOMORROW),
        waiting(6, line(GLOBEX.id(), SYNC), 0, TOMORROW));
    stores()
        .write(() ->
            stores()
                .leases()
                .addAll(
                    List.of(
                        lease(7, MINUTE),
                        lease(8, line(GLOBEX.id(), new Kind("mail")), MINUTE, Optional.empty()))));

    assertThat(count().isComplete()).isTrue();
    var pull = depth(PULL);
    assertThat(pull).isEqualTo(new Depth(PULL, 3, 1, 1, pull.oldestReady()));
    assertThat(depth(SYNC)).isEqualTo(new Depth(SYNC, 0, 2, 0, Optional.empty()));
    assertThat(depth(new Kind("mail")))
        .isEqualTo(new Depth(new Kind("mail"), 0, 0, 1, Optional.empty()));
    assertThat(count().kinds()).hasSize(3);
  }

  @Test
  void tellsHowLongTheOldestIsReadyWhateverItsPriority() {
    var longAgo = Instant.now().minus(SOME_TIME);
    enqueue(
        waiting(1, line(ACME.id(), PULL), 9, new Readiness.At(longAgo.plusSeconds(60))),
        waiting(2, line(ACME.id(), PULL), 0, new Readiness.At(longAgo)),
        ready(3, line(GLOBEX.id(), PULL)));

    assertThat(depth(PULL).oldestReady().orElseThrow())
        .isBetween(SOME_TIME.minusSeconds(1), SOME_TIME.plusMinutes(5));
  }

  @Test
  void countsALineUpToANumberAndSaysSo() {
    var many = new ArrayList<NewWaiting>();
    for (var i = 0; i < QueueDepths.MOST_IN_A_LINE + 5; i++) {
      many.add(ready(1_000 + i, line(ACME.id(), PULL)));
    }
    enqueue(many.toArray(NewWaiting[]::new));
    enqueue(ready(1, line(ACME.id(), SYNC)));

    assertThat(depth(PULL).ready())
        .isEqualTo(isCapped() ? QueueDepths.MOST_IN_A_LINE : many.size());
    assertThat(depth(SYNC).ready()).isEqualTo(1);
    assertThat(count().isComplete()).isEqualTo(!isCapped());
  }

  /** Whether counting more would cost more. */
  protected boolean isCapped() {
    return true;
  }

  private void enqueue(NewWaiting... waiting) {
    stores().write(() -> stores().waitingRuns().addAll(List.of(waiting)));
  }

  private Depths count() {
    return stores().transactions().inSnapshot(() -> stores().queueDepths().count());
  }

  private Depth depth(Kind kind) {
    return count().kinds().stream().filter(one -> one.kind().equals(kind)).findAny().orElseThrow();
  }
}
