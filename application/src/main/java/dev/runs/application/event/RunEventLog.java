package dev.runs.application.event;

import dev.runs.domain.event.RunEvent;
import java.util.List;

/**
 * What happened, in an order that never changes: an event that is committed late gets a later
 * position, so that a reader who follows the positions misses nothing.
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

  /**
   * How many committed events have no position yet.
   *
   * @param most up to how many are counted, at least 1
   */
  int waiting(int most);

  /** The entries behind a position, in order. */
  List<Entry> after(long position, int limit);

  /** The position of the newest entry; 0 while there is none. */
  long lastPosition();
}
