package dev.runs.domain.queue;

import static dev.runs.domain.queue.QueueFixtures.SYNC;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.access.Organization;
import dev.runs.domain.access.Slug;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FairShareTest {

  @Test
  void takesTheHigherPriorityFirstAndThenWhatIsReadyLonger() {
    var ready =
        List.of(
            waiting(ACME, 1, 0, 10),
            waiting(ACME, 2, 5, 30),
            waiting(ACME, 3, 0, 5),
            waiting(ACME, 4, 5, 20));

    assertThat(numbers(FairShare.of(ready, 10, 0))).containsExactly(4L, 2L, 3L, 1L);
  }

  @Test
  void doesNotLetAThousandOfOneHoldUpTheOnlyOneOfAnother() {
    var ready =
        new ArrayList<>(
            LongStream.rangeClosed(1, 1_000)
                .mapToObj(number -> waiting(ACME, number, 1_000, 0))
                .toList());
    ready.add(waiting(GLOBEX, 5_000, 0, 99));

    for (var turn = 0; turn < 4; turn++) {
      assertThat(numbers(FairShare.of(ready, 2, turn))).contains(5_000L).hasSize(2);
    }
  }

  @Test
  void beginsWithAnotherOrganizationEachTurn() {
    var ready = List.of(waiting(ACME, 1, 0, 0), waiting(GLOBEX, 2, 0, 0));

    var first = numbers(FairShare.of(ready, 1, 0));
    var second = numbers(FairShare.of(ready, 1, 1));

    assertThat(first).isNotEqualTo(second);
    assertThat(numbers(FairShare.of(ready, 1, 2))).isEqualTo(first);
    assertThat(numbers(FairShare.of(ready, 1, Integer.MIN_VALUE))).hasSize(1);
  }

  @Test
  void givesWhatOneLeavesToTheOthers() {
    var ready =
        List.of(
            waiting(ACME, 1, 0, 0),
            waiting(GLOBEX, 2, 0, 1),
            waiting(GLOBEX, 3, 0, 2),
            waiting(GLOBEX, 4, 0, 3));

    assertThat(numbers(FairShare.of(ready, 4, 0))).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
  }

  @Test
  void choosesNothingFromNothing() {
    assertThat(FairShare.of(List.of(), 5, 3)).isEmpty();
  }

  private static Waiting waiting(
      Organization organization, long number, int priority, long readySeconds) {
    return new Waiting(
        runId(number),
        organization.id(),
        Slug.DEFAULT,
        SYNC,
        new Priority(priority),
        NOON.plusSeconds(readySeconds));
  }

  private static List<Long> numbers(List<Waiting> chosen) {
    return chosen.stream()
        .map(one -> one.run().value().getLeastSignificantBits() & Long.MAX_VALUE)
        .toList();
  }
}
