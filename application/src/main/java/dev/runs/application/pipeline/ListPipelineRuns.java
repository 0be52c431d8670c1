package dev.runs.application.pipeline;

import dev.runs.application.Caller;
import dev.runs.application.Counted;
import dev.runs.application.Transactions;
import java.util.List;

/** Lists the runs of pipelines of the organization in which the caller acts. */
public final class ListPipelineRuns {

  /** How many runs a page has at most. <em>Source: the pipeline registry.</em> */
  public static final int LARGEST_PAGE = 100;

  /** How far the list can be leafed through. */
  public static final int FARTHEST_OFFSET = 100_000;

  private final PipelineRuns pipelines;
  private final Transactions transactions;

  public ListPipelineRuns(PipelineRuns pipelines, Transactions transactions) {
    this.pipelines = pipelines;
    this.transactions = transactions;
  }

  /**
   * Made last first.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @param offset 0 to {@value #FARTHEST_OFFSET}
   */
  public Counted<PipelineRuns.Listed> list(
      Caller caller, PipelineFilter filter, int limit, int offset) {
    return caller
        .reach()
        .in(caller.organization())
        .map(reach ->
            transactions.inSnapshot(() ->
                Counted.of(
                    pipelines.newestFirst(reach, filter, limit, offset),
                    pipelines.count(reach, filter, Counted.FARTHEST + 1))))
        .orElse(new Counted<>(List.of(), 0, false));
  }
}
