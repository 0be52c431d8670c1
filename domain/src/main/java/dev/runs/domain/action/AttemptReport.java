package dev.runs.domain.action;

import dev.runs.domain.action.PhaseTransition.Seen;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What all events of an attempt together say of it. It is the same in whatever order they come and
 * however often: of each part that which was told of the latest moment counts.
 *
 * @param number counted from 1
 * @param phase the last terminal one; the last one while it has not ended
 * @param startedAt the earliest moment that was told
 * @param endedAt null while it has not ended
 * @param error null unless one was told
 * @param logs by name
 * @param reportedAt when the latest report was written; null when no executor said
 * @param updatedAt the latest moment that was told
 * @param told of each part, which event told it
 */
public record AttemptReport(
    int number,
    ActionPhase phase,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable ActionError error,
    @Nullable Document outputs,
    @Nullable String cluster,
    @Nullable String cacheStatus,
    @Nullable Document cacheMetadata,
    Map<String, Document> logs,
    @Nullable Document logContext,
    @Nullable Instant reportedAt,
    Instant updatedAt,
    Map<String, Seen> told) {

  private static final String PHASE = "phase";
  private static final String FURTHEST = "furthest";
  private static final String PAUSED = "paused";
  private static final String RUNNING = "running";
  private static final String LOG = "log/";

  public AttemptReport {
    logs = Collections.unmodifiableMap(new TreeMap<>(logs));
    told = Collections.unmodifiableMap(new TreeMap<>(told));
  }

  /** What the first event says of its attempt. */
  public static AttemptReport first(ActionEvent event) {
    var at = event.updatedAt();
    return new AttemptReport(
            event.attempt(),
            event.phase(),
            at,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of(),
            null,
            null,
            at,
            Map.of())
        .with(event);
  }

  /** What is said with one more event of the same attempt. */
  public AttemptReport with(ActionEvent event) {
    var seen = new Seen(event.phase(), event.version(), event.updatedAt());
    var stamps = new TreeMap<>(told);
    var phaseNow = stamped(PHASE, seen, stamps, AttemptReport::decides) ? event.phase() : phase;
    stampLive(seen, stamps);
    var logsNow = new TreeMap<>(logs);
    for (var log : event.logs()) {
      if (stamped(LOG + log.name(), seen, stamps, AttemptReport::isLater)) {
        logsNow.put(log.name(), log.entry());
      }
    }
    var start = earlier(startedAt, event.updatedAt());
    return new AttemptReport(
        number,
        phaseNow,
        start,
        phaseNow.isTerminal() ? later(momentOf(stamps), start) : null,
        newest("error", event.error(), error, seen, stamps),
        newest("outputs", event.outputs(), outputs, seen, stamps),
        newest("cluster", event.cluster(), cluster, seen, stamps),
        newest("cache_status", event.cacheStatus(), cacheStatus, seen, stamps),
        newest("cache_metadata", event.cacheMetadata(), cacheMetadata, seen, stamps),
        logsNow,
        newest("log_context", event.logContext(), logContext, seen, stamps),
        latest(reportedAt, event.reportedAt()),
        later(updatedAt, event.updatedAt()),
        stamps);
  }

  /** As the run's state has it: the furthest phase, paused only while it does not run again. */
  public ActionPhase livePhase() {
    var paused = told.get(PAUSED);
    var running = told.get(RUNNING);
    if (paused != null && (running == null || isLater(paused, running))) {
      return ActionPhase.PAUSED;
    }
    var furthest = told.get(FURTHEST);
    return furthest == null ? ActionPhase.QUEUED : furthest.phase();
  }

  private static void stampLive(Seen seen, TreeMap<String, Seen> stamps) {
    switch (seen.phase()) {
      case PAUSED -> stamped(PAUSED, seen, stamps, AttemptReport::isLater);
      case RUNNING -> {
        stamped(RUNNING, seen, stamps, AttemptReport::isLater);
        stamped(FURTHEST, seen, stamps, AttemptReport::isFurther);
      }
      case QUEUED, WAITING_FOR_RESOURCES, INITIALIZING ->
          stamped(FURTHEST, seen, stamps, AttemptReport::isFurther);
      case SUCCEEDED, FAILED, ABORTED, TIMED_OUT, RECOVERED -> {
        // an end leaves open how far it was before
      }
    }
  }

  private interface Precedence {
    boolean takes(Seen candidate, Seen present);
  }

  /** Whether the event tells this part from now on. */
  private static boolean stamped(
      String part, Seen seen, Map<String, Seen> stamps, Precedence precedence) {
    var present = stamps.get(part);
    if (present != null && !precedence.takes(seen, present)) {
      return false;
    }
    stamps.put(part, seen);
    return true;
  }

  private static <T> @Nullable T newest(
      String part, @Nullable T said, @Nullable T known, Seen seen, Map<String, Seen> stamps) {
    return said != null && stamped(part, seen, stamps, AttemptReport::isLater) ? said : known;
  }

  private static boolean decides(Seen candidate, Seen present) {
    var ends = candidate.phase().isTerminal();
    return ends == present.phase().isTerminal() ? isLater(candidate, present) : ends;
  }

  private static boolean isLater(Seen candidate, Seen present) {
    return candidate.compareTo(present) > 0;
  }

  private static boolean isFurther(Seen candidate, Seen present) {
    var further = candidate.phase().compareTo(present.phase());
    return further > 0 || (further == 0 && isLater(candidate, present));
  }

  private static Instant momentOf(Map<String, Seen> stamps) {
    var phase = stamps.get(PHASE);
    if (phase == null) {
      throw new IllegalStateException("an event tells a phase");
    }
    return phase.at();
  }

  private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return later(one, other);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
