package dev.runs.domain.event;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import dev.runs.domain.validation.Validation;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a run, written in the transaction in which it happened. It says where
 * the run stands, so that whoever hears of it need not ask, also when the run is gone.
 *
 * @param path from the root of its tree to the run
 * @param version the run's version after it; null for what leaves the run itself as it was
 * @param details a few words more, by name; small, never an input or a secret
 */
public record RunEvent(
    RunPath path,
    OrganizationId organization,
    RunSpace space,
    RunOrigin origin,
    EventType type,
    @Nullable Long version,
    Principal actor,
    Instant at,
    Map<String, String> details) {

  /**
   * The most characters of a reason that an event tells; of a longer one it tells the beginning.
   */
  public static final int LONGEST_REASON = 1_000;

  public RunEvent {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  public RunId run() {
    return path.run();
  }

  public RunId root() {
    return path.root();
  }

  /** A run is made; of one that has ended already, this alone tells of the end. */
  public static RunEvent created(Run run, Principal actor) {
    var details = new LinkedHashMap<String, String>();
    details.put("state", run.stateName().wireName());
    details.put("service", run.origin().service());
    details.put("task", run.origin().task());
    if (run.state() instanceof RunState.Terminal end) {
      details.put("endedAt", end.endedAt().toString());
    }
    var parent = run.parent();
    if (parent != null) {
      details.put("parentRunId", parent.toString());
    }
    return about(run, EventType.CREATED, run.version(), actor, run.createdAt(), details);
  }

  /** A new run waits in the queue. */
  public static RunEvent enqueued(Run run, Principal actor) {
    return about(
        run,
        EventType.ENQUEUED,
        run.version(),
        actor,
        run.createdAt(),
        Map.of("kind", run.origin().task()));
  }

  /** An attempt is over, and the run waits for the next one. */
  public static RunEvent retried(Run run, Attempt ended, Principal actor) {
    var details = new LinkedHashMap<String, String>();
    details.put("attempt", Integer.toString(ended.number()));
    var failure = ended.failure();
    details.put(
        "why", failure == null ? "released" : failure.kind().name().toLowerCase(Locale.ROOT));
    return about(run, EventType.RETRIED, run.version(), actor, run.updatedAt(), details);
  }

  /**
   * Somebody asked the worker of a run to stop.
   *
   * @param reason why; nothing when nobody said so
   */
  public static RunEvent cancelRequested(
      Run run, Principal actor, Instant now, Optional<String> reason) {
    return about(run, EventType.CANCEL_REQUESTED, null, actor, now, because(reason));
  }

  public static RunEvent moved(Run after, StateName from, Principal actor) {
    return moved(after, from, actor, Optional.empty());
  }

  /**
   * A run has come to another state.
   *
   * @param reason why; nothing when nobody said so
   */
  public static RunEvent moved(
      Run after, StateName from, Principal actor, Optional<String> reason) {
    var details = new LinkedHashMap<String, String>();
    details.put("from", from.wireName());
    details.put("state", after.stateName().wireName());
    details.putAll(because(reason));
    return about(
        after,
        EventType.ofArrival(after.stateName()),
        after.version(),
        actor,
        after.updatedAt(),
        details);
  }

  private static Map<String, String> because(Optional<String> reason) {
    return reason.map(why -> Map.of("reason", beginning(why))).orElse(Map.of());
  }

  private static String beginning(String reason) {
    return reason.codePointCount(0, reason.length()) <= LONGEST_REASON
        ? reason
        : reason.substring(0, reason.offsetByCodePoints(0, LONGEST_REASON));
  }

  /** Something new is known of an attempt, or of the run beyond its state. */
  public static RunEvent attemptChanged(Run run, int attempt, Principal actor, Instant now) {
    return about(
        run,
        EventType.ATTEMPT_CHANGED,
        null,
        actor,
        now,
        Map.of("attempt", Integer.toString(attempt)));
  }

  /** Something happened to an attempt where it is executed. */
  public static RunEvent clusterEvents(
      Run run, int attempt, int count, Principal actor, Instant now) {
    var details = new LinkedHashMap<String, String>();
    details.put("attempt", Integer.toString(attempt));
    details.put("events", Integer.toString(count));
    return about(run, EventType.CLUSTER_EVENT, null, actor, now, details);
  }

  /**
   * @param lines of one run, at least one
   */
  public static RunEvent costAdded(Run run, List<CostLine> lines, Principal actor) {
    var details = new LinkedHashMap<String, String>();
    details.put("lines", Integer.toString(lines.size()));
    lines.stream()
        .map(CostLine::total)
        .reduce((one, other) -> one.plus(other))
        .ifPresent(sum -> details.put("totalCostInUsdCents", sum.toString()));
    var at = lines.getLast().createdAt();
    return about(run, EventType.COST_ADDED, null, actor, at, details);
  }

  /** Somebody has validated the data of a run. */
  public static RunEvent validationRecorded(Run run, Validation validation) {
    var details = new LinkedHashMap<String, String>();
    details.put("validationId", validation.id().toString());
    details.put("contractId", validation.contract().value());
    details.put("status", validation.verdict().wireName());
    return about(
        run,
        EventType.VALIDATION_RECORDED,
        null,
        validation.recordedBy(),
        validation.recordedAt(),
        details);
  }

  /** A run is gone with everything below it; the runs below have no such event of their own. */
  public static RunEvent deleted(Run run, Principal actor, Instant now) {
    return about(run, EventType.DELETED, null, actor, now, Map.of());
  }

  /** The time of a tree is over; told of its root alone. */
  public static RunEvent expired(Run root, Instant now) {
    return about(root, EventType.DELETED, null, Principal.SYSTEM, now, Map.of("why", "retention"));
  }

  private static RunEvent about(
      Run run,
      EventType type,
      @Nullable Long version,
      Principal actor,
      Instant at,
      Map<String, String> details) {
    return new RunEvent(
        run.path(),
        run.organization(),
        run.space(),
        run.origin(),
        type,
        version,
        actor,
        at,
        details);
  }
}
