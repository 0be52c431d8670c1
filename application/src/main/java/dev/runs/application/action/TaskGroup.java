package dev.runs.application.action;

import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.Document;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest runs of one task, taken together.
 *
 * @param recent the newest ones, at most {@value #MOST_RECENT}, newest first
 * @param failedPerMille of the runs that have ended, how many failed or timed out, in thousandths
 * @param averageDuration of those that have ended
 * @param averageTimeToRunning from their being made to their running, of those that ran
 * @param createdBy who started them, as far as is known, at most {@value #MOST_PEOPLE}
 */
public record TaskGroup(
    String taskName,
    Optional<String> environment,
    Optional<String> shortName,
    long runs,
    Instant latestRun,
    Optional<Instant> latestEnd,
    List<Recent> recent,
    int failedPerMille,
    Optional<Duration> averageDuration,
    Optional<Duration> averageTimeToRunning,
    List<Document> createdBy,
    Map<ActionError.Kind, Long> errors,
    Map<ActionPhase, Long> phases) {

  /** The most runs that are told one by one. */
  public static final int MOST_RECENT = 10;

  /** The most people that are told. */
  public static final int MOST_PEOPLE = 10;

  /** A run of the group. */
  public record Recent(String name, ActionPhase phase) {}

  public TaskGroup {
    recent = List.copyOf(recent);
    createdBy = List.copyOf(createdBy);
    errors = Map.copyOf(errors);
    phases = Map.copyOf(phases);
  }
}
