package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.RUN_LEASE;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.OwnedNames;
import dev.runs.adapters.persistence.generated.tables.records.RunLeaseRecord;
import dev.runs.application.queue.Leases;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Keeps leases in the table {@code run_lease}. */
public final class JooqLeases implements Leases {

  private final Database database;
  private final DatabaseClock clock;

  /**
   * @param clock where the database has none of its own
   */
  public JooqLeases(Database database, InstantSource clock) {
    this.database = database;
    this.clock = new DatabaseClock(database, clock);
  }

  @Override
  public Map<RunId, Lease> addAll(List<NewLease> leases) {
    if (leases.isEmpty()) {
      return Map.of();
    }
    var now = clock.instant();
    var rows = leases.stream().map(lease -> toRow(lease, now)).toList();
    database.add(rows);
    return byRun(rows);
  }

  @Override
  public Map<RunId, Lease> takeAll(Reach reach, Collection<Shown> shown) {
    return byRun(take(reach, shown));
  }

  @Override
  public Map<RunId, Lease> extendAll(
      Reach reach, Collection<Shown> shown, Optional<Duration> length) {
    var taken = take(reach, shown);
    if (taken.isEmpty()) {
      return Map.of();
    }
    var db = database.db();
    var now = clock.instant();
    var batch =
        db.batch(
            db.update(RUN_LEASE)
                .set(RUN_LEASE.EXPIRES_AT, val(null, RUN_LEASE.EXPIRES_AT))
                .set(RUN_LEASE.DUE_AT, val(null, RUN_LEASE.DUE_AT))
                .set(RUN_LEASE.HEARD_AT, val(null, RUN_LEASE.HEARD_AT))
                .where(RUN_LEASE.RUN_ID.eq(val(null, RUN_LEASE.RUN_ID))));
    for (var lease : taken) {
      lease.setExpiresAt(
          now.plusMillis(length.map(Duration::toMillis).orElse(lease.getLengthMs())));
      lease.setDueAt(dueAt(lease));
      batch = batch.bind(lease.getExpiresAt(), lease.getDueAt(), now, lease.getRunId());
    }
    batch.execute();
    return byRun(taken);
  }

  @Override
  public void removeAll(Collection<RunId> runs) {
    if (!runs.isEmpty()) {
      database.db().deleteFrom(RUN_LEASE).where(isOneOf(runs)).execute();
    }
  }

  @Override
  public List<RunId> cancelWithin(Collection<RunId> runs, Duration grace) {
    if (runs.isEmpty()) {
      return List.of();
    }
    var db = database.db();
    var leased =
        database
            .dialect()
            .take(
                db.select(RUN_LEASE.RUN_ID)
                    .from(RUN_LEASE)
                    .where(isOneOf(runs))
                    .orderBy(RUN_LEASE.RUN_ID))
            .fetch(found -> new RunId(found.value1()));
    if (!leased.isEmpty()) {
      var cancelBy = val(clock.instant().plus(grace), RUN_LEASE.CANCEL_BY);
      db.update(RUN_LEASE)
          .set(RUN_LEASE.CANCEL_BY, cancelBy)
          .set(
              RUN_LEASE.DUE_AT,
              when(RUN_LEASE.DUE_AT.lt(cancelBy), RUN_LEASE.DUE_AT).otherwise(cancelBy))
          .where(isOneOf(leased))
          .and(RUN_LEASE.CANCEL_BY.isNull())
          .execute();
    }
    return leased;
  }

  @Override
  public List<Overdue> takeOverdue(int most) {
    var overdue =
        database
            .db()
            .selectFrom(RUN_LEASE)
            .where(RUN_LEASE.DUE_AT.le(clock.now()))
            .orderBy(RUN_LEASE.DUE_AT)
            .limit(most);
    return database
        .dialect()
        .takeUntaken(overdue)
        .fetch(found -> new Overdue(toLease(found), reason(found)));
  }

  @Override
  public Map<OwnedKind, Integer> count(Collection<OwnedKind> kinds) {
    var counts = new HashMap<OwnedKind, Integer>();
    kinds.forEach(kind -> counts.put(kind, 0));
    for (var some :
        OwnedNames.anyOf(
            RUN_LEASE.ORGANIZATION_ID,
            RUN_LEASE.KIND,
            kinds,
            kind -> kind.organization().value(),
            kind -> kind.kind().value())) {
      database
          .db()
          .select(RUN_LEASE.ORGANIZATION_ID, RUN_LEASE.KIND, DSL.count())
          .from(RUN_LEASE)
          .where(some)
          .groupBy(RUN_LEASE.ORGANIZATION_ID, RUN_LEASE.KIND)
          .forEach(found ->
              counts.put(
                  new OwnedKind(new OrganizationId(found.value1()), new Kind(found.value2())),
                  found.value3()));
    }
    return counts;
  }

  /** In the order of the ids, so that two never wait for each other in a circle. */
  private List<RunLeaseRecord> take(Reach reach, Collection<Shown> shown) {
    if (shown.isEmpty()) {
      return List.of();
    }
    var good = new HashSet<>(shown);
    var query =
        database
            .db()
            .selectFrom(RUN_LEASE)
            .where(isOneOf(shown.stream().map(Shown::run).toList()))
            .and(RUN_LEASE.TOKEN.in(shown.stream().map(one -> one.token().value()).toList()))
            .and(isWithin(reach))
            .orderBy(RUN_LEASE.RUN_ID);
    return database.dialect().take(query).fetch().stream()
        .filter(found -> good.contains(Shown.of(toLease(found))))
        .toList();
  }

  private static Condition isOneOf(Collection<RunId> runs) {
    return RUN_LEASE.RUN_ID.in(runs.stream().map(RunId::value).toList());
  }

  private static Condition isWithin(Reach reach) {
    return switch (reach) {
      case Reach.Everywhere _ -> noCondition();
      case Reach.Within(var organization, var projects) ->
          RUN_LEASE
              .ORGANIZATION_ID
              .eq(organization.value())
              .and(
                  projects.isEmpty()
                      ? noCondition()
                      : RUN_LEASE.PROJECT.in(projects.stream().map(Slug::value).sorted().toList()));
    };
  }

  /** What was over first. */
  private static Reason reason(RunLeaseRecord row) {
    if (row.getDueAt().equals(row.getCancelBy())) {
      return Reason.CANCEL_OVERDUE;
    }
    return row.getDueAt().equals(row.getTimesOutAt()) ? Reason.TIMED_OUT : Reason.EXPIRED;
  }

  private static Instant dueAt(RunLeaseRecord row) {
    return Stream.of(row.getTimesOutAt(), row.getCancelBy())
        .flatMap(Stream::ofNullable)
        .reduce(row.getExpiresAt(), (one, other) -> one.isBefore(other) ? one : other);
  }

  private static RunLeaseRecord toRow(NewLease lease, Instant now) {
    var row = new RunLeaseRecord();
    row.setRunId(lease.run().value());
    row.setOrganizationId(lease.organization().value());
    row.setProject(lease.project().value());
    row.setKind(lease.kind().value());
    row.setAttempt(lease.attempt());
    row.setToken(lease.token().value());
    row.setWorker(lease.worker().value());
    row.setLengthMs(lease.length().toMillis());
    row.setClaimedAt(now);
    row.setHeardAt(now);
    row.setExpiresAt(now.plus(lease.length()));
    row.setTimesOutAt(lease.timeout().map(now::plus).orElse(null));
    row.setCancelBy(null);
    row.setDueAt(dueAt(row));
    return row;
  }

  private static Map<RunId, Lease> byRun(List<RunLeaseRecord> rows) {
    var leases = new LinkedHashMap<RunId, Lease>();
    rows.stream().map(JooqLeases::toLease).forEach(lease -> leases.put(lease.run(), lease));
    return leases;
  }

  private static Lease toLease(RunLeaseRecord row) {
    return new Lease(
        new RunId(row.getRunId()),
        row.getAttempt(),
        new LeaseToken(row.getToken()),
        new WorkerId(row.getWorker()),
        row.getExpiresAt(),
        Optional.ofNullable(row.getTimesOutAt()),
        Optional.ofNullable(row.getCancelBy()));
  }
}
