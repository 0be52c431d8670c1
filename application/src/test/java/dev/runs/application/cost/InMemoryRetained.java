package dev.runs.application.cost;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.run.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is remembered of runs that went for their age: here simply all that summaries count. */
public final class InMemoryRetained {

  /**
   * A run that is counted, or one of its lines.
   *
   * @param run as if it had been made and begun at midnight
   * @param line null when it is the run that is counted
   */
  record Fact(Run run, @Nullable CostLine line) {}

  private final InMemoryTransactions.Table<Long, Fact> facts;

  public InMemoryRetained(InMemoryTransactions transactions) {
    this.facts = transactions.table(Comparator.<Long>naturalOrder());
  }

  public void addRun(Run run) {
    add(new Fact(atMidnight(run), null));
  }

  public void addLine(Run run, CostLine line) {
    add(new Fact(atMidnight(run), line));
  }

  List<Fact> all() {
    return facts.all();
  }

  private void add(Fact fact) {
    var last = facts.lastKey();
    facts.put(last == null ? 1 : last + 1, fact);
  }

  private static Run atMidnight(Run run) {
    return new Run(
        run.path(),
        run.organization(),
        run.space(),
        run.name(),
        run.origin(),
        run.labels(),
        run.user(),
        run.dispatch(),
        run.state(),
        run.attempt(),
        midnight(run.startedAt()),
        run.createdAt().truncatedTo(ChronoUnit.DAYS),
        run.updatedAt(),
        run.version());
  }

  private static @Nullable Instant midnight(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.DAYS);
  }
}
