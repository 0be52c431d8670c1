package dev.runs.adapters.web.run;

import dev.runs.application.run.EndReasons.EndReason;
import dev.runs.application.tree.TraceFailure.Trace;
import dev.runs.domain.queue.Job;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the top of every page about one run.
 *
 * @param above the runs above it, the root first
 * @param trace where its failure comes from; null when it did not fail
 * @param cancellation why it was canceled; null when it was not, or nobody said so
 * @param form the number of the form that retries it, which is done once
 * @param mayWrite whether whoever looks may act on it
 */
public record RunHead(
    RunLine line,
    List<Run> above,
    @Nullable Trace trace,
    @Nullable EndReason cancellation,
    String form,
    boolean mayWrite) {

  public RunHead {
    above = List.copyOf(above);
  }

  public Run run() {
    return line.run();
  }

  /** What the queue knows of it; null when it is executed elsewhere. */
  public @Nullable Job job() {
    return line.row().facts().job().orElse(null);
  }

  /** The run that it does again; null for none. */
  public @Nullable RunId retryOf() {
    var job = job();
    return job == null ? null : job.retryOf().orElse(null);
  }

  /** When somebody asked its worker to stop; null when nobody did. */
  public @Nullable Instant askedToStopAt() {
    var job = job();
    return job == null ? null : job.cancelRequestedAt().orElse(null);
  }

  /** Why it was canceled; null when nobody said so. */
  public @Nullable String reason() {
    return cancellation == null ? null : cancellation.text();
  }

  /** Who canceled it and said why; null when nobody did. */
  public @Nullable String canceledBy() {
    return cancellation == null ? null : cancellation.by().value();
  }

  public boolean mayCancel() {
    return mayWrite && run().stateName().isLive();
  }

  public boolean mayRetry() {
    return mayWrite && job() != null && run().stateName().isTerminal();
  }

  public boolean mayDelete() {
    return mayWrite;
  }

  /** How many runs stand below it. */
  public long below() {
    return line.row().rollup().descendantCount();
  }
}
