package dev.runs.adapters.persistence.system;

import static dev.runs.adapters.persistence.generated.Tables.EARLY_LINEAGE;
import static dev.runs.adapters.persistence.generated.Tables.EARLY_REPORT;
import static dev.runs.adapters.persistence.generated.Tables.EVENT_INBOX;
import static dev.runs.adapters.persistence.generated.Tables.RUN_LEASE;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.system.SystemFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;

/** Asks the database about itself, and counts rows of its small tables up to a limit. */
public final class JooqSystemFacts implements SystemFacts {

  private final Database database;
  private final InstantSource clock;

  /**
   * @param clock where the database has none of its own
   */
  public JooqSystemFacts(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Storage storage() {
    var db = database.db();
    return new Storage(
        database.dialect().product(),
        database.dialect().version(db),
        database.tables().now(),
        Optional.of(database.dialect().bytes(db)));
  }

  @Override
  public Waiting events(int most) {
    return waiting(EVENT_INBOX, EVENT_INBOX.AT, EVENT_INBOX.ID, most);
  }

  @Override
  public Waiting earlyReports(int most) {
    return waiting(EARLY_REPORT, EARLY_REPORT.REPORTED_AT, EARLY_REPORT.REPORTED_AT, most);
  }

  @Override
  public Waiting earlyLineage(int most) {
    return waiting(EARLY_LINEAGE, EARLY_LINEAGE.HEARD_AT, EARLY_LINEAGE.HEARD_AT, most);
  }

  @Override
  public Leases leases(int most) {
    return new Leases(
        count(RUN_LEASE, noCondition(), most),
        count(RUN_LEASE, RUN_LEASE.DUE_AT.le(database.dialect().now(clock)), most));
  }

  /**
   * @param order a column by an index of which the first row is found
   */
  private <R extends Record> Waiting waiting(
      Table<R> table, TableField<R, Instant> since, Field<?> order, int most) {
    var oldest =
        database.db().select(since).from(table).orderBy(order).limit(1).fetchOptional(since);
    return new Waiting(count(table, noCondition(), most), oldest);
  }

  private int count(Table<?> table, Condition which, int most) {
    return database.db().fetchCount(selectOne().from(table).where(which).limit(most));
  }
}
