package dev.runs.adapters.cli.worker;

import dev.runs.adapters.cli.secret.Masking;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.TraceContext;
import java.time.Duration;
import java.util.function.Supplier;

/** A run that a handler is to execute. */
public final class Assignment {

  private final ClaimedRun run;
  private final WorkerId worker;
  private final String input;
  private final Masking masking;
  private final Supplier<Duration> grace;

  Assignment(
      ClaimedRun run, WorkerId worker, String input, Masking masking, Supplier<Duration> grace) {
    this.run = run;
    this.worker = worker;
    this.input = input;
    this.masking = masking;
    this.grace = grace;
  }

  public String runId() {
    return run.id().toString();
  }

  /** The run at the top of its tree. */
  public String rootId() {
    return run.root().toString();
  }

  public String kind() {
    return run.kind().value();
  }

  /** By slug. */
  public String project() {
    return run.project();
  }

  /** Which attempt this is, from 1. */
  public int attempt() {
    return run.attempt();
  }

  /** How many attempts may count before the run fails. */
  public int maxAttempts() {
    return run.maxAttempts();
  }

  public String workerId() {
    return worker.value();
  }

  /** The trace of the run's tree, 32 hexadecimal digits. */
  public String traceId() {
    return trace().traceId();
  }

  /** The W3C header under which what the handler does belongs to the span of the run. */
  public String traceparent() {
    return trace().traceparent();
  }

  private TraceContext trace() {
    return new TraceContext(run.root(), run.id());
  }

  /** JSON, with the secrets that it refers to. Not to be written anywhere. */
  public String input() {
    return input;
  }

  /** How long the handler has once its thread was interrupted; zero when the lease is lost. */
  public Duration graceForStopping() {
    return grace.get();
  }

  /** A text without the secrets of the input. Outputs and errors are masked in any case. */
  public String mask(String text) {
    return masking.mask(text);
  }

  Masking masking() {
    return masking;
  }

  /** Never shows the input. */
  @Override
  public String toString() {
    return run.toString();
  }
}
