package dev.runs.application.queue;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leases that workers hold. A lease is there until its outcome is reported, or until it is taken
 * away: while it is there its token is good, whatever the time is.
 */
public interface Leases {

  /**
   * @param length how long it holds unless the worker is heard of
   * @param timeout how long the attempt may take; nothing for no limit
   */
  record NewLease(
      RunId run,
      OrganizationId organization,
      Slug project,
      Kind kind,
      int attempt,
      LeaseToken token,
      WorkerId worker,
      Duration length,
      Optional<Duration> timeout) {}

  /** What a worker shows. */
  record Shown(RunId run, int attempt, LeaseToken token, WorkerId worker) {

    /** What the holder of a lease shows. */
    public static Shown of(Lease lease) {
      return new Shown(lease.run(), lease.attempt(), lease.token(), lease.worker());
    }
  }

  /** Why a lease is taken away. */
  enum Reason {
    /** The worker was asked to stop and did not in time. */
    CANCEL_OVERDUE,
    /** The attempt takes too long. */
    TIMED_OUT,
    /** The worker was not heard of. */
    EXPIRED
  }

  /** A lease whose time is over. */
  record Overdue(Lease lease, Reason reason) {}

  /** A kind within its organization. */
  record OwnedKind(OrganizationId organization, Kind kind) {}

  /** Adds leases of runs that have none; as they are kept, by run. */
  Map<RunId, Lease> addAll(List<NewLease> leases);

  /**
   * Those of these leases that hold and are within reach, by run, and keeps them from everybody
   * else until the transaction ends.
   */
  Map<RunId, Lease> takeAll(Reach reach, Collection<Shown> shown);

  /**
   * Lets those of these leases that hold and are within reach last longer, counted from now.
   *
   * @param length how long; nothing for what it was when it was given
   * @return as they are now, by run
   */
  Map<RunId, Lease> extendAll(Reach reach, Collection<Shown> shown, Optional<Duration> length);

  void removeAll(Collection<RunId> runs);

  /**
   * Asks for the end of these runs within a time, counted from now; what was asked before stands.
   *
   * @return the runs among them that have a lease
   */
  List<RunId> cancelWithin(Collection<RunId> runs, Duration grace);

  /**
   * Leases whose time is over, the longest first, and keeps them from everybody else until the
   * transaction ends. What somebody else keeps is passed over.
   */
  List<Overdue> takeOverdue(int most);

  /** How many leases each of these kinds has. */
  Map<OwnedKind, Integer> count(Collection<OwnedKind> kinds);
}
