package dev.runs.adapters.persistence.action;

import static dev.runs.adapters.persistence.action.ActionRows.document;
import static dev.runs.adapters.persistence.action.ActionRows.json;
import static dev.runs.adapters.persistence.generated.Tables.ATTEMPT_REPORT;
import static dev.runs.adapters.persistence.generated.Tables.CLUSTER_EVENT;
import static dev.runs.adapters.persistence.generated.Tables.PHASE_TRANSITION;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.AttemptReportRecord;
import dev.runs.adapters.persistence.generated.tables.records.ClusterEventRecord;
import dev.runs.adapters.persistence.generated.tables.records.PhaseTransitionRecord;
import dev.runs.application.action.AttemptReports;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.action.AttemptReport;
import dev.runs.domain.action.ClusterEvent;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.PhaseTransition.Seen;
import dev.runs.domain.run.RunId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.JSON;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what events say of attempts in {@code attempt_report}, the phases they were seen in in
 * {@code phase_transition}, and what happened to them in {@code cluster_event}.
 */
public final class JooqAttemptReports implements AttemptReports {

  static final JsonMapper JSON_MAPPER = JsonMapper.builder().build();

  private static final TypeReference<LinkedHashMap<String, Seen>> TOLD = new TypeReference<>() {};
  private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

  private static final int AFTER_LIVE_PHASES = 100;

  private final Database database;

  public JooqAttemptReports(Database database) {
    this.database = database;
  }

  private record SeenKey(UUID run, int number, String phase, long version) {}

  private record EventKey(UUID run, int number, String digest) {}

  /** Nobody adds to the same runs meanwhile, for whoever does so holds them. */
  @Override
  public List<Boolean> addSeen(List<SeenEvent> events, Instant now) {
    var known = new HashSet<SeenKey>();
    database
        .db()
        .select(
            PHASE_TRANSITION.RUN_ID,
            PHASE_TRANSITION.NUMBER,
            PHASE_TRANSITION.PHASE,
            PHASE_TRANSITION.VERSION)
        .from(PHASE_TRANSITION)
        .where(PHASE_TRANSITION.RUN_ID.in(distinct(events, event -> event.attempt().run().value())))
        .and(PHASE_TRANSITION.NUMBER.in(distinct(events, event -> event.attempt().number())))
        .and(PHASE_TRANSITION.PHASE.in(distinct(events, event -> textOf(event.phase()))))
        .and(PHASE_TRANSITION.VERSION.in(distinct(events, SeenEvent::version)))
        .forEach(
            row -> known.add(new SeenKey(row.value1(), row.value2(), row.value3(), row.value4())));
    var isNew = new ArrayList<Boolean>();
    var rows = new ArrayList<PhaseTransitionRecord>();
    for (var event : events) {
      var added = known.add(keyOf(event));
      isNew.add(added);
      if (added) {
        rows.add(toRow(event, now));
      }
    }
    database.add(rows);
    return isNew;
  }

  private static <T, V> List<V> distinct(List<T> all, Function<T, V> part) {
    return all.stream().map(part).distinct().toList();
  }

  private static SeenKey keyOf(SeenEvent event) {
    return new SeenKey(
        event.attempt().run().value(),
        event.attempt().number(),
        textOf(event.phase()),
        event.version());
  }

  private static PhaseTransitionRecord toRow(SeenEvent event, Instant now) {
    var row = new PhaseTransitionRecord();
    row.setRunId(event.attempt().run().value());
    row.setNumber(event.attempt().number());
    row.setPhase(textOf(event.phase()));
    row.setVersion(event.version());
    row.setAt(event.at());
    row.setRank((event.phase().isTerminal() ? AFTER_LIVE_PHASES : 0) + event.phase().number());
    row.setCreatedAt(now);
    return row;
  }

  static String textOf(ActionPhase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }

  static ActionPhase phase(String text) {
    return ActionPhase.valueOf(text.toUpperCase(Locale.ROOT));
  }

  @Override
  public Map<AttemptKey, AttemptReport> findAll(Collection<AttemptKey> attempts) {
    if (attempts.isEmpty()) {
      return Map.of();
    }
    var wanted = new HashSet<>(attempts);
    var runs = attempts.stream().map(attempt -> attempt.run().value()).distinct().toList();
    var numbers = attempts.stream().map(AttemptKey::number).distinct().toList();
    var found = new HashMap<AttemptKey, AttemptReport>();
    database
        .db()
        .selectFrom(ATTEMPT_REPORT)
        .where(ATTEMPT_REPORT.RUN_ID.in(runs))
        .and(ATTEMPT_REPORT.NUMBER.in(numbers))
        .forEach(row -> {
          var key = new AttemptKey(new RunId(row.getRunId()), row.getNumber());
          if (wanted.contains(key)) {
            found.put(key, toReport(row));
          }
        });
    return found;
  }

  @Override
  public void saveAll(Map<AttemptKey, AttemptReport> reports) {
    if (reports.isEmpty()) {
      return;
    }
    var db = database.db();
    var columns = List.of(ATTEMPT_REPORT.fields());
    var batch =
        db.batch(
            db.insertInto(ATTEMPT_REPORT)
                .set(Database.unknown(columns))
                .onConflict(ATTEMPT_REPORT.RUN_ID, ATTEMPT_REPORT.NUMBER)
                .doUpdate()
                .setAllToExcluded());
    for (var report : new TreeMap<>(reports).entrySet()) {
      var row = toRow(report.getKey(), report.getValue());
      batch = batch.bind(columns.stream().map(row::get).toArray());
    }
    batch.execute();
  }

  private static AttemptReportRecord toRow(AttemptKey key, AttemptReport report) {
    var row = new AttemptReportRecord();
    row.setRunId(key.run().value());
    row.setNumber(key.number());
    row.setPhase(textOf(report.phase()));
    row.setStartedAt(report.startedAt());
    row.setEndedAt(report.endedAt());
    var error = report.error();
    row.setErrorKind(error == null ? null : error.kind().name());
    row.setErrorMessage(error == null ? null : error.message());
    row.setOutputs(json(report.outputs()));
    row.setCluster(report.cluster());
    row.setCacheStatus(report.cacheStatus());
    row.setCacheMetadata(json(report.cacheMetadata()));
    row.setLogNames(JSON.valueOf(JSON_MAPPER.writeValueAsString(report.logs().keySet())));
    row.setLogInfo(
        JSON.valueOf(
            "["
                + String.join(",", report.logs().values().stream().map(Document::json).toList())
                + "]"));
    row.setLogContext(json(report.logContext()));
    row.setReportedAt(report.reportedAt());
    row.setUpdatedAt(report.updatedAt());
    row.setTold(JSON.valueOf(JSON_MAPPER.writeValueAsString(report.told())));
    return row;
  }

  static AttemptReport toReport(AttemptReportRecord row) {
    return new AttemptReport(
        row.getNumber(),
        phase(row.getPhase()),
        row.getStartedAt(),
        row.getEndedAt(),
        error(row),
        document(row.getOutputs()),
        row.getCluster(),
        row.getCacheStatus(),
        document(row.getCacheMetadata()),
        logs(row),
        document(row.getLogContext()),
        row.getReportedAt(),
        row.getUpdatedAt(),
        JSON_MAPPER.readValue(row.getTold().data(), TOLD));
  }

  private static @Nullable ActionError error(AttemptReportRecord row) {
    return row.getErrorKind() == null
        ? null
        : new ActionError(
            ActionError.Kind.valueOf(row.getErrorKind()),
            Objects.requireNonNull(row.getErrorMessage(), "an error has a message"));
  }

  private static Map<String, Document> logs(AttemptReportRecord row) {
    var names = JSON_MAPPER.readValue(row.getLogNames().data(), NAMES);
    var entries = JSON_MAPPER.readTree(row.getLogInfo().data());
    var logs = new TreeMap<String, Document>();
    for (var i = 0; i < names.size(); i++) {
      logs.put(names.get(i), new Document(entries.get(i).toString()));
    }
    return logs;
  }

  /** As above. */
  @Override
  public List<Boolean> addClusterEvents(List<Happened> events, Instant now) {
    var rows = events.stream().map(event -> toRow(event, now)).toList();
    var known = new HashSet<EventKey>();
    database
        .db()
        .select(CLUSTER_EVENT.RUN_ID, CLUSTER_EVENT.NUMBER, CLUSTER_EVENT.DIGEST)
        .from(CLUSTER_EVENT)
        .where(CLUSTER_EVENT.RUN_ID.in(distinct(rows, ClusterEventRecord::getRunId)))
        .and(CLUSTER_EVENT.NUMBER.in(distinct(rows, ClusterEventRecord::getNumber)))
        .and(CLUSTER_EVENT.DIGEST.in(distinct(rows, ClusterEventRecord::getDigest)))
        .forEach(row -> known.add(new EventKey(row.value1(), row.value2(), row.value3())));
    var isNew = rows.stream().map(row -> known.add(keyOf(row))).toList();
    var added = new ArrayList<ClusterEventRecord>();
    for (var i = 0; i < rows.size(); i++) {
      if (isNew.get(i)) {
        added.add(rows.get(i));
      }
    }
    database.add(added);
    return isNew;
  }

  private static EventKey keyOf(ClusterEventRecord row) {
    return new EventKey(row.getRunId(), row.getNumber(), row.getDigest());
  }

  private static ClusterEventRecord toRow(Happened happened, Instant now) {
    var event = happened.event();
    var row = new ClusterEventRecord();
    row.setRunId(happened.attempt().run().value());
    row.setNumber(happened.attempt().number());
    row.setOccurredAt(event.occurredAt());
    row.setMessage(event.message());
    row.setType(event.type());
    row.setReason(event.reason());
    row.setSourceComponent(event.source());
    row.setOccurrences(event.count());
    row.setDigest(digest(event));
    row.setCreatedAt(now);
    return row;
  }

  private static String digest(ClusterEvent event) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      var text = JSON_MAPPER.writeValueAsString(event);
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
