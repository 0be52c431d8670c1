package dev.runs.bootstrap.tracing;

import dev.runs.domain.queue.Kind;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.TraceContext;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A run that has ended, as one span: from when its first attempt began to its end. One that never
 * began has none of that time. Inputs, outputs and messages of failures are not in it, for they may
 * hold what a collector is not to see.
 *
 * @param worker who executed it last; nothing when no worker did
 */
record RunSpan(Run run, Optional<String> worker, Resource resource) implements SpanData {

  private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("dev.runs");

  @Override
  public String getName() {
    var origin = run.origin();
    return isOfQueue() ? origin.task() : origin.service() + "/" + origin.task();
  }

  private boolean isOfQueue() {
    return run.origin().service().equals(Kind.SERVICE);
  }

  @Override
  public SpanKind getKind() {
    return isOfQueue() ? SpanKind.CONSUMER : SpanKind.INTERNAL;
  }

  @Override
  public SpanContext getSpanContext() {
    return context(new TraceContext(run.path().root(), run.id()));
  }

  @Override
  public SpanContext getParentSpanContext() {
    var parent = run.path().parent();
    return parent == null
        ? SpanContext.getInvalid()
        : context(new TraceContext(run.path().root(), parent));
  }

  private static SpanContext context(TraceContext trace) {
    return SpanContext.create(
        trace.traceId(), trace.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  @Override
  public StatusData getStatus() {
    return switch (run.state()) {
      case RunState.Failed(_, var failure) ->
          StatusData.create(StatusCode.ERROR, failureKind(failure));
      case RunState.TimedOut _ -> StatusData.create(StatusCode.ERROR, "timed_out");
      default -> StatusData.unset();
    };
  }

  private static String failureKind(RunFailure failure) {
    return failure.kind().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Attributes getAttributes() {
    var attributes =
        Attributes.builder()
            .put("run.id", run.id().toString())
            .put("run.state", run.stateName().wireName())
            .put("run.attempt", run.attempt())
            .put("run.project", run.space().project().value())
            .put("organization.id", run.organization().toString());
    if (isOfQueue()) {
      attributes.put("run.kind", run.origin().task());
    }
    worker.ifPresent(name -> attributes.put("run.worker", name));
    return attributes.build();
  }

  @Override
  public long getStartEpochNanos() {
    var started = run.startedAt();
    return started == null ? getEndEpochNanos() : nanos(started);
  }

  @Override
  public long getEndEpochNanos() {
    var ended = run.endedAt();
    return nanos(ended == null ? run.updatedAt() : ended);
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  @Override
  public List<EventData> getEvents() {
    return List.of();
  }

  @Override
  public List<LinkData> getLinks() {
    return List.of();
  }

  @Override
  public int getTotalRecordedEvents() {
    return 0;
  }

  @Override
  public int getTotalRecordedLinks() {
    return 0;
  }

  @Override
  public int getTotalAttributeCount() {
    return getAttributes().size();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return SCOPE;
  }

  @Override
  @SuppressWarnings("deprecation") // the interface still asks for it
  public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    return InstrumentationLibraryInfo.create(SCOPE.getName(), null);
  }

  @Override
  public Resource getResource() {
    return resource;
  }
}
