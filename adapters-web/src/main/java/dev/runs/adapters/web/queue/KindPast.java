package dev.runs.adapters.web.queue;

import dev.runs.adapters.web.chart.StackedBars;
import dev.runs.adapters.web.chart.StackedBars.Column;
import dev.runs.application.queue.KindActivity;
import dev.runs.application.queue.ShowQueue.KindView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of the runs of a kind in the last day, by half hours.
 *
 * @param spans the oldest first, also those in which nothing was
 * @param whole all of them together
 */
public record KindPast(List<Span> spans, KindActivity whole) {

  private static final Duration LENGTH = Duration.ofMinutes(30);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> COLOURS = List.of("fill-good", "fill-bad", "fill-calm");

  public KindPast {
    spans = List.copyOf(spans);
  }

  /** What was from a moment on. */
  public record Span(Instant from, String clock, KindActivity activity) {}

  static KindPast of(KindView view, Instant now) {
    var spans = new ArrayList<Span>();
    var whole = KindActivity.NONE;
    var length = LENGTH.toSeconds();
    var first = Math.floorDiv(view.pastFrom().getEpochSecond(), length) * length;
    for (var second = first; second <= now.getEpochSecond(); second += length) {
      var from = Instant.ofEpochSecond(second);
      var activity =
          view.past().subMap(from, from.plus(LENGTH)).values().stream()
              .reduce(KindActivity.NONE, KindActivity::plus);
      spans.add(new Span(from, CLOCK.format(from), activity));
      whole = whole.plus(activity);
    }
    return new KindPast(spans, whole);
  }

  /** As bars of runs that succeeded, that did not, and that were canceled. */
  public StackedBars bars() {
    return StackedBars.ofCounts(
        spans.stream()
            .map(span ->
                Column.ofCounts(
                    span.clock(),
                    told(span),
                    span.activity().succeeded(),
                    span.activity().broken(),
                    span.activity().canceled()))
            .toList(),
        COLOURS);
  }

  private static String told(Span span) {
    var activity = span.activity();
    return String.format(
        Locale.ROOT,
        "%s UTC: %,d succeeded, %,d failed, %,d timed out, %,d canceled",
        span.clock(),
        activity.succeeded(),
        activity.failed(),
        activity.timedOut(),
        activity.canceled());
  }

  /** Those in which something was. */
  public List<Span> busy() {
    return spans.stream().filter(span -> !span.activity().equals(KindActivity.NONE)).toList();
  }
}
