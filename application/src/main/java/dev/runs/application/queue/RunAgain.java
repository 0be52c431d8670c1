package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.ItemResult;
import dev.runs.application.audit.Auditor;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.NewRunWriter.Order;
import dev.runs.application.run.RunJobs.Payloads;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.secret.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Does runs again that have ended: as new runs that name the old ones. */
public final class RunAgain {

  /** What the old run was given is kept already. */
  private static final Input ACCEPTED_BEFORE = new Input.Members(Map.of());

  private final Jobs jobs;
  private final NewRunWriter writer;
  private final Auditor auditor;

  public RunAgain(Jobs jobs, NewRunWriter writer, Auditor auditor) {
    this.jobs = jobs;
    this.writer = writer;
    this.auditor = auditor;
  }

  /**
   * Enqueues for each of them a run with the kind, the input, the priority and the limits of the
   * old one, beside it in the tree, at once and without its key; as part of the open transaction.
   *
   * @param details what the audit log is told beside the new run
   * @return what became of each, in their order: refused are those that were never in the queue,
   *     those that have not ended, and those whose new run is refused
   */
  public List<ItemResult<MadeRun>> all(Caller caller, List<Run> olds, Map<String, String> details) {
    var ids = olds.stream().map(Run::id).toList();
    var jobOf = jobs.findAll(ids);
    var refused = new HashMap<RunId, ItemResult<MadeRun>>();
    var allowed = new LinkedHashMap<Run, Job>();
    for (var old : olds) {
      var job = jobOf.get(old.id());
      if (job == null) {
        refused.put(old.id(), new ItemResult.Refused<>(new QueueRejected.NotQueued(old.id())));
      } else if (old.stateName().isLive()) {
        refused.put(
            old.id(),
            new ItemResult.Refused<>(new QueueRejected.NotFinished(old.id(), old.stateName())));
      } else {
        allowed.put(old, job);
      }
    }
    var made = make(caller, allowed);
    note(caller, made, details);
    var results = new ArrayList<ItemResult<MadeRun>>();
    for (var old : olds) {
      results.add(
          Objects.requireNonNull(
              refused.getOrDefault(old.id(), made.get(old)), "each run has a result"));
    }
    return results;
  }

  private Map<Run, ItemResult<MadeRun>> make(Caller caller, Map<Run, Job> allowed) {
    var made = new LinkedHashMap<Run, ItemResult<MadeRun>>();
    if (allowed.isEmpty()) {
      return made;
    }
    var payloads = jobs.payloads(allowed.keySet().stream().map(Run::id).toList());
    var orders =
        allowed.entrySet().stream()
            .map(one -> Order.of(caller, again(one.getKey(), one.getValue(), payloads)))
            .toList();
    var results = writer.write(orders).iterator();
    allowed.keySet().forEach(old -> made.put(old, results.next()));
    return made;
  }

  private void note(
      Caller caller, Map<Run, ItemResult<MadeRun>> made, Map<String, String> details) {
    made.forEach((old, result) -> {
      if (result instanceof ItemResult.Done<MadeRun>(var again)) {
        var told = new HashMap<>(details);
        told.put("retriedBy", again.run().id().toString());
        auditor.note(caller, old.organization(), AuditAction.RUN_RETRIED, "run:" + old.id(), told);
      }
    });
  }

  private static NewRun again(Run old, Job job, Map<RunId, Payloads> payloads) {
    var input = Objects.requireNonNull(payloads.get(old.id()), "a queued run has an input");
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
