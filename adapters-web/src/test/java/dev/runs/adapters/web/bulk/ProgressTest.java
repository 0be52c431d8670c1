package dev.runs.adapters.web.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.bulk.BulkAction;
import dev.runs.application.bulk.BulkId;
import dev.runs.application.bulk.BulkOperation;
import dev.runs.application.bulk.BulkTally;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ProgressTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID ID = new UUID(0x7000, 1);
  private static final Principal ADA = new Principal("person:ada");

  @Test
  void dividesTheBarByWhatBecameOfTheRuns() {
    var progress = at(new BulkTally(50, 20, 10, Map.of("run.not_queued", 30L)), 200);

    assertThat(progress.doneWidth()).isEqualTo(250);
    assertThat(progress.skippedEnd()).isEqualTo(350);
    assertThat(progress.failedEnd()).isEqualTo(400);
    assertThat(progress.whole()).isEqualTo(200);
  }

  @Test
  void neverGoesBeyondTheWhole() {
    var progress = at(new BulkTally(250, 0, 0, Map.of()), 200);

    assertThat(progress.doneWidth()).isEqualTo(Progress.WIDTH);
    assertThat(progress.whole()).isEqualTo(250);
  }

  @Test
  void namesTheMostFrequentReasonFirst() {
    var reasons = Map.of("run.not_queued", 2L, "run.not_finished", 5L, "some.code", 1L);

    assertThat(at(new BulkTally(0, 7, 1, reasons), 10).reasons())
        .extracting(Progress.Reason::code)
        .containsExactly("run.not_finished", "run.not_queued", "some.code");
  }

  @Test
  void knowsWhoAskedForIt() {
    assertThat(at(BulkTally.NOTHING, 1).isOwn()).isTrue();
    assertThat(Progress.of(operation(1), new Principal("person:ben")).isOwn()).isFalse();
  }

  private static Progress at(BulkTally tally, long expected) {
    return Progress.of(operation(expected).carriedOn(tally, new RunId(ID), false, NOON), ADA);
  }

  private static BulkOperation operation(long expected) {
    return BulkOperation.begun(
        new BulkId(ID),
        new OrganizationId(ID),
        BulkAction.CANCEL,
        ADA,
        new RunId(ID),
        expected,
        NOON);
  }
}
