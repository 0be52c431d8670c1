package dev.runs.application.action;

import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.PhaseTransition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One attempt of an action.
 *
 * @param error of one that failed or timed out, if anybody said
 * @param outputs where its outputs lie, as a JSON object {@code {"outputUri": …}}
 * @param logs in the order of their names
 * @param transitions in the order of time, at most {@value #MOST_TRANSITIONS}, the first ones
 * @param clusterEvents in the order in which they happened, at most {@value #MOST_CLUSTER_EVENTS},
 *     the first ones; {@link ShowActions#clusterEvents} has all
 */
public record AttemptView(
    int number,
    ActionPhase phase,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<ActionError> error,
    Optional<Document> outputs,
    Optional<String> cluster,
    Optional<String> cacheStatus,
    Optional<Document> cacheMetadata,
    List<Document> logs,
    Optional<Document> logContext,
    List<PhaseTransition> transitions,
    List<ToldClusterEvent> clusterEvents) {

  /** The most transitions an attempt is shown with. */
  public static final int MOST_TRANSITIONS = 1_000;

  /** The most cluster events an attempt is shown with. */
  public static final int MOST_CLUSTER_EVENTS = 500;

  public AttemptView {
    logs = List.copyOf(logs);
    transitions = List.copyOf(transitions);
    clusterEvents = List.copyOf(clusterEvents);
  }
}
