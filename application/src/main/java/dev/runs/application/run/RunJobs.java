package dev.runs.application.run;

import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What the queue knows of runs, for those who only read it. */
public interface RunJobs {

  /** What a job is given and what it gave back. */
  record Payloads(Payload input, Optional<Payload> output) {}

  /** Those of these runs that are in the queue or were, by run; in one query. */
  Map<RunId, Job> findAll(Collection<RunId> runs);

  /** What these jobs were given and gave back, by run; in one query. */
  Map<RunId, Payloads> payloads(Collection<RunId> runs);
}
