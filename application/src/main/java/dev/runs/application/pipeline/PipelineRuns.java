package dev.runs.application.pipeline;

import dev.runs.domain.access.Reach;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What makes runs runs of pipelines. It goes with its run. */
public interface PipelineRuns {

  /** A run of a pipeline and what makes it one. */
  record Listed(Run run, PipelineRun pipeline) {}

  /**
   * Adds what is known of a run that is there.
   *
   * @throws PipelineRejected.ChangedMeanwhile when something is known of it already
   */
  void add(Run run, PipelineRun pipeline);

  /**
   * Replaces what is known by this later version of it.
   *
   * @throws PipelineRejected.ChangedMeanwhile when what is stored is not the version right before
   */
  void save(PipelineRun pipeline);

  /** What is known of these runs, by run; without those of which nothing is known. */
  Map<RunId, PipelineRun> findAll(Collection<RunId> runs);

  /**
   * What is known of a run that is about to be edited: until the transaction ends nobody else edits
   * it, and who asks meanwhile waits and is told what came of it.
   */
  Optional<PipelineRun> findToEdit(RunId run);

  /**
   * Runs of pipelines within a reach, made last first; without those that are being deleted.
   *
   * @param limit 1 to {@value ListPipelineRuns#LARGEST_PAGE}
   * @param offset 0 to {@value ListPipelineRuns#FARTHEST_OFFSET}
   */
  List<Listed> newestFirst(Reach.Within reach, PipelineFilter filter, int limit, int offset);

  /**
   * How many there are, counted no further than {@code most}.
   *
   * @param most at least 1
   */
  int count(Reach.Within reach, PipelineFilter filter, int most);
}
