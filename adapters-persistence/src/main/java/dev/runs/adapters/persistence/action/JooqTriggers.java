package dev.runs.adapters.persistence.action;

import static dev.runs.adapters.persistence.action.ActionRows.document;
import static dev.runs.adapters.persistence.action.ActionRows.json;
import static dev.runs.adapters.persistence.action.JooqAttemptReports.JSON_MAPPER;
import static dev.runs.adapters.persistence.generated.Tables.RUN_TRIGGER;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.RunTriggerRecord;
import dev.runs.application.action.Triggers;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.action.TaskGiven;
import dev.runs.domain.action.Trigger;
import dev.runs.domain.action.TriggerName;
import java.util.Optional;
import org.jooq.JSON;

/** Keeps triggers in the table {@code run_trigger}. */
public final class JooqTriggers implements Triggers {

  private final Database database;

  public JooqTriggers(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Trigger> find(OrganizationId organization, TriggerName name) {
    return database
        .db()
        .selectFrom(RUN_TRIGGER)
        .where(RUN_TRIGGER.ORGANIZATION_ID.eq(organization.value()))
        .and(RUN_TRIGGER.PROJECT.eq(name.project()))
        .and(RUN_TRIGGER.DOMAIN.eq(name.domain()))
        .and(RUN_TRIGGER.TASK_NAME.eq(name.task()))
        .and(RUN_TRIGGER.NAME.eq(name.name()))
        .fetchOptional(row ->
            new Trigger(
                organization,
                name,
                row.getRevision(),
                row.getType(),
                document(row.getAutomation()),
                JSON_MAPPER.readValue(row.getTask().data(), TaskGiven.class),
                document(row.getInputs()),
                document(row.getRunSpec())));
  }

  @Override
  public boolean save(Trigger trigger) {
    var row = new RunTriggerRecord();
    row.setOrganizationId(trigger.organization().value());
    row.setProject(trigger.name().project());
    row.setDomain(trigger.name().domain());
    row.setTaskName(trigger.name().task());
    row.setName(trigger.name().name());
    row.setRevision(trigger.revision());
    row.setType(trigger.type());
    row.setAutomation(json(trigger.automation()));
    row.setTask(JSON.valueOf(JSON_MAPPER.writeValueAsString(trigger.task())));
    row.setInputs(json(trigger.inputs()));
    row.setRunSpec(json(trigger.runSpec()));
    return trigger.revision() == 1 ? isAdded(row) : isPutInPlace(row);
  }

  private boolean isAdded(RunTriggerRecord row) {
    return database.db().insertInto(RUN_TRIGGER).set(row).onConflictDoNothing().execute() == 1;
  }

  private boolean isPutInPlace(RunTriggerRecord row) {
    return database
            .db()
            .update(RUN_TRIGGER)
            .set(row)
            .where(RUN_TRIGGER.ORGANIZATION_ID.eq(row.getOrganizationId()))
            .and(RUN_TRIGGER.PROJECT.eq(row.getProject()))
            .and(RUN_TRIGGER.DOMAIN.eq(row.getDomain()))
            .and(RUN_TRIGGER.TASK_NAME.eq(row.getTaskName()))
            .and(RUN_TRIGGER.NAME.eq(row.getName()))
            .and(RUN_TRIGGER.REVISION.eq(row.getRevision() - 1))
            .execute()
        == 1;
  }
}
