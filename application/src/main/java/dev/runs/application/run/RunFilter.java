package dev.runs.application.run;

import dev.runs.domain.access.UserId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs of an organization are meant; what is empty does not narrow.
 *
 * @param states any of these; empty means any state
 * @param startedFrom the earliest start, included
 * @param startedTo the latest start, included
 */
public record RunFilter(
    Optional<String> service,
    Optional<String> task,
    Optional<UserId> user,
    Set<StateName> states,
    Optional<Instant> startedFrom,
    Optional<Instant> startedTo,
    Optional<RunId> parent,
    Optional<String> app,
    Optional<String> brand,
    Optional<String> campaign) {

  public static final RunFilter ALL =
      new RunFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public RunFilter {
    states = Set.copyOf(states);
  }
}
