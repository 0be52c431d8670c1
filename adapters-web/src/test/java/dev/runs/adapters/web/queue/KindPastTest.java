package dev.runs.adapters.web.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.runs.adapters.web.queue.KindPast.Span;
import dev.runs.application.queue.Amount;
import dev.runs.application.queue.KindActivity;
import dev.runs.application.queue.QueueContents.KindLoad;
import dev.runs.application.queue.ShowQueue.KindState;
import dev.runs.application.queue.ShowQueue.KindView;
import dev.runs.domain.queue.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class KindPastTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:07:00Z");
  private static final Instant FROM = Instant.parse("2026-11-21T12:05:00Z");
  private static final KindActivity SOME = new KindActivity(2, 1, 1, 0, 3, 1);

  @Test
  void putsStretchesTogetherByHalfHours() {
    var past =
        past(
            Map.of(
                FROM,
                SOME,
                Instant.parse("2026-11-22T11:55:00Z"),
                SOME,
                Instant.parse("2026-11-22T12:00:00Z"),
                SOME,
                Instant.parse("2026-11-22T12:05:00Z"),
                SOME));

    assertThat(past.spans()).hasSize(49);
    assertThat(past.busy())
        .extracting(Span::clock, Span::activity)
        .containsExactly(
            tuple("12:00", SOME), tuple("11:30", SOME), tuple("12:00", SOME.plus(SOME)));
    assertThat(past.whole().ended()).isEqualTo(16);
    assertThat(past.bars().bars().getLast().title())
        .isEqualTo("12:00 UTC: 4 succeeded, 2 failed, 2 timed out, 0 canceled");
  }

  private static KindPast past(Map<Instant, KindActivity> stretches) {
    var load =
        new KindLoad(
            new Kind("mail.send"), Amount.NONE, Amount.NONE, Amount.NONE, Optional.empty());
    var state =
        new KindState(load, Optional.empty(), KindActivity.NONE, NOW.minus(Duration.ofHours(1)));
    return KindPast.of(
        new KindView(state, List.of(), List.of(), List.of(), new TreeMap<>(stretches), FROM), NOW);
  }
}
