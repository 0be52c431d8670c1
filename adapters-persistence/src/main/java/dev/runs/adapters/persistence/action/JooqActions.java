package dev.runs.adapters.persistence.action;

import static dev.runs.adapters.persistence.generated.Tables.ACTION;
import static dev.runs.adapters.persistence.generated.Tables.ACTION_REPORT;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.TASK_SPEC;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.ActionReportRecord;
import dev.runs.adapters.persistence.generated.tables.records.RunLabelRecord;
import dev.runs.adapters.persistence.generated.tables.records.RunPayloadRecord;
import dev.runs.adapters.persistence.generated.tables.records.TaskSpecRecord;
import dev.runs.adapters.persistence.run.RunRows;
import dev.runs.application.action.Actions;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.JSON;
import org.jooq.impl.DSL;

/**
 * Keeps what is known of actions in {@code action}, what was told of them in {@code action_report},
 * and beside them labels, specifications of tasks and what runs are given.
 */
public final class JooqActions implements Actions {

  /** So many alternatives in one query: SQLite takes no expression that is deeper than 1,000. */
  private static final int MOST_ALTERNATIVES = 200;

  private final Database database;

  public JooqActions(Database database) {
    this.database = database;
  }

  /** Roots along {@code run_root_name}, the others along {@code run_name}. */
  @Override
  public Map<ActionAddress, Run> findAll(Collection<ActionAddress> addresses) {
    if (addresses.isEmpty()) {
      return Map.of();
    }
    var namesIn = new TreeMap<RunAddress, Set<String>>();
    for (var address : addresses) {
      namesIn.computeIfAbsent(address.run(), _ -> new TreeSet<>()).add(address.name());
    }
    var roots = roots(namesIn.keySet());
    var found = new HashMap<ActionAddress, Run>();
    var below = new ArrayList<Condition>();
    var addressOf = new HashMap<RunId, RunAddress>();
    roots.forEach((address, root) -> {
      addressOf.put(root.id(), address);
      var names = new TreeSet<>(namesIn.getOrDefault(address, Set.of()));
      if (names.remove(address.root().name())) {
        found.put(address.root(), root);
      }
      if (!names.isEmpty()) {
        below.add(RUN.ROOT_ID.eq(root.id().value()).and(RUN.NAME.in(names)));
      }
    });
    for (var run : any(below, RUN.PARENT_ID.isNotNull())) {
      var address = addressOf.get(run.path().root());
      if (address != null) {
        found.put(address.action(run.name().value()), run);
      }
    }
    return found;
  }

  private Map<RunAddress, Run> roots(Collection<RunAddress> addresses) {
    record Space(UUID organization, String project, String domain) {}
    var namesIn = new HashMap<Space, Set<String>>();
    for (var address : addresses) {
      namesIn
          .computeIfAbsent(
              new Space(address.organization().value(), address.project(), address.domain()),
              _ -> new TreeSet<>())
          .add(address.name());
    }
    var alternatives = new ArrayList<Condition>();
    namesIn.forEach((space, names) ->
        alternatives.add(
            RUN.ORGANIZATION_ID
                .eq(space.organization())
                .and(RUN.PROJECT.eq(space.project()))
                .and(RUN.DOMAIN.eq(space.domain()))
                .and(RUN.NAME.in(names))));
    var roots = new TreeMap<RunAddress, Run>();
    for (var run : any(alternatives, RUN.PARENT_ID.isNull())) {
      roots.put(addressOf(run), run);
    }
    return roots;
  }

  private static RunAddress addressOf(Run root) {
    return new RunAddress(
        root.organization(),
        root.space().project().value(),
        root.space().domain(),
        root.name().value());
  }

  private List<Run> any(List<Condition> alternatives, Condition all) {
    var found = new ArrayList<Run>();
    for (var from = 0; from < alternatives.size(); from += MOST_ALTERNATIVES) {
      var some =
          alternatives.subList(from, Math.min(alternatives.size(), from + MOST_ALTERNATIVES));
      found.addAll(
          database
              .db()
              .selectFrom(RUN)
              .where(DSL.or(some))
              .and(all)
              .and(isNotBeingDeleted())
              .fetch(RunRows::toRun));
    }
    return found;
  }

  /** In the order of the ids, so that two who hold runs never wait for each other in a circle. */
  @Override
  public Map<RunId, Run> hold(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    var query =
        database
            .db()
            .selectFrom(RUN)
            .where(RUN.ID.in(runs.stream().map(RunId::value).sorted().toList()))
            .orderBy(RUN.ID);
    return database
        .dialect()
        .takeForChange(query)
        .fetchInto(RUN)
        .intoMap(row -> new RunId(row.getId()), RunRows::toRun);
  }

  @Override
  public void addAll(List<Added> added) {
    addSpecs(added);
    database.add(added.stream().map(one -> ActionRows.toRow(one.run(), one.facts())).toList());
    database.add(
        added.stream()
            .filter(one -> !one.status().equals(ActionStatus.NONE))
            .map(one -> ActionRows.toRow(one.run().id(), one.status()))
            .toList());
    database.add(added.stream().flatMap(one -> labels(one).stream()).toList());
    database.add(added.stream().flatMap(one -> payload(one).stream()).toList());
  }

  /** In the order of their digests, so that two who add the same never wait in a circle. */
  private void addSpecs(List<Added> added) {
    var specs = new TreeMap<String, TaskSpecRecord>();
    for (var one : added) {
      one.taskSpec()
          .ifPresent(spec -> {
            var row = new TaskSpecRecord();
            row.setOrganizationId(one.run().organization().value());
            row.setDigest(spec.digest());
            row.setDocument(JSON.valueOf(spec.json()));
            row.setCreatedAt(one.run().updatedAt());
            specs.putIfAbsent(row.getOrganizationId() + "/" + row.getDigest(), row);
          });
    }
    for (var row : specs.values()) {
      database
          .db()
          .insertInto(TASK_SPEC)
          .set(row)
          .onConflict(TASK_SPEC.ORGANIZATION_ID, TASK_SPEC.DIGEST)
          .doNothing()
          .execute();
    }
  }

  private static List<RunLabelRecord> labels(Added added) {
    var rows = new ArrayList<RunLabelRecord>();
    new TreeMap<>(added.labels())
        .forEach((key, value) -> {
          var row = new RunLabelRecord();
          row.setRunId(added.run().id().value());
          row.setOrganizationId(added.run().organization().value());
          row.setLabelKey(key);
          row.setLabelValue(value);
          rows.add(row);
        });
    return rows;
  }

  private static Optional<RunPayloadRecord> payload(Added added) {
    return added
        .inputs()
        .map(inputs -> {
          var row = new RunPayloadRecord();
          row.setRunId(added.run().id().value());
          row.setInput(JSON.valueOf(inputs.json()));
          return row;
        });
  }

  @Override
  public Map<RunId, ActionStatus> statuses(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .selectFrom(ACTION_REPORT)
        .where(ACTION_REPORT.RUN_ID.in(runs.stream().map(RunId::value).toList()))
        .fetchMap(row -> new RunId(row.getRunId()), ActionRows::toStatus);
  }

  @Override
  public void saveStatuses(Map<RunId, ActionStatus> statuses) {
    if (statuses.isEmpty()) {
      return;
    }
    var db = database.db();
    var columns = List.of(ACTION_REPORT.fields());
    var batch =
        db.batch(
            db.insertInto(ACTION_REPORT)
                .set(Database.unknown(columns))
                .onConflict(ACTION_REPORT.RUN_ID)
                .doUpdate()
                .setAllToExcluded());
    for (var row : rows(statuses)) {
      batch = batch.bind(columns.stream().map(row::get).toArray());
    }
    batch.execute();
  }

  private static List<ActionReportRecord> rows(Map<RunId, ActionStatus> statuses) {
    return statuses.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .map(entry -> ActionRows.toRow(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public Optional<ActionFacts> facts(RunId run) {
    return database
        .db()
        .selectFrom(ACTION)
        .where(ACTION.RUN_ID.eq(run.value()))
        .fetchOptional(ActionRows::toFacts);
  }
}
