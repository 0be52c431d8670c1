package dev.runs.application.run;

import dev.runs.application.ItemResult;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The queue, as new runs meet it. */
public interface QueueEntrance {

  /** Work that is wanted in an organization. */
  record Asked(OrganizationId organization, JobRequest request) {}

  /**
   * What is known of a request.
   *
   * @param request with what its kind says
   * @param before the run that was made for it; nothing when it is new
   */
  record Known(JobRequest request, Optional<MadeRun> before) {}

  /** A run that is to wait, and why. */
  record Entering(Run run, JobRequest request) {}

  /** What is known of each of these requests, in their order. */
  List<ItemResult<Known>> look(List<Asked> asked);

  /**
   * Lets runs wait that were added before.
   *
   * @return what the queue knows of each, in their order
   * @throws Taken when somebody else made a run of the same key meanwhile
   */
  List<Job> enter(List<Entering> entering);

  /**
   * Which of these runs take no new run below them, because they or some run above them is
   * canceled. None of the others is canceled before the transaction ends.
   */
  Set<RunPath> canceledAmong(Collection<RunPath> paths);

  /** Two runs of one key; whoever looks again finds the other one. */
  final class Taken extends RuntimeException {
    public Taken(Throwable cause) {
      super("a run of this key was made meanwhile", cause);
    }
  }
}
