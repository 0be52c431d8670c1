package dev.runs.adapters.cli.worker;

import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.run.RunId;
import java.time.Duration;

/**
 * A run that a worker has claimed, with the proof of it.
 *
 * @param root the run at the top of its tree
 * @param project by slug
 * @param attempt which one this is, from 1
 * @param waited how long it was ready before it was claimed; of a later attempt, since the run was
 *     enqueued or due
 * @param token proves the claim; never shown
 * @param input JSON, as it was handed in
 */
public record ClaimedRun(
    RunId id,
    RunId root,
    Kind kind,
    String project,
    int attempt,
    int maxAttempts,
    Duration waited,
    LeaseToken token,
    String input) {

  /** Shows neither the token nor the input. */
  @Override
  public String toString() {
    return "run " + id + ", attempt " + attempt;
  }
}
