package dev.runs.application.queue;

import dev.runs.application.ItemResult;
import dev.runs.application.queue.Jobs.NewJob;
import dev.runs.application.queue.Jobs.OwnedKey;
import dev.runs.application.queue.Leases.OwnedKind;
import dev.runs.application.queue.WaitingRuns.NewWaiting;
import dev.runs.application.queue.WaitingRuns.Readiness;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.QueueEntrance;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Reach;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets new runs into the queue; one that was asked for before is found again by its key. */
public final class EnterQueue implements QueueEntrance {

  private final Runs runs;
  private final Jobs jobs;
  private final WaitingRuns waiting;
  private final KindPolicies policies;
  private final Cancellations cancellations;

  public EnterQueue(
      Runs runs,
      Jobs jobs,
      WaitingRuns waiting,
      KindPolicies policies,
      Cancellations cancellations) {
    this.runs = runs;
    this.jobs = jobs;
    this.waiting = waiting;
    this.policies = policies;
    this.cancellations = cancellations;
  }

  @Override
  public List<ItemResult<Known>> look(List<Asked> asked) {
    if (asked.isEmpty()) {
      return List.of();
    }
    var keys = asked.stream().flatMap(one -> key(one).stream()).distinct().toList();
    var known = keys.isEmpty() ? Map.<OwnedKey, Job>of() : jobs.findAllByKey(keys);
    var madeBefore =
        known.isEmpty()
            ? Map.<RunId, Run>of()
            : runs.findAll(Reach.everywhere(), known.values().stream().map(Job::run).toList());
    var policyOf = policies.findAll(asked.stream().map(EnterQueue::kind).distinct().toList());
    var answers = new ArrayList<ItemResult<Known>>(asked.size());
    for (var one : asked) {
      answers.add(
          key(one)
              .flatMap(key -> Optional.ofNullable(known.get(key)))
              .map(job -> before(one.request(), job, madeBefore.get(job.run())))
              .orElseGet(() ->
                  new ItemResult.Done<>(new Known(completed(one, policyOf), Optional.empty()))));
    }
    return answers;
  }

  private static ItemResult<Known> before(JobRequest request, Job job, @Nullable Run run) {
    if (run == null) {
      return new ItemResult.Refused<>(new QueueRejected.KeyBeingDeleted());
    }
    if (!job.fingerprint().equals(request.fingerprint())) {
      return new ItemResult.Refused<>(new QueueRejected.KeyReused());
    }
    return new ItemResult.Done<>(
        new Known(request, Optional.of(new MadeRun(run, Optional.of(job), false))));
  }

  private static JobRequest completed(Asked asked, Map<OwnedKind, KindPolicy> policyOf) {
    var policy = policyOf.get(kind(asked));
    return policy == null ? asked.request() : asked.request().completedBy(policy);
  }

  @Override
  public List<Job> enter(List<Entering> entering) {
    var added =
        entering.stream()
            .map(one ->
                new NewJob(
                    Job.waiting(one.run().id(), one.request()),
                    one.run().organization(),
                    one.request().input()))
            .toList();
    try {
      jobs.addAll(added);
    } catch (Jobs.KeyTaken e) {
      throw new Taken(e);
    }
    waiting.addAll(entering.stream().map(EnterQueue::newWaiting).toList());
    return added.stream().map(NewJob::job).toList();
  }

  private static NewWaiting newWaiting(Entering entering) {
    var run = entering.run();
    var request = entering.request();
    return new NewWaiting(
        new Waiting(
            run.id(),
            run.organization(),
            run.space().project(),
            request.kind(),
            request.priority(),
            run.createdAt()),
        request.scheduledAt().<Readiness>map(Readiness.At::new).orElseGet(Readiness.Now::new));
  }

  @Override
  public Set<RunPath> canceledAmong(Collection<RunPath> paths) {
    return paths.isEmpty() ? Set.of() : cancellations.holdFrom(paths);
  }

  private static Optional<OwnedKey> key(Asked asked) {
    return asked.request().key().map(key -> new OwnedKey(asked.organization(), key));
  }

  private static OwnedKind kind(Asked asked) {
    return new OwnedKind(asked.organization(), asked.request().kind());
  }
}
