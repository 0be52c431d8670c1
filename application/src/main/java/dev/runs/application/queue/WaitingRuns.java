package dev.runs.application.queue;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Runs that wait for a worker: those that are ready, and those whose time has not come. Times are
 * compared by the clock of the database alone.
 */
public interface WaitingRuns {

  /** From when on a run is ready. */
  sealed interface Readiness {

    record Now() implements Readiness {}

    /** Not before this moment. */
    record At(Instant instant) implements Readiness {}

    /**
     * @param delay zero or more, counted from now
     */
    record After(Duration delay) implements Readiness {}
  }

  /**
   * @param waiting its {@code readyAt} is what {@code readiness} makes of it
   */
  record NewWaiting(Waiting waiting, Readiness readiness) {}

  /** Runs of one kind in one project: one line at which workers take them. */
  record Line(OrganizationId organization, Slug project, Kind kind) implements Comparable<Line> {

    @Override
    public int compareTo(Line other) {
      var byOrganization = organization.value().compareTo(other.organization.value());
      if (byOrganization != 0) {
        return byOrganization;
      }
      var byProject = project.value().compareTo(other.project.value());
      return byProject != 0 ? byProject : kind.compareTo(other.kind);
    }
  }

  /** How many ready runs of a line are wanted at most; at least 1. */
  record Wanted(Line line, int most) {}

  /** Adds runs; each waits at most once. */
  void addAll(List<NewWaiting> waiting);

  /**
   * Lines within reach at which some run is ready, in no order. It costs a few probes for each
   * line, however many runs stand in it.
   *
   * @param kinds the only ones; empty means all
   * @param most how many lines, at least 1
   */
  List<Line> linesWithReady(Reach reach, Set<Kind> kinds, int most);

  /**
   * The first ready runs of each line, by priority and then by how long they are ready, and keeps
   * them from everybody else until the transaction ends. What somebody else keeps is passed over.
   */
  List<Waiting> takeFirst(List<Wanted> wanted);

  /**
   * Ends the waiting of these runs, ready or not.
   *
   * @return those that did wait
   */
  Set<RunId> removeAll(Collection<RunId> runs);

  /**
   * Makes runs ready whose time has come.
   *
   * @param most how many, at least 1
   * @return the lines at which they are ready now
   */
  Set<Line> readyDue(int most);
}
