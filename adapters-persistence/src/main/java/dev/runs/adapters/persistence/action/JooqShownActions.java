package dev.runs.adapters.persistence.action;

import static dev.runs.adapters.persistence.generated.Tables.ACTION;
import static dev.runs.adapters.persistence.generated.Tables.ATTEMPT;
import static dev.runs.adapters.persistence.generated.Tables.ATTEMPT_REPORT;
import static dev.runs.adapters.persistence.generated.Tables.CLUSTER_EVENT;
import static dev.runs.adapters.persistence.generated.Tables.PHASE_TRANSITION;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_PAYLOAD;
import static dev.runs.adapters.persistence.generated.Tables.TASK_SPEC;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.AttemptRecord;
import dev.runs.adapters.persistence.generated.tables.records.ClusterEventRecord;
import dev.runs.application.action.ActionDetails;
import dev.runs.application.action.ActionView;
import dev.runs.application.action.AttemptView;
import dev.runs.application.action.ShownActions;
import dev.runs.application.action.ToldClusterEvent;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.action.AttemptReport;
import dev.runs.domain.action.ClusterEvent;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.PhaseTransition;
import dev.runs.domain.action.PhaseTransition.Seen;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Finds all that is shown of actions, a few queries for all that are asked for. */
public final class JooqShownActions implements ShownActions {

  /** The number of a row among those of its attempt. */
  private static final Field<Integer> PLACE = field(name("placed", "place"), Integer.class);

  private final Database database;
  private final ActionQuery query;

  public JooqShownActions(Database database) {
    this.database = database;
    this.query = new ActionQuery(database);
  }

  @Override
  public Map<RunId, ActionView> findAll(Reach reach, Collection<RunId> runs) {
    return find(reach, runs, false);
  }

  @Override
  public Map<RunId, ActionView> findAllInFull(Reach reach, Collection<RunId> runs) {
    return find(reach, runs, true);
  }

  private Map<RunId, ActionView> find(Reach reach, Collection<RunId> runs, boolean inFull) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    var rows =
        query
            .select(inFull)
            .where(RUN.ID.in(ids(runs)))
            .and(isWithin(reach))
            .and(isNotBeingDeleted())
            .fetch();
    var found = new LinkedHashMap<RunId, ActionView>();
    query.views(rows).forEach(view -> found.put(view.run().id(), view));
    return found;
  }

  @Override
  public Map<RunId, Document> taskSpecs(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .select(ACTION.RUN_ID, TASK_SPEC.DOCUMENT)
        .from(ACTION)
        .join(TASK_SPEC)
        .on(TASK_SPEC.ORGANIZATION_ID.eq(ACTION.ORGANIZATION_ID))
        .and(TASK_SPEC.DIGEST.eq(ACTION.TASK_SPEC_DIGEST))
        .where(ACTION.RUN_ID.in(ids(runs)))
        .fetchMap(row -> new RunId(row.value1()), row -> new Document(row.value2().data()));
  }

  @Override
  public Map<RunId, List<AttemptView>> attempts(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    var ids = ids(runs);
    var reports = reports(ids);
    var transitions = transitions(ids);
    var events = clusterEvents(ids);
    var found = new HashMap<RunId, List<AttemptView>>();
    database
        .db()
        .select(ATTEMPT.fields())
        .from(ATTEMPT)
        .join(RUN)
        .on(RUN.ID.eq(ATTEMPT.RUN_ID))
        .where(ATTEMPT.RUN_ID.in(ids))
        .and(ATTEMPT.NUMBER.gt(RUN.ATTEMPT.minus(ActionDetails.MOST_ATTEMPTS)))
        .orderBy(ATTEMPT.RUN_ID, ATTEMPT.NUMBER)
        .forEach(row -> {
          var attempt = row.into(ATTEMPT);
          var key = new AttemptKey(new RunId(attempt.getRunId()), attempt.getNumber());
          found
              .computeIfAbsent(key.run(), _ -> new ArrayList<>())
              .add(
                  view(
                      attempt,
                      reports.get(key),
                      PhaseTransition.of(transitions.getOrDefault(key, List.of())),
                      events.getOrDefault(key, List.of())));
        });
    return found;
  }

  private Map<AttemptKey, AttemptReport> reports(List<UUID> runs) {
    return database
        .db()
        .selectFrom(ATTEMPT_REPORT)
        .where(ATTEMPT_REPORT.RUN_ID.in(runs))
        .fetchMap(
            row -> new AttemptKey(new RunId(row.getRunId()), row.getNumber()),
            JooqAttemptReports::toReport);
  }

  private Map<AttemptKey, List<Seen>> transitions(List<UUID> runs) {
    var place =
        rowNumber()
            .over()
            .partitionBy(PHASE_TRANSITION.RUN_ID, PHASE_TRANSITION.NUMBER)
            .orderBy(PHASE_TRANSITION.AT, PHASE_TRANSITION.RANK, PHASE_TRANSITION.VERSION)
            .as("place");
    var placed =
        select(PHASE_TRANSITION.fields())
            .select(place)
            .from(PHASE_TRANSITION)
            .where(PHASE_TRANSITION.RUN_ID.in(runs))
            .asTable("placed");
    var found = new HashMap<AttemptKey, List<Seen>>();
    database
        .db()
        .select(placed.fields(PHASE_TRANSITION.fields()))
        .from(placed)
        .where(PLACE.le(AttemptView.MOST_TRANSITIONS))
        .forEach(row ->
            found
                .computeIfAbsent(
                    new AttemptKey(
                        new RunId(row.get(placed.field(PHASE_TRANSITION.RUN_ID))),
                        row.get(placed.field(PHASE_TRANSITION.NUMBER))),
                    _ -> new ArrayList<>())
                .add(
                    new Seen(
                        JooqAttemptReports.phase(row.get(placed.field(PHASE_TRANSITION.PHASE))),
                        row.get(placed.field(PHASE_TRANSITION.VERSION)),
                        row.get(placed.field(PHASE_TRANSITION.AT)))));
    return found;
  }

  private Map<AttemptKey, List<ToldClusterEvent>> clusterEvents(List<UUID> runs) {
    var place =
        rowNumber()
            .over()
            .partitionBy(CLUSTER_EVENT.RUN_ID, CLUSTER_EVENT.NUMBER)
            .orderBy(CLUSTER_EVENT.OCCURRED_AT, CLUSTER_EVENT.ID)
            .as("place");
    var placed =
        select(CLUSTER_EVENT.ID, place)
            .from(CLUSTER_EVENT)
            .where(CLUSTER_EVENT.RUN_ID.in(runs))
            .asTable("placed");
    var found = new HashMap<AttemptKey, List<ToldClusterEvent>>();
    database
        .db()
        .select(CLUSTER_EVENT.fields())
        .from(CLUSTER_EVENT)
        .join(placed)
        .on(CLUSTER_EVENT.ID.eq(placed.field(CLUSTER_EVENT.ID)))
        .where(PLACE.le(AttemptView.MOST_CLUSTER_EVENTS))
        .orderBy(CLUSTER_EVENT.OCCURRED_AT, CLUSTER_EVENT.ID)
        .forEach(row -> {
          var event = row.into(CLUSTER_EVENT);
          found
              .computeIfAbsent(
                  new AttemptKey(new RunId(event.getRunId()), event.getNumber()),
                  _ -> new ArrayList<>())
              .add(toEvent(event));
        });
    return found;
  }

  @Override
  public List<ToldClusterEvent> clusterEvents(AttemptKey attempt, long after, int limit) {
    return database
        .db()
        .selectFrom(CLUSTER_EVENT)
        .where(CLUSTER_EVENT.RUN_ID.eq(attempt.run().value()))
        .and(CLUSTER_EVENT.NUMBER.eq(attempt.number()))
        .and(CLUSTER_EVENT.ID.gt(after))
        .orderBy(CLUSTER_EVENT.ID)
        .limit(limit)
        .fetch(JooqShownActions::toEvent);
  }

  @Override
  public Optional<Document> inputs(RunId run) {
    return database
        .db()
        .select(RUN_PAYLOAD.INPUT)
        .from(RUN_PAYLOAD)
        .where(RUN_PAYLOAD.RUN_ID.eq(run.value()))
        .fetchOptional(row -> new Document(row.value1().data()));
  }

  private static ToldClusterEvent toEvent(ClusterEventRecord row) {
    return new ToldClusterEvent(
        row.getId(),
        new ClusterEvent(
            row.getOccurredAt(),
            row.getMessage(),
            row.getType(),
            row.getReason(),
            row.getSourceComponent(),
            row.getOccurrences()));
  }

  /**
   * What events say of an attempt goes before what the end of its run says, unless it has ended
   * with the run and no event of its end was told.
   */
  private static AttemptView view(
      AttemptRecord row,
      @Nullable AttemptReport report,
      List<PhaseTransition> transitions,
      List<ToldClusterEvent> events) {
    var state = StateName.ofWireName(row.getPhase()).orElseThrow();
    var told = report != null && (report.phase().isTerminal() || state.isLive()) ? report : null;
    var phase = told == null ? ActionPhase.of(state, false) : told.phase();
    var ref = row.getOutputRef();
    return new AttemptView(
        row.getNumber(),
        phase,
        report == null ? row.getStartedAt() : report.startedAt(),
        Optional.ofNullable(told == null ? row.getEndedAt() : told.endedAt()),
        phase == ActionPhase.FAILED || phase == ActionPhase.TIMED_OUT
            ? error(row, report)
            : Optional.empty(),
        Optional.ofNullable(report == null ? null : report.outputs())
            .or(() -> Optional.ofNullable(ref).map(JooqShownActions::outputs)),
        Optional.ofNullable(report == null ? null : report.cluster()),
        Optional.ofNullable(report == null ? null : report.cacheStatus()),
        Optional.ofNullable(report == null ? null : report.cacheMetadata()),
        report == null ? List.of() : List.copyOf(report.logs().values()),
        Optional.ofNullable(report == null ? null : report.logContext()),
        transitions,
        events);
  }

  private static Optional<ActionError> error(AttemptRecord row, @Nullable AttemptReport report) {
    var told = report == null ? null : report.error();
    if (told != null) {
      return Optional.of(told);
    }
    return Optional.ofNullable(row.getFailureKind())
        .map(kind ->
            ActionError.of(new RunFailure(RunFailure.Kind.valueOf(kind), row.getFailureMessage())));
  }

  private static Document outputs(String ref) {
    return new Document(
        JooqAttemptReports.JSON_MAPPER.writeValueAsString(Map.of("outputUri", ref)));
  }

  private static List<UUID> ids(Collection<RunId> runs) {
    return runs.stream().map(RunId::value).toList();
  }
}
