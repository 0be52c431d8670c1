package dev.runs.application.pipeline;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.access.Reach;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What makes runs runs of pipelines, in memory. */
public final class InMemoryPipelineRuns implements PipelineRuns {

  private final InMemoryTransactions transactions;
  private final InMemoryTransactions.Table<RunId, PipelineRun> rows;
  private final InMemoryRuns runs;

  public InMemoryPipelineRuns(InMemoryTransactions transactions, InMemoryRuns runs) {
    this.transactions = transactions;
    this.rows = transactions.table(Comparator.<RunId>naturalOrder());
    this.runs = runs;
    runs.whenRemoved(rows::remove);
  }

  @Override
  public void add(Run run, PipelineRun pipeline) {
    if (rows.get(run.id()) != null) {
      throw new PipelineRejected.ChangedMeanwhile();
    }
    rows.put(run.id(), pipeline);
  }

  @Override
  public void save(PipelineRun pipeline) {
    var stored = rows.get(pipeline.run());
    if (stored == null || stored.version() != pipeline.version() - 1) {
      throw new PipelineRejected.ChangedMeanwhile();
    }
    rows.put(pipeline.run(), pipeline);
  }

  @Override
  public Map<RunId, PipelineRun> findAll(Collection<RunId> asked) {
    return transactions.reading(() -> {
      var found = new LinkedHashMap<RunId, PipelineRun>();
      for (var run : asked) {
        var row = rows.get(run);
        if (row != null) {
          found.put(run, row);
        }
      }
      return found;
    });
  }

  /** There is one writer at a time. */
  @Override
  public Optional<PipelineRun> findToEdit(RunId run) {
    return Optional.ofNullable(rows.get(run));
  }

  @Override
  public List<Listed> newestFirst(
      Reach.Within reach, PipelineFilter filter, int limit, int offset) {
    return transactions.reading(() ->
        matching(reach, filter)
            .sorted(
                Comparator.comparing((Listed listed) -> listed.run().createdAt())
                    .thenComparing(listed -> listed.run().id())
                    .reversed())
            .skip(offset)
            .limit(limit)
            .toList());
  }

  @Override
  public int count(Reach.Within reach, PipelineFilter filter, int most) {
    return transactions.reading(() -> Math.toIntExact(matching(reach, filter).limit(most).count()));
  }

  private Stream<Listed> matching(Reach.Within reach, PipelineFilter filter) {
    return rows.all().stream()
        .flatMap(pipeline ->
            runs.find(reach, pipeline.run()).map(run -> new Listed(run, pipeline)).stream())
        .filter(its ->
            isAsked(filter.contract(), its.pipeline().facts().contract().map(ContractId::value)))
        .filter(its -> isAsked(filter.pipelineName(), its.pipeline().facts().pipelineName()))
        .filter(its -> filter.states().isEmpty() || filter.states().contains(its.run().stateName()))
        .filter(its -> isFrom(filter.createdFrom(), its.run().createdAt()))
        .filter(its -> isTo(filter.createdTo(), its.run().createdAt()))
        .filter(its -> isFrom(filter.startedFrom(), startOf(its.run())))
        .filter(its -> isTo(filter.startedTo(), startOf(its.run())));
  }

  private static Instant startOf(Run run) {
    var started = run.startedAt();
    return started == null ? run.createdAt() : started;
  }

  private static boolean isAsked(Optional<String> asked, Optional<String> held) {
    return asked.isEmpty() || asked.equals(held);
  }

  private static boolean isFrom(Optional<Instant> from, Instant moment) {
    return from.map(first -> !moment.isBefore(first)).orElse(true);
  }

  private static boolean isTo(Optional<Instant> to, Instant moment) {
    return to.map(last -> !moment.isAfter(last)).orElse(true);
  }
}
