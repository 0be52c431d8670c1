package dev.runs.application.queue;

import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands in the queue of an organization, for people. Everything is read at a cost that does
 * not grow with the queue; where that hides something, it is said.
 */
public interface QueueContents {

  /** Among how many leases workers are looked for. */
  int MOST_LEASES = 50_000;

  /** Runs that are counted in one state, shared by the kinds that are asked for. */
  int MOST_COUNTED = 100_000;

  /** The most runs of one kind that are counted in one state. */
  int MOST_OF_A_KIND = 10_000;

  /**
   * @param ready can be claimed
   * @param delayed can be claimed later
   * @param running are executed
   * @param oldestReadyAt since when the one among those counted is ready that is so for longest;
   *     nothing when none is ready
   */
  record KindLoad(
      Kind kind, Amount ready, Amount delayed, Amount running, Optional<Instant> oldestReadyAt) {}

  /**
   * A run that is executed.
   *
   * @param heardAt when its worker was heard of last
   * @param expiresAt when it is taken away unless the worker is heard of
   * @param cancelBy until when the worker was asked to stop; nothing when it was not
   */
  record Executed(
      RunId run,
      Slug project,
      Kind kind,
      int attempt,
      WorkerId worker,
      Instant claimedAt,
      Instant heardAt,
      Instant expiresAt,
      Optional<Instant> cancelBy) {}

  /**
   * Who executes runs.
   *
   * @param running how many, at least one
   * @param kinds of these, in order
   * @param heardAt when it was heard of last, whatever the run
   * @param oldestClaimAt since when it executes the run that it has for longest
   */
  record Worker(
      WorkerId id, int running, List<Kind> kinds, Instant heardAt, Instant oldestClaimAt) {

    public Worker {
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * Some of those who execute runs.
   *
   * @param first by name
   * @param isEveryLeaseSeen whether all leases were looked at, so that nobody is left out for that
   */
  record Workers(List<Worker> first, boolean isEveryLeaseSeen) {

    public Workers {
      first = List.copyOf(first);
    }
  }

  /**
   * Kinds that have runs that wait or are executed, or of which something is said or known, by the
   * order of their names in UTF-8.
   *
   * @param after the last kind of the page before; nothing for the first page
   */
  List<KindLoad> loads(Reach.Within reach, Optional<Kind> after, int limit);

  /** Nothing but zeros when there is nothing of this kind. */
  KindLoad load(Reach.Within reach, Kind kind);

  /** The runs of a kind that would be claimed first if they were all of one project. */
  List<Waiting> ready(Reach.Within reach, Kind kind, int most);

  /** The runs of a kind whose time comes first. */
  List<Waiting> delayed(Reach.Within reach, Kind kind, int most);

  /** The runs of a kind that are executed for longest. */
  List<Executed> running(Reach.Within reach, Kind kind, int most);

  /**
   * Those who execute runs, by name. They are looked for among {@value #MOST_LEASES} leases, in the
   * order of their kinds and oldest first; whoever has none of these is left out.
   */
  Workers workers(Reach.Within reach, int most);
}
