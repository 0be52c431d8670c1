package dev.runs.application.lineage;

import dev.runs.application.Caller;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.lineage.LineageEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events of runs whose parents are not there yet. */
public interface EarlyLineage {

  /**
   * An event that waits.
   *
   * @param awaits the parent that must be there before it can be heard
   * @param actor who told it
   * @param reach whose data the teller may touch
   */
  record Early(
      LineageKey awaits, LineageEvent event, Principal actor, Reach.Within reach, Instant heardAt) {

    /** The run of which it tells. */
    LineageKey about() {
      return new LineageKey(awaits.organization(), event.run());
    }

    /** Who told it, as somebody who may still do so. */
    Caller teller() {
      var access = new Access(actor, reach, Scopes.of(Scope.RUNS_WRITE), Optional.empty());
      return new Caller(access, awaits.organization(), Origin.LOCAL);
    }
  }

  /**
   * An event as it is kept.
   *
   * @param number rises in the order in which events came
   */
  record Kept(long number, Early early) {}

  /** Keeps an event; the same one may be kept twice. */
  void keep(Early early);

  /**
   * Takes one out.
   *
   * @return whether it was still there
   */
  boolean remove(long number);

  /** The one that has waited longest for a run. */
  Optional<Kept> firstAwaiting(LineageKey run);

  /** The one that has waited longest of those that tell of a run. */
  Optional<Kept> firstAbout(LineageKey run);

  /**
   * Some runs that events wait for, in an order that never changes.
   *
   * @param after the one behind which to look; null to begin
   */
  List<LineageKey> awaited(@Nullable LineageKey after, int most);

  /** Some events that were kept before a moment, those that have waited longest first. */
  List<Kept> keptBefore(Instant moment, int most);

  /** How many wait. */
  long count();
}
