package dev.runs.adapters.web.run;

import dev.runs.application.action.ActionDetails.End;
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
 * @param end how it ended, as far as anybody said
 * @param mayWrite whether whoever looks may act on it
 */
public record RunHead(
    RunLine line, List<Run> above, @Nullable Trace trace, End end, boolean mayWrite) {

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
    return end instanceof End.Aborted(var reason, _, _) ? reason.orElse(null) : null;
  }

  /** Who canceled it and said why; null when nobody did. */
  public @Nullable String canceledBy() {
    return end instanceof End.Aborted(_, var by, _) ? by.orElse(null) : null;
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
