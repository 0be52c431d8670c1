package dev.runs.domain.action;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an executor says of one attempt of an action. It is one event, however often it is said: the
 * one of this attempt, phase and version.
 *
 * @param attempt counted from 1; {@value #CURRENT_ATTEMPT} means the current one
 * @param version counted by the executor within the phase
 * @param updatedAt when the attempt came to be so, by the executor's clock
 * @param reportedAt when the executor wrote the report; null when it did not say
 * @param error why it failed; null when it did not, or nobody knows
 * @param outputs where its outputs lie; null when it has none
 * @param cluster where it is executed; null when nobody said
 * @param cacheStatus such as {@code CACHE_HIT}; null when nobody said
 * @param cacheMetadata where a hit comes from; null when nobody said
 * @param logContext where its logs are found; null when nobody said
 * @param clusterEvents at most {@value #MOST_CLUSTER_EVENTS}
 */
public record ActionEvent(
    ActionAddress action,
    int attempt,
    ActionPhase phase,
    long version,
    Instant updatedAt,
    @Nullable Instant reportedAt,
    @Nullable ActionError error,
    @Nullable Document outputs,
    @Nullable String cluster,
    @Nullable String cacheStatus,
    @Nullable Document cacheMetadata,
    List<AttemptLog> logs,
    @Nullable Document logContext,
    List<ClusterEvent> clusterEvents) {

  /** What a report gives as attempt that does not count attempts. */
  public static final int CURRENT_ATTEMPT = 0;

  /** The most cluster events that one event may tell of. */
  public static final int MOST_CLUSTER_EVENTS = 1_000;

  /** The most logs that one event may name. */
  public static final int MOST_LOGS = 100;

  /** The highest number an attempt may have. */
  public static final int MOST_ATTEMPTS = 10_000;

  private static final int MOST_CHARACTERS = 255;

  /**
   * @throws ActionRejected.BadReport when a number is out of its range or a list too long
   */
  public ActionEvent {
    logs = List.copyOf(logs);
    clusterEvents = List.copyOf(clusterEvents);
    ActionRejected.BadReport.checkRange("attempt", 0, MOST_ATTEMPTS, attempt);
    ActionRejected.BadReport.checkRange("version", 0, 0xFFFF_FFFFL, version);
    ActionRejected.BadReport.checkRange(
        "cluster_events", 0, MOST_CLUSTER_EVENTS, clusterEvents.size());
    ActionRejected.BadReport.checkRange("log_info", 0, MOST_LOGS, logs.size());
    ActionRejected.BadName.checkLongest("cluster", cluster, MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("cache status", cacheStatus, MOST_CHARACTERS);
  }

  /** The same event of a numbered attempt. */
  public ActionEvent ofAttempt(int number) {
    return attempt == number
        ? this
        : new ActionEvent(
            action,
            number,
            phase,
            version,
            updatedAt,
            reportedAt,
            error,
            outputs,
            cluster,
            cacheStatus,
            cacheMetadata,
            logs,
            logContext,
            clusterEvents);
  }
}
