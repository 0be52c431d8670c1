package dev.runs.application.queue;

import dev.runs.application.run.RunJobs;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobKey;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the queue knows of its runs, from the moment they are asked for until they are deleted. */
public interface Jobs extends RunJobs {

  /** A job with what it is given. */
  record NewJob(Job job, OrganizationId organization, Payload input) {}

  /** A key within its organization. */
  record OwnedKey(OrganizationId organization, JobKey key) {}

  /**
   * Adds jobs of runs that were added before.
   *
   * @throws KeyTaken when a job of the same organization has one of the keys
   */
  void addAll(List<NewJob> jobs);

  /** The runs that have these keys, also those of subtrees that are being deleted; in one query. */
  Map<OwnedKey, Job> findAllByKey(Collection<OwnedKey> keys);

  /** Replaces the stored jobs by these later versions of them. */
  void saveAll(List<Job> jobs);

  /** Keeps what a job gave back, once. */
  void addOutput(RunId run, Payload output);

  default Optional<Job> find(RunId run) {
    return Optional.ofNullable(findAll(List.of(run)).get(run));
  }

  /** Another job has the key; whoever looks again finds it. */
  final class KeyTaken extends RuntimeException {
    public KeyTaken(Throwable cause) {
      super("a job of the organization has the key", cause);
    }
  }
}
