package dev.runs.application.queue;

import dev.runs.application.queue.Leases.OwnedKind;
import dev.runs.domain.queue.Backoff;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.HashSet;
import java.util.Map;

/** What is said about the kinds of some queued runs. */
record PolicyOf(Map<OwnedKind, KindPolicy> policies) {

  static PolicyOf these(KindPolicies policies, Map<RunId, Run> runs, Map<RunId, Job> jobs) {
    var kinds = new HashSet<OwnedKind>();
    jobs.forEach((id, job) -> {
      var run = runs.get(id);
      if (run != null) {
        kinds.add(new OwnedKind(run.organization(), job.kind()));
      }
    });
    return new PolicyOf(kinds.isEmpty() ? Map.of() : policies.findAll(kinds));
  }

  /** How long the run waits before it is tried again. */
  Backoff backoff(QueuedRun queued) {
    var policy = policies.get(new OwnedKind(queued.run().organization(), queued.job().kind()));
    return policy == null ? Backoff.USUAL : policy.backoff();
  }
}
