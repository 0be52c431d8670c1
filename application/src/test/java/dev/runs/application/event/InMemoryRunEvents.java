package dev.runs.application.event;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.event.RunEvent;
import java.util.Comparator;
import java.util.List;

/** Events in memory: an inbox, and the log into which they are sequenced. */
public final class InMemoryRunEvents implements RunEvents, RunEventLog {

  private final InMemoryTransactions.Table<Long, RunEvent> inbox;
  private final InMemoryTransactions.Table<Long, Entry> log;

  public InMemoryRunEvents(InMemoryTransactions transactions) {
    this.inbox = transactions.table(Comparator.<Long>naturalOrder());
    this.log = transactions.table(Comparator.<Long>naturalOrder());
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
        log.put(position, new Entry(position, event));
      }
    }
    return moved.size();
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
  public long lastPosition() {
    var last = log.lastKey();
    return last == null ? 0 : last;
  }
}
