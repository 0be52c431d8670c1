package dev.runs.bootstrap.tracing;

import dev.runs.application.run.EndedRuns;
import dev.runs.domain.run.Run;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a span of each run that ends to a collector, over OTLP/HTTP. Spans are gathered and sent by
 * one thread; no run waits for it. When the collector is slower than the runs, or away, spans are
 * dropped, and the log says how many.
 */
public final class OtlpRunSpans implements EndedRuns, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OtlpRunSpans.class);

  /** What waits to be sent. */
  static final int MOST_WAITING = 10_000;

  /** What is sent at once. */
  private static final int MOST_TOGETHER = 512;

  /** How long spans are gathered before they are sent, unless they are many. */
  private static final Duration GATHERING = Duration.ofMillis(500);

  /** Of one request, its repetitions included. */
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(10);

  /** How long the end of the process is held up by what waits. */
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

  private final SpanExporter exporter;
  private final Resource resource;
  private final BlockingQueue<SpanData> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean isClosed;
  private long warnedOf;
  private long warnedAt;

  private OtlpRunSpans(SpanExporter exporter, String version) {
    this.exporter = exporter;
    this.resource =
        Resource.builder()
            .put(AttributeKey.stringKey("service.name"), "runs-service")
            .put(AttributeKey.stringKey("service.version"), version)
            .build();
    this.warnedAt = System.nanoTime() - BETWEEN_WARNINGS.toNanos();
    this.thread = Thread.ofPlatform().name("run-spans").daemon().unstarted(this::run);
  }

  /**
   * @param endpoint the collector's address, to which {@code /v1/traces} is added
   * @param version of this service
   */
  public static OtlpRunSpans to(URI endpoint, String version) {
    var address = endpoint.toString();
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint((address.endsWith("/") ? address : address + "/") + "v1/traces")
            .setTimeout(LONGEST_REQUEST)
            .build();
    var spans = new OtlpRunSpans(exporter, version);
    spans.thread.start();
    return spans;
  }

  @Override
  public void add(Run run, Optional<String> worker) {
    if (!waiting.offer(new RunSpan(run, worker, resource))) {
      dropped.incrementAndGet();
    }
  }

  /** How many spans a collector has taken. */
  public long sent() {
    return sent.get();
  }

  /** How many spans were lost: no room, or the collector did not take them. */
  public long dropped() {
    return dropped.get();
  }

  /** Sends what waits, if the collector is quick. */
  @Override
  public void close() {
    isClosed = true;
    try {
      thread.join(LONGEST_END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exporter.shutdown();
  }

  private void run() {
    try {
      while (!isClosed) {
        send(gathered());
      }
    } catch (InterruptedException e) {
      // nobody else interrupts this thread: the process ends
      isClosed = true;
    }
    for (var rest = rest(); !rest.isEmpty(); rest = rest()) {
      send(rest);
    }
  }

  /** What comes within a while; nothing when nothing comes. */
  private List<SpanData> gathered() throws InterruptedException {
    var end = System.nanoTime() + GATHERING.toNanos();
    var batch = new ArrayList<SpanData>();
    while (batch.size() < MOST_TOGETHER) {
      var next = waiting.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return batch;
      }
      batch.add(next);
    }
    return batch;
  }

  private List<SpanData> rest() {
    var rest = new ArrayList<SpanData>();
    waiting.drainTo(rest, MOST_TOGETHER);
    return rest;
  }

  private void send(List<SpanData> batch) {
    if (batch.isEmpty()) {
      return;
    }
    if (isTaken(batch)) {
      sent.addAndGet(batch.size());
    } else {
      dropped.addAndGet(batch.size());
    }
    warnOfDropped();
  }

  private boolean isTaken(List<SpanData> batch) {
    try {
      return exporter
          .export(batch)
          .join(LONGEST_REQUEST.toMillis() + 1_000, TimeUnit.MILLISECONDS)
          .isSuccess();
    } catch (RuntimeException e) {
      LOG.warn("Spans could not be sent: {}", e.toString());
      return false;
    }
  }

  private void warnOfDropped() {
    var now = System.nanoTime();
    var total = dropped.get();
    if (total > warnedOf && now - warnedAt >= BETWEEN_WARNINGS.toNanos()) {
      LOG.warn("{} spans of runs did not reach the collector.", total - warnedOf);
      warnedOf = total;
      warnedAt = now;
    }
  }
}
