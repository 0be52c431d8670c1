package dev.runs.application.action;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.action.AttemptReport;
import dev.runs.domain.action.PhaseTransition.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What executors have said of attempts, in memory. */
public final class InMemoryAttemptReports implements AttemptReports {

  private final InMemoryTransactions transactions;
  private final InMemoryTransactions.Table<AttemptKey, AttemptReport> reports;
  private final InMemoryTransactions.Table<String, SeenEvent> seen;
  private final InMemoryTransactions.Table<Long, Happened> happened;

  public InMemoryAttemptReports(InMemoryTransactions transactions, InMemoryRuns runs) {
    this.transactions = transactions;
    this.reports = transactions.table(Comparator.<AttemptKey>naturalOrder());
    this.seen = transactions.table(Comparator.<String>naturalOrder());
    this.happened = transactions.table(Comparator.<Long>naturalOrder());
    runs.whenRemoved(run -> {
      reports.keys().stream().filter(key -> key.run().equals(run)).forEach(reports::remove);
      seen.keys().stream().filter(key -> key.startsWith(run.toString())).forEach(seen::remove);
      happened.keys().stream()
          .filter(key -> {
            var event = happened.get(key);
            return event != null && event.attempt().run().equals(run);
          })
          .forEach(happened::remove);
    });
  }

  @Override
  public List<Boolean> addSeen(List<SeenEvent> events, Instant now) {
    var isNew = new ArrayList<Boolean>();
    for (var event : events) {
      var key =
          "%s/%d/%s/%d"
              .formatted(
                  event.attempt().run(), event.attempt().number(), event.phase(), event.version());
      isNew.add(!seen.has(key));
      if (!seen.has(key)) {
        seen.put(key, event);
      }
    }
    return isNew;
  }

  @Override
  public Map<AttemptKey, AttemptReport> findAll(Collection<AttemptKey> attempts) {
    return transactions.reading(() -> {
      var found = new HashMap<AttemptKey, AttemptReport>();
      for (var attempt : attempts) {
        var report = reports.get(attempt);
        if (report != null) {
          found.put(attempt, report);
        }
      }
      return found;
    });
  }

  @Override
  public void saveAll(Map<AttemptKey, AttemptReport> saved) {
    saved.forEach(reports::put);
  }

  @Override
  public List<Boolean> addClusterEvents(List<Happened> events, Instant now) {
    var isNew = new ArrayList<Boolean>();
    for (var event : events) {
      var known = happened.all().contains(event);
      isNew.add(!known);
      if (!known) {
        var last = happened.lastKey();
        happened.put(last == null ? 1L : last + 1, event);
      }
    }
    return isNew;
  }

  List<Seen> seenOf(AttemptKey attempt) {
    return seen.all().stream()
        .filter(event -> event.attempt().equals(attempt))
        .map(event -> new Seen(event.phase(), event.version(), event.at()))
        .toList();
  }

  /** In the order in which they were told. */
  List<ToldClusterEvent> happenedTo(AttemptKey attempt) {
    return transactions.reading(() -> {
      var told = new ArrayList<ToldClusterEvent>();
      for (var key : happened.keys()) {
        var event = happened.get(key);
        if (event != null && event.attempt().equals(attempt)) {
          told.add(new ToldClusterEvent(key, event.event()));
        }
      }
      return told;
    });
  }
}
