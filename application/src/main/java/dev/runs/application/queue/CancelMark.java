package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.audit.Auditor;
import dev.runs.application.queue.Cancellations.Cancellation;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.run.Run;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Marks a run for being canceled with everything below it, and writes down who did so. */
public final class CancelMark {

  private final Cancellations cancellations;
  private final Auditor auditor;
  private final InstantSource clock;

  public CancelMark(Cancellations cancellations, Auditor auditor, InstantSource clock) {
    this.cancellations = cancellations;
    this.auditor = auditor;
    this.clock = clock;
  }

  /**
   * As part of the open transaction.
   *
   * @param run has not ended
   * @param reason why; kept in 16 KiB
   * @param details what the audit log is told beside the name
   */
  public void set(Caller caller, Run run, Optional<String> reason, Map<String, String> details) {
    cancellations.mark(
        new Cancellation(
            run.path(), run.organization(), caller.principal(), clock.instant(), reason));
    var told = new HashMap<>(details);
    told.put("name", run.name().value());
    auditor.note(caller, run.organization(), AuditAction.RUN_CANCELED, "run:" + run.id(), told);
  }
}
