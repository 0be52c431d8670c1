package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.audit.Auditor;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Does a run again that has ended: as a new run that names the old one. */
public final class RetryRun {

  private final Runs runs;
  private final Jobs jobs;
  private final CreateRuns createRuns;
  private final Auditor auditor;

  public RetryRun(Runs runs, Jobs jobs, CreateRuns createRuns, Auditor auditor) {
    this.runs = runs;
    this.jobs = jobs;
    this.createRuns = createRuns;
    this.auditor = auditor;
  }

  /**
   * Enqueues a run with the kind, the input, the priority and the limits of the old one, beside it
   * in the tree, at once and without its key.
   *
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws QueueRejected.NotQueued when it was never in the queue
   * @throws QueueRejected.NotFinished when it has not ended
   */
  public MadeRun retry(Caller caller, RunId id, Receipt<MadeRun> receipt) {
    var old = runs.get(caller.reach(), id);
    var job = jobs.find(id).orElseThrow(() -> new QueueRejected.NotQueued(id));
    if (old.stateName().isLive()) {
      throw new QueueRejected.NotFinished(id, old.stateName());
    }
    return createRuns
        .createAll(caller, List.of(again(old, job)), new Audited(caller, old, receipt))
        .getFirst();
  }

  private NewRun again(Run old, Job job) {
    var input =
        Objects.requireNonNull(
            jobs.payloads(List.of(old.id())).get(old.id()), "a queued run has an input");
    var parent = Optional.ofNullable(old.parent()).<NewRun.Parent>map(NewRun.Parent.Existing::new);
    return NewRun.queued(
        old.organization(),
        Optional.of(new ProjectRef.BySlug(old.space().project())),
        parent,
        new JobRequest(
            job.kind(),
            input.input(),
            Optional.of(job.maxAttempts()),
            job.priority(),
            Optional.empty(),
            job.timeout(),
            Optional.empty(),
            "",
            Optional.of(old.id())));
  }

  /** Takes note of the retry in its transaction. */
  private final class Audited implements Receipt<List<MadeRun>> {

    private final Caller caller;
    private final Run old;
    private final Receipt<MadeRun> receipt;

    Audited(Caller caller, Run old, Receipt<MadeRun> receipt) {
      this.caller = caller;
      this.old = old;
      this.receipt = receipt;
    }

    @Override
    public void open() {
      receipt.open();
    }

    @Override
    public void record(List<MadeRun> made) {
      auditor.note(
          caller,
          old.organization(),
          AuditAction.RUN_RETRIED,
          "run:" + old.id(),
          Map.of("retriedBy", made.getFirst().run().id().toString()));
      receipt.record(made.getFirst());
    }
  }
}
