package dev.runs.adapters.cli.worker;

import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a worker gets its runs: a server, or an installation that this process has opened. What
 * cannot be done for now is {@link WorkSourceUnavailable}, what will never be done any other
 * exception. May be used by many threads.
 */
public interface WorkSource extends AutoCloseable {

  /**
   * @param limit the most runs, 1 to 100
   * @param lease how long the worker may be silent
   * @param patience how long to wait until something is ready
   */
  record Wish(WorkerId worker, Set<Kind> kinds, int limit, Duration lease, Duration patience) {}

  /** What became of a lease that was to last longer. */
  enum Kept {
    /** It lasts longer. */
    HELD,
    /** It lasts longer, and the worker is asked to stop the run. */
    ASKED_TO_STOP,
    /** It is not the worker's any more. */
    LOST
  }

  List<ClaimedRun> claim(Wish wish);

  /**
   * Lets leases last longer.
   *
   * @param lease counted from now
   * @return for each of the runs
   */
  Map<RunId, Kept> keep(WorkerId worker, List<ClaimedRun> held, Duration lease);

  /**
   * Reports how an attempt ended. Saying it again changes nothing.
   *
   * @throws LeaseLost when the lease is not the worker's any more
   * @throws ReportRefused when it cannot be reported so
   */
  void report(WorkerId worker, ClaimedRun run, Outcome outcome);

  @Override
  void close();
}
