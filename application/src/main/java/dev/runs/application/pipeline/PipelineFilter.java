package dev.runs.application.pipeline;

import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs of pipelines are meant; what is empty does not narrow. All bounds are included.
 *
 * @param states any of these; empty means any state
 * @param startedFrom by the start of the run, or by its creation as long as it has not started
 */
public record PipelineFilter(
    Optional<String> contract,
    Optional<String> pipelineName,
    Set<StateName> states,
    Optional<Instant> createdFrom,
    Optional<Instant> createdTo,
    Optional<Instant> startedFrom,
    Optional<Instant> startedTo) {

  public static final PipelineFilter ALL =
      new PipelineFilter(
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public PipelineFilter {
    states = Set.copyOf(states);
  }
}
