package dev.runs.domain.event;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a run, written in the transaction in which it happened.
 *
 * @param version the run's version after it; null for what leaves the run itself as it was
 * @param details a few words more, by name; small, never an input or a secret
 */
public record RunEvent(
    RunId run,
    RunId root,
    OrganizationId organization,
    EventType type,
    @Nullable Long version,
    Principal actor,
    Instant at,
    Map<String, String> details) {

  public RunEvent {
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  public static RunEvent created(Run run, Principal actor) {
    var details = new LinkedHashMap<String, String>();
    details.put("state", run.stateName().wireName());
    details.put("service", run.origin().service());
    details.put("task", run.origin().task());
    var parent = run.parent();
    if (parent != null) {
      details.put("parentRunId", parent.toString());
    }
    return about(run, EventType.CREATED, run.version(), actor, run.createdAt(), details);
  }

  public static RunEvent moved(Run after, StateName from, Principal actor) {
    return about(
        after,
        EventType.ofArrival(after.stateName()),
        after.version(),
        actor,
        after.updatedAt(),
        Map.of("from", from.wireName(), "state", after.stateName().wireName()));
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

  public static RunEvent deleted(Run run, Principal actor, Instant now) {
    return about(run, EventType.DELETED, null, actor, now, Map.of());
  }

  private static RunEvent about(
      Run run,
      EventType type,
      @Nullable Long version,
      Principal actor,
      Instant at,
      Map<String, String> details) {
    return new RunEvent(
        run.id(), run.path().root(), run.organization(), type, version, actor, at, details);
  }
}
