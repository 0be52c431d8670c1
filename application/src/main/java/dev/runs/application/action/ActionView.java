package dev.runs.application.action;

import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run as an action of its tree, without its attempts.
 *
 * @param address its name is {@code a0} when it is the root
 * @param parent the name of the action above; nothing at the root
 * @param facts without the documents that only details show: the run spec and, of a task, what was
 *     recorded of it
 * @param labels of roots
 */
public record ActionView(
    Run run,
    ActionAddress address,
    Optional<String> parent,
    ActionFacts facts,
    ActionStatus status,
    Map<String, String> labels) {

  public ActionView {
    labels = Map.copyOf(labels);
  }

  public ActionPhase phase() {
    return ActionPhase.of(run.stateName(), status.isRecovered());
  }

  /** When it started, as far as anybody said; else when it began to run, or was made. */
  public Instant startedAt() {
    var told = status.startedAt();
    if (told != null) {
      return told;
    }
    var began = run.startedAt();
    return began == null ? run.createdAt() : began;
  }

  /** When it ended; never before it started. */
  public Optional<Instant> endedAt() {
    var end = run.endedAt();
    if (end == null) {
      return Optional.empty();
    }
    var start = startedAt();
    return Optional.of(end.isBefore(start) ? start : end);
  }

  /** How long it took; nothing while it is live. */
  public Optional<Duration> duration() {
    return endedAt().map(end -> Duration.between(startedAt(), end));
  }

  /** The attempt it is in, from 1 on, be it that none has begun. */
  public int attempts() {
    return Math.max(1, run.attempt());
  }
}
