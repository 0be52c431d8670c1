package dev.runs.adapters.rest.metrics;

import dev.runs.application.queue.MeasureLoad;
import dev.runs.application.queue.MeasureLoad.Load;
import dev.runs.domain.queue.Kind;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How much work waits, as it was last measured. What could not be measured is not shown. */
@Component
final class LoadGauges {

  private static final Logger LOG = LoggerFactory.getLogger(LoadGauges.class);

  private static final double NANOS_OF_A_SECOND = Duration.ofSeconds(1).toNanos();

  private record Series(String kind, String state) {

    Tags tags() {
      return Tags.of("kind", kind, "state", state);
    }
  }

  private final MeasureLoad measureLoad;
  private final MultiGauge depth;
  private final MultiGauge oldest;
  private volatile @Nullable Load load;

  LoadGauges(MeasureLoad measureLoad, PrometheusMeterRegistry registry) {
    this.measureLoad = measureLoad;
    this.depth =
        MultiGauge.builder("runs.queue.depth")
            .description("Queued runs that are ready, delayed or running")
            .register(registry);
    this.oldest =
        MultiGauge.builder("runs.queue.oldest.ready")
            .description("How long the run is ready that is so for longest")
            .baseUnit("seconds")
            .register(registry);
    gauge("runs.queue.depth.complete", its -> its.isComplete() ? 1 : 0)
        .description("1 when the depth counts every run, 0 when some counts are capped")
        .register(registry);
    gauge("runs.events.pending", Load::pendingEvents)
        .description("Events without a place in the log, counted up to 10000")
        .register(registry);
    gauge("runs.deltas.pending", Load::pendingDeltas)
        .description("Changes of sums that were not folded yet, counted up to 10000")
        .register(registry);
  }

  /** Looks anew, if it is time. */
  synchronized void refresh() {
    try {
      show(measureLoad.measure());
    } catch (RuntimeException e) {
      LOG.warn("How much work waits could not be measured: {}", e.toString());
      load = null;
      depth.register(List.of(), true);
      oldest.register(List.of(), true);
    }
  }

  private void show(Load measured) {
    load = measured;
    var counts = new HashMap<Series, Integer>();
    var ages = new HashMap<String, Duration>();
    for (var one : measured.kinds()) {
      // a kind may bear the name of all the others
      var label = one.kind().map(Kind::value).orElse(KindLabels.OTHER);
      counts.merge(new Series(label, "ready"), one.ready(), Integer::sum);
      counts.merge(new Series(label, "delayed"), one.delayed(), Integer::sum);
      counts.merge(new Series(label, "running"), one.running(), Integer::sum);
      one.oldestReady()
          .ifPresent(age -> ages.merge(label, age, (a, b) -> a.compareTo(b) > 0 ? a : b));
    }
    depth.register(rows(counts, Series::tags, count -> count), true);
    oldest.register(rows(ages, label -> Tags.of("kind", label), LoadGauges::seconds), true);
  }

  private static <K, V> List<Row<?>> rows(
      Map<K, V> values, Function<K, Tags> tags, Function<V, Number> number) {
    return values.entrySet().stream()
        .<Row<?>>map(entry -> Row.of(tags.apply(entry.getKey()), number.apply(entry.getValue())))
        .toList();
  }

  private static double seconds(Duration age) {
    return age.toNanos() / NANOS_OF_A_SECOND;
  }

  private Gauge.Builder<LoadGauges> gauge(String name, ToDoubleFunction<Load> value) {
    return Gauge.builder(name, this, gauges -> gauges.shown(value));
  }

  private double shown(ToDoubleFunction<Load> value) {
    var now = load;
    return now == null ? Double.NaN : value.applyAsDouble(now);
  }
}
