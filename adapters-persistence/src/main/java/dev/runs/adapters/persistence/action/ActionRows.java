package dev.runs.adapters.persistence.action;

import dev.runs.adapters.persistence.generated.tables.records.ActionRecord;
import dev.runs.adapters.persistence.generated.tables.records.ActionReportRecord;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.TaskFacts;
import dev.runs.domain.action.TaskId;
import dev.runs.domain.action.TriggerFacts;
import dev.runs.domain.action.TriggerName;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.Locale;
import java.util.Objects;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;

/** Between what is known of actions and the rows of {@code action} and {@code action_report}. */
final class ActionRows {

  private ActionRows() {}

  static @Nullable JSON json(@Nullable Document document) {
    return document == null ? null : JSON.valueOf(document.json());
  }

  static @Nullable Document document(@Nullable JSON json) {
    return json == null ? null : new Document(json.data());
  }

  static ActionRecord toRow(Run run, ActionFacts facts) {
    var row = new ActionRecord();
    row.setRunId(run.id().value());
    row.setOrganizationId(run.organization().value());
    row.setType(facts.type().wireName());
    row.setGroupName(facts.group());
    row.setSubject(facts.subject());
    setTask(facts.task(), row);
    row.setSpec(json(facts.spec()));
    row.setInputUri(facts.inputUri());
    row.setInputsHash(facts.inputsHash());
    row.setExecutedBy(json(facts.executedBy()));
    row.setCreatedBy(facts.createdBy());
    row.setSource(facts.source());
    row.setRelation(json(facts.relation()));
    row.setRecoveredFrom(json(facts.recoveredFrom()));
    setTrigger(facts.trigger(), row);
    row.setRunSpec(json(facts.runSpec()));
    return row;
  }

  /** Every column is set, for all rows of a batch have the same. */
  private static void setTask(@Nullable TaskFacts task, ActionRecord row) {
    var id = task == null ? null : task.id();
    row.setTaskOrg(id == null ? null : id.organization());
    row.setTaskProject(id == null ? null : id.project());
    row.setTaskDomain(id == null ? null : id.domain());
    row.setTaskName(id == null ? null : id.name());
    row.setTaskVersion(id == null ? null : id.version());
    row.setTaskType(task == null ? null : task.type());
    row.setShortName(task == null ? null : task.shortName());
    row.setEnvironmentName(task == null ? null : task.environment());
    row.setFunctionName(task == null ? null : task.function());
    row.setTaskSpecDigest(task == null ? null : task.specDigest());
  }

  private static void setTrigger(@Nullable TriggerFacts trigger, ActionRecord row) {
    var name = trigger == null ? null : trigger.name();
    row.setTriggerProject(name == null ? null : name.project());
    row.setTriggerDomain(name == null ? null : name.domain());
    row.setTriggerName(name == null ? null : name.name());
    row.setTriggerTaskName(name == null ? null : name.task());
    row.setTriggerRevision(trigger == null ? null : trigger.revision());
    row.setTriggerType(trigger == null ? null : trigger.type());
    row.setTriggerAutomation(trigger == null ? null : json(trigger.automation()));
  }

  static ActionFacts toFacts(ActionRecord row) {
    return new ActionFacts(
        ActionType.valueOf(row.getType().toUpperCase(Locale.ROOT)),
        row.getGroupName(),
        row.getSubject(),
        task(row),
        document(row.getSpec()),
        row.getInputUri(),
        row.getInputsHash(),
        document(row.getExecutedBy()),
        row.getCreatedBy(),
        row.getSource(),
        document(row.getRelation()),
        document(row.getRecoveredFrom()),
        trigger(row),
        document(row.getRunSpec()));
  }

  private static @Nullable TaskFacts task(ActionRecord row) {
    return row.getTaskName() == null
        ? null
        : new TaskFacts(
            new TaskId(
                Objects.requireNonNull(row.getTaskOrg()),
                Objects.requireNonNull(row.getTaskProject()),
                Objects.requireNonNull(row.getTaskDomain()),
                row.getTaskName(),
                Objects.requireNonNull(row.getTaskVersion())),
            row.getTaskType(),
            row.getShortName(),
            row.getEnvironmentName(),
            row.getFunctionName(),
            row.getTaskSpecDigest());
  }

  private static @Nullable TriggerFacts trigger(ActionRecord row) {
    return row.getTriggerName() == null
        ? null
        : new TriggerFacts(
            new TriggerName(
                Objects.requireNonNull(row.getTriggerProject()),
                Objects.requireNonNull(row.getTriggerDomain()),
                row.getTriggerName(),
                Objects.requireNonNull(row.getTriggerTaskName())),
            Objects.requireNonNull(row.getTriggerRevision()),
            row.getTriggerType(),
            document(row.getTriggerAutomation()));
  }

  static ActionReportRecord toRow(RunId run, ActionStatus status) {
    var row = new ActionReportRecord();
    row.setRunId(run.value());
    row.setStartedAt(status.startedAt());
    row.setRecovered(status.isRecovered());
    row.setCacheStatus(status.cacheStatus());
    row.setOutput(json(status.output()));
    row.setEndedBy(json(status.endedBy()));
    row.setSendsStatus(status.sendsStatus());
    return row;
  }

  static ActionStatus toStatus(ActionReportRecord row) {
    return new ActionStatus(
        row.getStartedAt(),
        row.getRecovered(),
        row.getCacheStatus(),
        document(row.getOutput()),
        document(row.getEndedBy()),
        row.getSendsStatus());
  }
}
