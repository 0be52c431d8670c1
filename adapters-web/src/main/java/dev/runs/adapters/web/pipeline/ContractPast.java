package dev.runs.adapters.web.pipeline;

import dev.runs.adapters.web.chart.StackedBars;
import dev.runs.adapters.web.chart.StackedBars.Column;
import dev.runs.application.validation.ShowContract.ContractView;
import dev.runs.application.validation.VerdictCounts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What validations of a contract found, by day or, over a long time, by week.
 *
 * @param spans the oldest first, also those without a validation
 */
public record ContractPast(List<Span> spans) {

  private static final int MOST_DAYS_BY_DAY = 90;
  private static final int DAYS_OF_A_WEEK = 7;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final List<String> COLOURS =
      List.of("fill-good", "fill-warn", "fill-bad", "fill-calm");

  public ContractPast {
    spans = List.copyOf(spans);
  }

  /**
   * @param from the beginning of its first day
   * @param days how many there are in it
   */
  public record Span(Instant from, int days, VerdictCounts counts) {

    /** Its first day, and its last where that is another one. */
    public String name() {
      var first = DAY.format(from);
      return days == 1 ? first : first + " – " + DAY.format(from.plus(Duration.ofDays(days - 1L)));
    }
  }

  static ContractPast of(ContractView view) {
    var length = view.days() > MOST_DAYS_BY_DAY ? DAYS_OF_A_WEEK : 1;
    var spans = new ArrayList<Span>();
    for (var day = 0; day < view.days(); day += length) {
      var from = view.from().plus(Duration.ofDays(day));
      var days = Math.min(length, view.days() - day);
      var counts =
          view.past().subMap(from, from.plus(Duration.ofDays(days))).values().stream()
              .reduce(VerdictCounts.NONE, VerdictCounts::plus);
      spans.add(new Span(from, days, counts));
    }
    return new ContractPast(spans);
  }

  /** As bars of validations that passed, warned, failed and looked at nothing. */
  public StackedBars bars() {
    return StackedBars.ofCounts(
        spans.stream()
            .map(span ->
                Column.ofCounts(
                    DAY.format(span.from()),
                    told(span),
                    span.counts().passed(),
                    span.counts().warning(),
                    span.counts().failed(),
                    span.counts().skipped()))
            .toList(),
        COLOURS);
  }

  private static String told(Span span) {
    var counts = span.counts();
    return String.format(
        Locale.ROOT,
        "%s: %,d passed, %,d with warnings, %,d failed, %,d skipped",
        span.name(),
        counts.passed(),
        counts.warning(),
        counts.failed(),
        counts.skipped());
  }

  /** Those with a validation, the newest first. */
  public List<Span> busy() {
    return spans.reversed().stream().filter(span -> span.counts().total() > 0).toList();
  }
}
