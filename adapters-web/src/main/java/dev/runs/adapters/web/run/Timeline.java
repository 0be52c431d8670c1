package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.Wording;
import dev.runs.application.action.AttemptView;
import dev.runs.domain.run.Run;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time, drawn from the left to the right, on which runs lie as bars.
 *
 * @param from its left end
 * @param to its right end, after the left one
 * @param now until when what is live is drawn
 */
public record Timeline(Instant from, Instant to, Instant now) {

  /** A whole is so many parts. */
  private static final long PARTS = 100_000;

  /** So wide is drawn what would be too short to be seen. */
  private static final long LEAST_PARTS = 300;

  /**
   * A part of a bar.
   *
   * @param x where it begins, in percent of the whole
   * @param width in percent of the whole
   * @param kind {@code waiting}, or the wire name of a state
   * @param words what it is, for a person
   */
  public record Bar(String x, String width, String kind, String words) {}

  /** From the making of a run to its end, or to now. */
  static Timeline of(Run run, Instant now) {
    var end = run.endedAt();
    var to = end == null ? now : end;
    var from = run.createdAt();
    return new Timeline(from, to.isAfter(from) ? to : from.plusMillis(1), now);
  }

  /**
   * What a run did: it waited, and then each of its attempts.
   *
   * @param attempts those that are known; none when the run had only one
   */
  public List<Bar> bars(Run run, List<AttemptView> attempts) {
    var bars = new ArrayList<Bar>();
    var end = run.endedAt() == null ? now : run.endedAt();
    var started = run.startedAt();
    var waitedUntil = started == null ? end : started;
    if (waitedUntil.isAfter(run.createdAt())) {
      bars.add(bar(run.createdAt(), waitedUntil, "waiting", "waited"));
    }
    if (attempts.size() > 1) {
      attempts.forEach(attempt ->
          bars.add(
              bar(
                  attempt.startedAt(),
                  attempt.endedAt().orElse(end),
                  attempt.phase().state().wireName(),
                  "attempt " + attempt.number())));
    } else if (started != null) {
      bars.add(bar(started, end, run.stateName().wireName(), Wording.word(run.stateName())));
    } else if (run.stateName().isTerminal() && bars.isEmpty()) {
      bars.add(
          bar(run.createdAt(), end, run.stateName().wireName(), Wording.word(run.stateName())));
    }
    return List.copyOf(bars);
  }

  private Bar bar(Instant start, Instant end, String kind, String what) {
    var left = place(start);
    var right = Math.max(place(end), left);
    var width = Math.max(right - left, LEAST_PARTS);
    var x = Math.min(left, PARTS - width);
    return new Bar(percent(x), percent(width), kind, what);
  }

  /** Where a moment lies, in parts; at an end when it lies beyond. */
  private long place(Instant moment) {
    var whole = Math.max(1, Duration.between(from, to).toMillis());
    var passed = Math.clamp(Duration.between(from, moment).toMillis(), 0, whole);
    return BigDecimal.valueOf(passed)
        .multiply(BigDecimal.valueOf(PARTS))
        .divideToIntegralValue(BigDecimal.valueOf(whole))
        .longValueExact();
  }

  private static String percent(long parts) {
    return BigDecimal.valueOf(parts, 3).toPlainString() + "%";
  }
}
