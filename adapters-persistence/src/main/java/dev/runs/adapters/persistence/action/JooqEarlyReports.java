package dev.runs.adapters.persistence.action;

import static dev.runs.adapters.persistence.action.JooqAttemptReports.JSON_MAPPER;
import static dev.runs.adapters.persistence.generated.Tables.EARLY_REPORT;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.EarlyReportRecord;
import dev.runs.application.action.EarlyReports;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ExecutorReport;
import dev.runs.domain.action.RunAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Keeps early reports in the table {@code early_report}, each as it came, as JSON. */
public final class JooqEarlyReports implements EarlyReports {

  /** So many alternatives in one query: SQLite takes no expression that is deeper than 1,000. */
  private static final int MOST_ALTERNATIVES = 200;

  private final Database database;

  public JooqEarlyReports(Database database) {
    this.database = database;
  }

  @Override
  public void keepAll(List<EarlyReport> reports) {
    database.add(reports.stream().map(JooqEarlyReports::toRow).toList());
  }

  @Override
  public List<EarlyReport> take(Collection<ActionAddress> awaited, int most) {
    var taken = new ArrayList<EarlyReport>();
    for (var some : anyOf(awaited)) {
      var left = most - taken.size();
      if (left == 0) {
        break;
      }
      var first =
          database
              .dialect()
              .takeUntaken(
                  database
                      .db()
                      .select(EARLY_REPORT.ID)
                      .from(EARLY_REPORT)
                      .where(some)
                      .orderBy(EARLY_REPORT.ID)
                      .limit(left))
              .fetch(EARLY_REPORT.ID);
      if (!first.isEmpty()) {
        database
            .db()
            .deleteFrom(EARLY_REPORT)
            .where(EARLY_REPORT.ID.in(first))
            .returning()
            .fetch()
            .stream()
            .sorted(Comparator.comparing(EarlyReportRecord::getId))
            .map(JooqEarlyReports::toReport)
            .forEach(taken::add);
      }
    }
    return taken;
  }

  @Override
  public boolean isAnyWaitingFor(Collection<ActionAddress> awaited) {
    return anyOf(awaited).stream().anyMatch(some -> database.db().fetchExists(EARLY_REPORT, some));
  }

  @Override
  public List<ActionAddress> awaited(@Nullable ActionAddress after, int most) {
    var address =
        row(
            EARLY_REPORT.ORGANIZATION_ID,
            EARLY_REPORT.PROJECT,
            EARLY_REPORT.DOMAIN,
            EARLY_REPORT.RUN_NAME,
            EARLY_REPORT.ACTION_NAME);
    var behind =
        after == null
            ? DSL.noCondition()
            : address.gt(
                after.run().organization().value(),
                after.run().project(),
                after.run().domain(),
                after.run().name(),
                after.name());
    return database
        .db()
        .selectDistinct(
            EARLY_REPORT.ORGANIZATION_ID,
            EARLY_REPORT.PROJECT,
            EARLY_REPORT.DOMAIN,
            EARLY_REPORT.RUN_NAME,
            EARLY_REPORT.ACTION_NAME)
        .from(EARLY_REPORT)
        .where(behind)
        .orderBy(
            EARLY_REPORT.ORGANIZATION_ID,
            EARLY_REPORT.PROJECT,
            EARLY_REPORT.DOMAIN,
            EARLY_REPORT.RUN_NAME,
            EARLY_REPORT.ACTION_NAME)
        .limit(most)
        .fetch(found -> addressOf(found.into(EARLY_REPORT)));
  }

  @Override
  public int dropBefore(Instant moment, int most) {
    return database
        .db()
        .deleteFrom(EARLY_REPORT)
        .where(
            EARLY_REPORT.ID.in(
                select(EARLY_REPORT.ID)
                    .from(EARLY_REPORT)
                    .where(EARLY_REPORT.REPORTED_AT.lt(moment))
                    .orderBy(EARLY_REPORT.REPORTED_AT)
                    .limit(most)))
        .execute();
  }

  @Override
  public long count() {
    return database.db().fetchCount(EARLY_REPORT);
  }

  private static List<Condition> anyOf(Collection<ActionAddress> awaited) {
    var namesIn = new TreeMap<RunAddress, TreeSet<String>>();
    for (var address : awaited) {
      namesIn.computeIfAbsent(address.run(), _ -> new TreeSet<>()).add(address.name());
    }
    var conditions = new ArrayList<Condition>();
    namesIn.forEach((run, names) ->
        conditions.add(
            EARLY_REPORT
                .ORGANIZATION_ID
                .eq(run.organization().value())
                .and(EARLY_REPORT.PROJECT.eq(run.project()))
                .and(EARLY_REPORT.DOMAIN.eq(run.domain()))
                .and(EARLY_REPORT.RUN_NAME.eq(run.name()))
                .and(EARLY_REPORT.ACTION_NAME.in(names))));
    var queries = new ArrayList<Condition>();
    for (var from = 0; from < conditions.size(); from += MOST_ALTERNATIVES) {
      queries.add(
          DSL.or(conditions.subList(from, Math.min(conditions.size(), from + MOST_ALTERNATIVES))));
    }
    return queries;
  }

  private static EarlyReportRecord toRow(EarlyReport early) {
    var run = early.awaits().run();
    var row = new EarlyReportRecord();
    row.setOrganizationId(run.organization().value());
    row.setProject(run.project());
    row.setDomain(run.domain());
    row.setRunName(run.name());
    row.setActionName(early.awaits().name());
    row.setKind(
        switch (early.report()) {
          case ExecutorReport.Recorded _ -> "recorded";
          case ExecutorReport.Status _ -> "status";
          case ExecutorReport.Event _ -> "event";
          case ExecutorReport.Update _ -> "update";
        });
    row.setReport(JSON.valueOf(JSON_MAPPER.writeValueAsString(early.report())));
    row.setActor(early.actor().value());
    row.setReportedAt(early.reportedAt());
    return row;
  }

  private static EarlyReport toReport(EarlyReportRecord row) {
    return new EarlyReport(
        addressOf(row),
        JSON_MAPPER.readValue(row.getReport().data(), type(row.getKind())),
        new Principal(row.getActor()),
        row.getReportedAt());
  }

  private static Class<? extends ExecutorReport> type(String kind) {
    return switch (kind) {
      case "recorded" -> ExecutorReport.Recorded.class;
      case "status" -> ExecutorReport.Status.class;
      case "event" -> ExecutorReport.Event.class;
      case "update" -> ExecutorReport.Update.class;
      default -> throw new IllegalStateException("no report is called " + kind);
    };
  }

  private static ActionAddress addressOf(EarlyReportRecord row) {
    return new RunAddress(
            new OrganizationId(row.getOrganizationId()),
            row.getProject(),
            row.getDomain(),
            row.getRunName())
        .action(row.getActionName());
  }
}
