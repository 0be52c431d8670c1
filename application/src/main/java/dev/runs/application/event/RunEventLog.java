package dev.runs.application.event;

import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.List;

/**
 * What happened, in an order that never changes: an event that is committed late gets a later
 * position, so that a reader who follows the positions misses nothing. Old entries are forgotten
 * from the beginning on; the log knows the first position that it keeps.
 */
public interface RunEventLog {

  /**
   * @param position from 1, without gaps
   */
  record Entry(long position, RunEvent event) {}

  /**
   * Gives committed events their positions.
   *
   * @param most how many at most
   * @return how many got one
   */
  int sequence(int most);

  /** Whether there are committed events without a position. */
  boolean hasWaiting();

  /** Whether there are committed events of a run without a position. */
  boolean hasWaitingOf(RunId run);

  /** Whether there are committed events of a root, or of a run below it, without a position. */
  boolean hasWaitingBelow(RunId root);

  /**
   * How many committed events have no position yet.
   *
   * @param most up to how many are counted, at least 1
   */
  int waiting(int most);

  /** The entries behind a position, in order. */
  List<Entry> after(long position, int limit);

  /**
   * The selected entries behind a position, in order.
   *
   * @param upTo the last position that is looked at
   */
  List<Entry> selected(EventSelection selection, long after, long upTo, int limit);

  /** The position of the newest selected entry that is kept; 0 while there is none. */
  long last(EventSelection selection);

  /** The position of the newest entry, also when it is forgotten; 0 while there was none. */
  long lastPosition();

  /** The first position that is not forgotten; one behind the last while there is none. */
  long firstPosition();

  /**
   * Forgets entries from the beginning of the log, up to the first that is not so old.
   *
   * @param before only what happened before this
   * @param most how many at most, at least 1
   * @return how many were forgotten
   */
  int forget(Instant before, int most);
}
