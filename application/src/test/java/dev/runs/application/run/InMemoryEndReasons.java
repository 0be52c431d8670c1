package dev.runs.application.run;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** Why runs were canceled, in memory. */
public final class InMemoryEndReasons implements EndReasons {

  private final InMemoryTransactions.Table<RunId, EndReason> rows;

  public InMemoryEndReasons(InMemoryTransactions transactions, InMemoryRuns runs) {
    this.rows = transactions.table(Comparator.<RunId>naturalOrder());
    runs.whenRemoved(rows::remove);
  }

  @Override
  public void addAll(Collection<RunId> runs, String text, Principal by) {
    runs.stream()
        .filter(run -> !rows.has(run))
        .forEach(run -> rows.put(run, new EndReason(text, by)));
  }

  @Override
  public Map<RunId, EndReason> findAll(Collection<RunId> runs) {
    var found = new HashMap<RunId, EndReason>();
    for (var run : runs) {
      var reason = rows.get(run);
      if (reason != null) {
        found.put(run, reason);
      }
    }
    return found;
  }
}
