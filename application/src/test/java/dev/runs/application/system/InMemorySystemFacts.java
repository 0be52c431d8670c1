package dev.runs.application.system;

import dev.runs.application.action.InMemoryEarlyReports;
import dev.runs.application.event.InMemoryRunEvents;
import dev.runs.application.lineage.InMemoryEarlyLineage;
import dev.runs.application.queue.InMemoryLeases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Of the stores in memory; how much room they take is not told. */
public final class InMemorySystemFacts implements SystemFacts {

  private final InMemoryRunEvents events;
  private final InMemoryEarlyReports earlyReports;
  private final InMemoryEarlyLineage earlyLineage;
  private final InMemoryLeases leases;

  public InMemorySystemFacts(
      InMemoryRunEvents events,
      InMemoryEarlyReports earlyReports,
      InMemoryEarlyLineage earlyLineage,
      InMemoryLeases leases) {
    this.events = events;
    this.earlyReports = earlyReports;
    this.earlyLineage = earlyLineage;
    this.leases = leases;
  }

  @Override
  public Storage storage() {
    return new Storage("memory", "of this process", 1, Optional.empty());
  }

  @Override
  public Waiting events(int most) {
    return waiting(events.waitingSince(), most);
  }

  @Override
  public Waiting earlyReports(int most) {
    return waiting(earlyReports.keptSince(), most);
  }

  @Override
  public Waiting earlyLineage(int most) {
    return waiting(earlyLineage.keptSince(), most);
  }

  @Override
  public Leases leases(int most) {
    return new Leases(Math.min(most, leases.count()), Math.min(most, leases.countOverdue()));
  }

  private static Waiting waiting(List<Instant> since, int most) {
    return new Waiting(Math.min(most, since.size()), since.stream().findFirst());
  }
}
