package dev.runs.application.action;

import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.action.AttemptReport;
import dev.runs.domain.action.ClusterEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What executors have said of attempts. */
public interface AttemptReports {

  /** That an attempt was in a phase; one event for each attempt, phase and version. */
  record SeenEvent(AttemptKey attempt, ActionPhase phase, long version, Instant at) {}

  /** Something that happened to an attempt. */
  record Happened(AttemptKey attempt, ClusterEvent event) {}

  /**
   * Takes note of events of runs that are there.
   *
   * @return of each, in their order, whether it was not known before
   */
  List<Boolean> addSeen(List<SeenEvent> events, Instant now);

  /** What is known of these attempts; of one without an event nothing is. */
  Map<AttemptKey, AttemptReport> findAll(Collection<AttemptKey> attempts);

  /** Replaces what is known of attempts. */
  void saveAll(Map<AttemptKey, AttemptReport> reports);

  /**
   * Adds what happened, unless the same was told of the attempt before.
   *
   * @return of each, in their order, whether it was not known before
   */
  List<Boolean> addClusterEvents(List<Happened> events, Instant now);
}
