package dev.runs.adapters.persistence.queue;

import dev.runs.adapters.persistence.generated.tables.records.QueueReadyRecord;
import dev.runs.application.queue.WaitingRuns.Line;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The first run of each line, as far as it was seen: where a search begins. Before it lie only runs
 * that are gone, and as long as another session's snapshot is held their entries stay in the index,
 * where each search would have to pass over all of them.
 *
 * <p>What is added before a floor by this node takes the floor away. What others add there is found
 * by the next search that begins at the lowest.
 */
final class LineFloors {

  /** A place in a line, before all runs of that rank that became ready then. */
  record Floor(int rank, Instant readyAt) implements Comparable<Floor> {

    static final Floor LOWEST = new Floor(Integer.MIN_VALUE, Instant.EPOCH);

    private static final Comparator<Floor> IN_LINE =
        Comparator.comparingInt(Floor::rank).thenComparing(Floor::readyAt);

    static Floor at(QueueReadyRecord row) {
      return new Floor(row.getRank(), row.getReadyAt());
    }

    @Override
    public int compareTo(Floor other) {
      return IN_LINE.compare(this, other);
    }
  }

  private static final int MOST_LINES = 10_000;

  private final Map<Line, Floor> floors = new ConcurrentHashMap<>();

  Floor of(Line line) {
    return floors.getOrDefault(line, Floor.LOWEST);
  }

  /** Nothing was found behind the floors of these lines. */
  void forget(Collection<Line> lines) {
    lines.forEach(floors::remove);
  }

  /**
   * What a search has found, from the lowest or from the floor.
   *
   * @param rows in any order
   */
  void saw(List<QueueReadyRecord> rows) {
    if (floors.size() > MOST_LINES) {
      floors.clear();
    }
    var lowest = new HashMap<Line, Floor>();
    for (var row : rows) {
      lowest.merge(
          JooqWaitingRuns.lineOf(row),
          Floor.at(row),
          (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }
    floors.putAll(lowest);
  }

  /** Runs that this node adds. */
  void added(List<QueueReadyRecord> rows) {
    for (var row : rows) {
      floors.computeIfPresent(
          JooqWaitingRuns.lineOf(row),
          (_, floor) -> Floor.at(row).compareTo(floor) < 0 ? null : floor);
    }
  }
}
