package dev.runs.adapters.persistence.action;

import static dev.runs.adapters.persistence.generated.Tables.ACTION;
import static dev.runs.adapters.persistence.generated.Tables.ACTION_REPORT;
import static dev.runs.adapters.persistence.generated.Tables.ORGANIZATION;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_LABEL;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Dialect;
import dev.runs.adapters.persistence.run.RunRows;
import dev.runs.application.action.ActionField;
import dev.runs.application.action.ActionView;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.SelectOnConditionStep;
import org.jspecify.annotations.Nullable;

/** Runs as actions: the query that finds them with what is known of them, and its columns. */
final class ActionQuery {

  private static final dev.runs.adapters.persistence.generated.tables.Run ROOT = RUN.as("root");
  private static final dev.runs.adapters.persistence.generated.tables.Run PARENT = RUN.as("parent");

  private final Database database;

  ActionQuery(Database database) {
    this.database = database;
  }

  Dialect dialect() {
    return database.dialect();
  }

  /**
   * All runs with what is known of them.
   *
   * @param inFull whether with the documents that only details show
   */
  SelectOnConditionStep<Record> select(boolean inFull) {
    var columns = new ArrayList<SelectField<?>>(List.of(RUN.fields()));
    for (var column : ACTION.fields()) {
      if (inFull || !column.equals(ACTION.RUN_SPEC)) {
        columns.add(column);
      }
    }
    columns.addAll(List.of(ACTION_REPORT.fields()));
    columns.addAll(List.of(ROOT.NAME, PARENT.NAME, PARENT.PARENT_ID, ORGANIZATION.EXTERNAL_ID));
    return database
        .db()
        .select(columns)
        .from(RUN)
        .join(ORGANIZATION)
        .on(ORGANIZATION.ID.eq(RUN.ORGANIZATION_ID))
        .join(ROOT)
        .on(ROOT.ID.eq(RUN.ROOT_ID))
        .leftJoin(PARENT)
        .on(PARENT.ID.eq(RUN.PARENT_ID))
        .leftJoin(ACTION)
        .on(ACTION.RUN_ID.eq(RUN.ID))
        .leftJoin(ACTION_REPORT)
        .on(ACTION_REPORT.RUN_ID.eq(RUN.ID));
  }

  /** The rows of such a query, in their order. */
  List<ActionView> views(List<? extends Record> rows) {
    var labels = labels(rows);
    return rows.stream().map(row -> view(row, labels)).toList();
  }

  private Map<RunId, Map<String, String>> labels(List<? extends Record> rows) {
    var roots = new ArrayList<UUID>();
    for (var row : rows) {
      if (row.get(RUN.PARENT_ID) == null && row.get(ACTION.RUN_ID) != null) {
        roots.add(row.get(RUN.ID));
      }
    }
    var labels = new HashMap<RunId, Map<String, String>>();
    if (!roots.isEmpty()) {
      database
          .db()
          .selectFrom(RUN_LABEL)
          .where(RUN_LABEL.RUN_ID.in(roots))
          .forEach(row ->
              labels
                  .computeIfAbsent(new RunId(row.getRunId()), _ -> new TreeMap<>())
                  .put(row.getLabelKey(), row.getLabelValue()));
    }
    return labels;
  }

  private static ActionView view(Record row, Map<RunId, Map<String, String>> labels) {
    var run = RunRows.toRun(row.into(RUN));
    var address =
        new RunAddress(
            run.organization(),
            run.space().project().value(),
            run.space().domain(),
            row.get(ROOT.NAME));
    var isRoot = run.path().isRoot();
    return new ActionView(
        run,
        isRoot ? address.root() : address.action(run.name().value()),
        isRoot ? Optional.empty() : Optional.of(parentName(row)),
        facts(row, run),
        row.get(ACTION_REPORT.RUN_ID) == null
            ? ActionStatus.NONE
            : ActionRows.toStatus(row.into(ACTION_REPORT)),
        labels.getOrDefault(run.id(), Map.of()));
  }

  private static String parentName(Record row) {
    return row.get(PARENT.PARENT_ID) == null ? RunName.ROOT_ACTION : row.get(PARENT.NAME);
  }

  private static ActionFacts facts(Record row, Run run) {
    return row.get(ACTION.RUN_ID) == null
        ? ActionFacts.of(run, row.get(ORGANIZATION.EXTERNAL_ID))
        : ActionRows.toFacts(row.into(ACTION));
  }

  // ---- columns to filter and sort by

  static Field<String> text(ActionField field) {
    return switch (field) {
      case PROJECT -> RUN.PROJECT;
      case DOMAIN -> RUN.DOMAIN;
      case RUN_NAME -> ROOT.NAME;
      case NAME -> when(RUN.PARENT_ID.isNull(), inline(RunName.ROOT_ACTION)).otherwise(RUN.NAME);
      case PARENT_NAME ->
          when(RUN.PARENT_ID.isNull(), inline((String) null))
              .when(PARENT.PARENT_ID.isNull(), inline(RunName.ROOT_ACTION))
              .otherwise(PARENT.NAME);
      case GROUP_NAME -> ACTION.GROUP_NAME;
      case RUN_SOURCE -> ACTION.SOURCE;
      case CREATED_BY -> ACTION.CREATED_BY;
      case TRIGGER_TASK_NAME -> ACTION.TRIGGER_TASK_NAME;
      case TRIGGER_NAME -> ACTION.TRIGGER_NAME;
      case TRIGGER_TYPE -> ACTION.TRIGGER_TYPE;
      case TASK_PROJECT -> ofRun(RUN.PROJECT, ACTION.TASK_PROJECT);
      case TASK_DOMAIN -> ofRun(RUN.DOMAIN, ACTION.TASK_DOMAIN);
      case TASK_NAME -> ofRun(RUN.TASK, ACTION.TASK_NAME);
      case TASK_VERSION -> ofRun(inline(""), ACTION.TASK_VERSION);
      case FUNCTION_NAME -> ACTION.FUNCTION_NAME;
      case ENVIRONMENT_NAME -> ofRun(RUN.SERVICE, ACTION.ENVIRONMENT_NAME);
      case ACTION_TYPE -> coalesce(ACTION.TYPE, inline("task"));
      case PHASE, TRIGGER_REVISION, CREATED_AT, UPDATED_AT, ENDED_AT, DURATION_MS ->
          throw new IllegalArgumentException(field + " is no text");
    };
  }

  /** What a run of another surface has stands in the run itself. */
  private static Field<String> ofRun(Field<String> run, Field<String> action) {
    return when(ACTION.RUN_ID.isNull(), run).otherwise(action);
  }

  Field<Long> number(ActionField field) {
    return switch (field) {
      case TRIGGER_REVISION -> ACTION.TRIGGER_REVISION;
      case DURATION_MS ->
          database
              .dialect()
              .millisBetween(
                  coalesce(ACTION_REPORT.STARTED_AT, RUN.STARTED_AT, RUN.CREATED_AT), RUN.ENDED_AT);
      case PHASE -> phase();
      default -> throw new IllegalArgumentException(field + " is no number");
    };
  }

  private static Field<Long> phase() {
    var numbers =
        when(
            RUN.STATE.eq("succeeded").and(ACTION_REPORT.RECOVERED),
            inline((long) ActionPhase.RECOVERED.number()));
    for (var state : StateName.values()) {
      numbers =
          numbers.when(
              RUN.STATE.eq(state.wireName()), inline((long) ActionPhase.of(state, false).number()));
    }
    return numbers.otherwise(inline((@Nullable Long) null));
  }

  static Field<Instant> instant(ActionField field) {
    return switch (field) {
      case CREATED_AT -> RUN.CREATED_AT;
      case UPDATED_AT -> RUN.UPDATED_AT;
      case ENDED_AT -> RUN.ENDED_AT;
      default -> throw new IllegalArgumentException(field + " is no moment");
    };
  }
}
