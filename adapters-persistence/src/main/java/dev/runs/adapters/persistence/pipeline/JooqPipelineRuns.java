package dev.runs.adapters.persistence.pipeline;

import static dev.runs.adapters.persistence.generated.Tables.PIPELINE_RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.pipeline.PipelineDocuments.document;
import static dev.runs.adapters.persistence.pipeline.PipelineDocuments.documentOf;
import static dev.runs.adapters.persistence.pipeline.PipelineDocuments.json;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.PipelineRunRecord;
import dev.runs.adapters.persistence.run.RunRows;
import dev.runs.application.pipeline.PipelineFilter;
import dev.runs.application.pipeline.PipelineRuns;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/** Keeps what makes runs runs of pipelines in the table {@code pipeline_run}. */
public final class JooqPipelineRuns implements PipelineRuns {

  private final Database database;

  public JooqPipelineRuns(Database database) {
    this.database = database;
  }

  @Override
  public void add(Run run, PipelineRun pipeline) {
    var row = toRow(pipeline);
    row.setRunId(run.id().value());
    row.setOrganizationId(run.organization().value());
    row.setCreatedAt(run.createdAt());
    var added = database.db().insertInto(PIPELINE_RUN).set(row).onConflictDoNothing().execute();
    if (added == 0) {
      throw new PipelineRejected.ChangedMeanwhile();
    }
  }

  @Override
  public void save(PipelineRun pipeline) {
    var saved =
        database
            .db()
            .update(PIPELINE_RUN)
            .set(toRow(pipeline))
            .where(PIPELINE_RUN.RUN_ID.eq(pipeline.run().value()))
            .and(PIPELINE_RUN.VERSION.eq(pipeline.version() - 1))
            .execute();
    if (saved == 0) {
      throw new PipelineRejected.ChangedMeanwhile();
    }
  }

  @Override
  public Map<RunId, PipelineRun> findAll(Collection<RunId> runs) {
    return runs.isEmpty()
        ? Map.of()
        : database
            .db()
            .selectFrom(PIPELINE_RUN)
            .where(PIPELINE_RUN.RUN_ID.in(runs.stream().map(RunId::value).toList()))
            .fetchMap(row -> new RunId(row.getRunId()), JooqPipelineRuns::toPipelineRun);
  }

  @Override
  public Optional<PipelineRun> findToEdit(RunId run) {
    return database
        .dialect()
        .takeForChange(
            database.db().selectFrom(PIPELINE_RUN).where(PIPELINE_RUN.RUN_ID.eq(run.value())))
        .fetchOptional(JooqPipelineRuns::toPipelineRun);
  }

  @Override
  public List<Listed> newestFirst(
      Reach.Within reach, PipelineFilter filter, int limit, int offset) {
    return database
        .db()
        .select(PIPELINE_RUN.fields())
        .select(RUN.fields())
        .from(PIPELINE_RUN)
        .join(RUN)
        .on(RUN.ID.eq(PIPELINE_RUN.RUN_ID))
        .where(matches(reach, filter))
        .orderBy(PIPELINE_RUN.CREATED_AT.desc(), PIPELINE_RUN.RUN_ID.desc())
        .limit(limit)
        .offset(offset)
        .fetch(
            row -> new Listed(RunRows.toRun(row.into(RUN)), toPipelineRun(row.into(PIPELINE_RUN))));
  }

  @Override
  public int count(Reach.Within reach, PipelineFilter filter, int most) {
    return database
        .db()
        .fetchCount(
            selectOne()
                .from(PIPELINE_RUN)
                .join(RUN)
                .on(RUN.ID.eq(PIPELINE_RUN.RUN_ID))
                .where(matches(reach, filter))
                .limit(most));
  }

  private static Condition matches(Reach.Within reach, PipelineFilter filter) {
    var started = coalesce(RUN.STARTED_AT, RUN.CREATED_AT);
    return PIPELINE_RUN
        .ORGANIZATION_ID
        .eq(reach.organization().value())
        .and(RunRows.isWithin(reach))
        .and(isNotBeingDeleted())
        .and(filter.contract().map(PIPELINE_RUN.CONTRACT_ID::eq).orElse(noCondition()))
        .and(filter.pipelineName().map(PIPELINE_RUN.PIPELINE_NAME::eq).orElse(noCondition()))
        .and(filter.createdFrom().map(PIPELINE_RUN.CREATED_AT::ge).orElse(noCondition()))
        .and(filter.createdTo().map(PIPELINE_RUN.CREATED_AT::le).orElse(noCondition()))
        .and(filter.startedFrom().map(started::ge).orElse(noCondition()))
        .and(filter.startedTo().map(started::le).orElse(noCondition()))
        .and(
            filter.states().isEmpty()
                ? noCondition()
                : RUN.STATE.in(
                    filter.states().stream().sorted().map(StateName::wireName).toList()));
  }

  /** Everything that can be different in a later version. */
  private static PipelineRunRecord toRow(PipelineRun pipeline) {
    var facts = pipeline.facts();
    var row = new PipelineRunRecord();
    row.setContractId(facts.contract().map(ContractId::value).orElse(null));
    row.setContractVersion(facts.contractVersion().orElse(null));
    row.setSchemaName(facts.schemaName().orElse(null));
    row.setPipelineName(facts.pipelineName().orElse(null));
    row.setPipelineId(facts.pipelineId().orElse(null));
    row.setEnvironment(facts.environment().orElse(null));
    row.setSetOffBy(facts.trigger().orElse(null));
    row.setMetadata(json(pipeline.metadata()));
    row.setResult(pipeline.result().map(PipelineDocuments::json).orElse(null));
    row.setCreatedBy(pipeline.createdBy().value());
    row.setVersion(pipeline.version());
    return row;
  }

  private static PipelineRun toPipelineRun(PipelineRunRecord row) {
    return new PipelineRun(
        new RunId(row.getRunId()),
        new PipelineFacts(
            Optional.ofNullable(row.getContractId()).map(ContractId::new),
            Optional.ofNullable(row.getContractVersion()),
            Optional.ofNullable(row.getSchemaName()),
            Optional.ofNullable(row.getPipelineName()),
            Optional.ofNullable(row.getPipelineId()),
            Optional.ofNullable(row.getEnvironment()),
            Optional.ofNullable(row.getSetOffBy())),
        document(row.getMetadata()),
        documentOf(row.getResult()),
        new Principal(row.getCreatedBy()),
        row.getVersion());
  }
}
