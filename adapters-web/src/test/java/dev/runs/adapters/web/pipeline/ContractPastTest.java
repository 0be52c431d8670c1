package dev.runs.adapters.web.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.web.pipeline.ContractPast.Span;
import dev.runs.application.validation.ContractState;
import dev.runs.application.validation.ShowContract.ContractView;
import dev.runs.application.validation.VerdictCounts;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ContractPastTest {

  private static final Instant FIRST = Instant.parse("2026-10-24T00:00:00Z");
  private static final VerdictCounts SOME = new VerdictCounts(3, 1, 0, 0);

  @Test
  void showsEachDayOfAShortTime() {
    var past = past(30, Map.of(day(0), SOME, day(29), SOME));

    assertThat(past.spans()).hasSize(30);
    assertThat(past.busy()).extracting(Span::name).containsExactly("22 Nov", "24 Oct");
    assertThat(past.bars().bars()).hasSize(30);
    assertThat(past.bars().bars().getLast().title())
        .isEqualTo("22 Nov: 3 passed, 0 with warnings, 1 failed, 0 skipped");
  }

  @Test
  void putsTheDaysOfAWeekTogetherOverALongTime() {
    var past = past(365, Map.of(day(0), SOME, day(6), SOME, day(7), SOME, day(364), SOME));

    assertThat(past.spans()).hasSize(53);
    assertThat(past.spans().getFirst().counts()).isEqualTo(SOME.plus(SOME));
    assertThat(past.busy())
        .extracting(Span::name)
        .containsExactly("23 Oct", "31 Oct – 6 Nov", "24 Oct – 30 Oct");
  }

  private static Instant day(int number) {
    return FIRST.plus(Duration.ofDays(number));
  }

  private static ContractPast past(int days, Map<Instant, VerdictCounts> counts) {
    var state =
        new ContractState(
            new ContractId("orders"),
            Gate.NONE,
            Optional.empty(),
            Optional.empty(),
            VerdictCounts.NONE,
            VerdictCounts.NONE);
    return ContractPast.of(
        new ContractView(state, FIRST, days, new TreeMap<>(counts), List.of(), List.of()));
  }
}
