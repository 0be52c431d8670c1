package dev.runs.application.validation;

import static dev.runs.application.validation.ValidationFixtures.EVENTS;
import static dev.runs.application.validation.ValidationFixtures.ORDERS;
import static dev.runs.application.validation.ValidationFixtures.at;
import static dev.runs.application.validation.ValidationFixtures.with;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.UseCaseTest;
import dev.runs.application.validation.SummarizeValidations.Granularity;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SummarizeValidationsTest extends UseCaseTest {

  private final SummarizeValidations summarize =
      new SummarizeValidations(world.validations(), world.transactions(), clock);

  @Test
  void sumsUpTheLastDaysByWeeksThatBeginOnMondays() {
    // noon is on a Sunday
    record(
        at(NOON.minus(1, ChronoUnit.DAYS), 1, Verdict.PASSED),
        at(NOON.minus(6, ChronoUnit.DAYS), 2, Verdict.FAILED),
        at(NOON.minus(7, ChronoUnit.DAYS), 3, Verdict.WARNING),
        at(NOON.minus(31, ChronoUnit.DAYS), 4, Verdict.PASSED));

    var summary = summarize.summarize(OF_ACME, EVENTS, 30, Granularity.WEEK);

    assertThat(summary.whole().total()).isEqualTo(3);
    assertThat(summary.whole().passRate()).isEqualByComparingTo("0.666667");
    assertThat(summary.parts().keySet())
        .containsExactly(
            Instant.parse("2026-02-16T00:00:00Z"), Instant.parse("2026-02-23T00:00:00Z"));
    assertThat(summary.from()).isEqualTo(NOON.minus(30, ChronoUnit.DAYS));
    assertThat(summary.to()).isEqualTo(NOON);
  }

  @Test
  void averagesOnlyWhatWasTimed() {
    record(
        timed(at(NOON.minusSeconds(3), 1, Verdict.PASSED), Duration.ofMillis(10)),
        timed(at(NOON.minusSeconds(2), 2, Verdict.PASSED), Duration.ofMillis(21)),
        at(NOON.minusSeconds(1), 3, Verdict.PASSED));

    assertThat(summarize.summarize(OF_ACME, EVENTS, 1, Granularity.HOUR).whole().averageMillis())
        .hasValueSatisfying(average -> assertThat(average).isEqualByComparingTo("15.5"));
  }

  @Test
  void isZeroOfWhatNobodyValidated() {
    var summary = summarize.summarize(OF_ACME, ORDERS, 365, Granularity.DAY);

    assertThat(summary.whole()).isEqualTo(ValidationSum.NONE);
    assertThat(summary.whole().passRate()).isZero();
    assertThat(summary.whole().averageMillis()).isEmpty();
    assertThat(summary.parts()).isEmpty();
    assertThat(summary.commonErrors()).isEmpty();
  }

  @Test
  void tellsNothingOfOthers() {
    record(at(NOON.minusSeconds(1), 1, Verdict.PASSED));

    assertThat(summarize.summarize(OF_GLOBEX, EVENTS, 30, Granularity.DAY).whole().total())
        .isZero();
  }

  private static Validation timed(Validation plain, Duration duration) {
    return with(
        plain,
        List.of(),
        new RowCounts(1, Optional.empty(), Optional.empty(), 0),
        Optional.of(duration));
  }

  private void record(Validation... some) {
    world.write(() -> List.of(some).forEach(one -> world.validations().add(one, Optional.empty())));
  }
}
