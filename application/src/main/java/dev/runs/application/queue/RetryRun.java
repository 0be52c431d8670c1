package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.NewRunWriter.Order;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.secret.Input;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Does a run again that has ended: as a new run that names the old one. */
public final class RetryRun {

  /** What the old run was given is kept already. */
  private static final Input ACCEPTED_BEFORE = new Input.Members(Map.of());

  private final Runs runs;
  private final Jobs jobs;
  private final NewRunWriter writer;
  private final Auditor auditor;
  private final Transactions transactions;

  public RetryRun(
      Runs runs, Jobs jobs, NewRunWriter writer, Auditor auditor, Transactions transactions) {
    this.runs = runs;
    this.jobs = jobs;
    this.writer = writer;
    this.auditor = auditor;
    this.transactions = transactions;
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
    caller.require(Scope.RUNS_WRITE);
    return NewRunWriter.retrying(() -> transactions.inTransaction(receipt, () -> once(caller, id)));
  }

  private MadeRun once(Caller caller, RunId id) {
    var old = runs.get(caller.reach(), id);
    var job = jobs.find(id).orElseThrow(() -> new QueueRejected.NotQueued(id));
    if (old.stateName().isLive()) {
      throw new QueueRejected.NotFinished(id, old.stateName());
    }
    var made = writer.writeOne(Order.of(caller, again(old, job)));
    auditor.note(
        caller,
        old.organization(),
        AuditAction.RUN_RETRIED,
        "run:" + id,
        Map.of("retriedBy", made.run().id().toString()));
    return made;
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
            Optional.of(old.id())),
        ACCEPTED_BEFORE);
  }
}
