package dev.runs.application.event;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.overview.InMemoryActivity;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events in memory: an inbox, and the log into which they are sequenced. */
public final class InMemoryRunEvents implements RunEvents, RunEventLog {

  private static final String LAST = "last";
  private static final String FORGOTTEN = "forgotten";

  private final InMemoryTransactions.Table<Long, RunEvent> inbox;
  private final InMemoryTransactions.Table<Long, Entry> log;

  /** The last position, and the last one that is forgotten. */
  private final InMemoryTransactions.Table<String, Long> positions;

  private final InMemoryActivity activity;

  /**
   * @param activity is told of each event that gets its place
   */
  public InMemoryRunEvents(InMemoryTransactions transactions, InMemoryActivity activity) {
    this.inbox = transactions.table(Comparator.<Long>naturalOrder());
    this.log = transactions.table(Comparator.<Long>naturalOrder());
    this.activity = activity;
    this.positions = transactions.table(Comparator.<String>naturalOrder());
  }

  @Override
  public void add(List<RunEvent> events) {
    for (var event : events) {
      var last = inbox.lastKey();
      inbox.put(last == null ? 1 : last + 1, event);
    }
  }

  @Override
  public int sequence(int most) {
    var moved = inbox.keys().stream().limit(most).toList();
    for (var key : moved) {
      var event = inbox.remove(key);
      if (event != null) {
        var position = lastPosition() + 1;
        positions.put(LAST, position);
        log.put(position, new Entry(position, event));
        activity.count(event);
      }
    }
    return moved.size();
  }

  /** When what has no position yet has happened, in the order in which it was told. */
  public List<Instant> waitingSince() {
    return inbox.all().stream().map(RunEvent::at).toList();
  }

  @Override
  public boolean hasWaiting() {
    return inbox.size() > 0;
  }

  @Override
  public boolean hasWaitingOf(RunId run) {
    return inbox.all().stream().anyMatch(event -> event.run().equals(run));
  }

  @Override
  public boolean hasWaitingBelow(RunId root) {
    return inbox.all().stream().anyMatch(event -> event.root().equals(root));
  }

  @Override
  public int waiting(int most) {
    return Math.min(most, inbox.size());
  }

  @Override
  public List<Entry> after(long position, int limit) {
    return log.between(position + 1, Long.MAX_VALUE).stream().limit(limit).toList();
  }

  @Override
  public List<Entry> selected(EventSelection selection, long after, long upTo, int limit) {
    var end = Math.min(Math.max(after, upTo), Long.MAX_VALUE - 1) + 1;
    return log.between(after + 1, end).stream()
        .filter(entry -> selection.includes(entry.event()))
        .limit(limit)
        .toList();
  }

  @Override
  public long last(EventSelection selection) {
    return log.all().stream()
        .filter(entry -> selection.includes(entry.event()))
        .mapToLong(Entry::position)
        .max()
        .orElse(0);
  }

  @Override
  public long lastPosition() {
    return orZero(positions.get(LAST));
  }

  @Override
  public long firstPosition() {
    return orZero(positions.get(FORGOTTEN)) + 1;
  }

  @Override
  public int forget(Instant before, int most) {
    var old =
        log.all().stream()
            .limit(most)
            .takeWhile(entry -> entry.event().at().isBefore(before))
            .map(Entry::position)
            .toList();
    old.forEach(log::remove);
    if (!old.isEmpty()) {
      positions.put(FORGOTTEN, old.getLast());
    }
    return old.size();
  }

  private static long orZero(@Nullable Long position) {
    return position == null ? 0 : position;
  }
}
