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
   * As part of the open transaction. A run that has ended meanwhile is left as it is, and nothing
   * is written down.
   *
   * @param reason why; kept in 16 KiB
   * @param details what the audit log is told beside the name
   * @return whether the run is marked now
   */
  public boolean set(Caller caller, Run run, Optional<String> reason, Map<String, String> details) {
    var isMarked =
        cancellations.mark(
            new Cancellation(
                run.path(), run.organization(), caller.principal(), clock.instant(), reason));
    if (isMarked) {
      note(caller, run, details);
    }
    return isMarked;
  }

  private void note(Caller caller, Run run, Map<String, String> details) {
    var told = new HashMap<>(details);
    told.put("name", run.name().value());
    auditor.note(caller, run.organization(), AuditAction.RUN_CANCELED, "run:" + run.id(), told);
  }
}
