package dev.runs.adapters.persistence;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.SelectForUpdateStep;
import org.jooq.SortField;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.postgresql.util.PSQLException;
import org.sqlite.SQLiteException;

/** Everything the two databases do differently that jOOQ does not already hide. */
public enum Dialect {
  POSTGRES {
    @Override
    public <R extends Record> Select<R> takeUntaken(SelectForUpdateStep<R> query) {
      return query.forUpdate().skipLocked();
    }

    @Override
    public <R extends Record> Select<R> take(SelectForUpdateStep<R> query) {
      return query.forUpdate();
    }

    @Override
    public <R extends Record> Select<R> share(SelectForUpdateStep<R> query) {
      return query.forKeyShare();
    }

    @Override
    public <R extends Record> Select<R> takeForChange(SelectForUpdateStep<R> query) {
      return query.forNoKeyUpdate();
    }

    @Override
    public Field<Long> millisBetween(Field<Instant> from, Field<Instant> to) {
      return DSL.field(
          "case when {0} < {1} then 0"
              + " else cast(trunc(extract(epoch from ({0} - {1})) * 1000) as bigint) end",
          Long.class, to, from);
    }

    @Override
    public SortField<Instant> latestFirst(Field<Instant> field) {
      return field.desc();
    }

    @Override
    public Field<String> hourOf(Field<Instant> moment) {
      return text(moment, "YYYY-MM-DD\"T\"HH24:00:00\"Z\"");
    }

    @Override
    public Field<String> dayOf(Field<Instant> moment) {
      return text(moment, "YYYY-MM-DD\"T\"00:00:00\"Z\"");
    }

    private static Field<String> text(Field<Instant> moment, String form) {
      return DSL.field(
          "to_char({0} at time zone 'UTC', {1})", String.class, moment, DSL.inline(form));
    }

    // by Unicode's rules, for the collation of the columns knows only the letters of ASCII
    @Override
    public Field<String> lowerCase(Field<String> text) {
      return DSL.lower(DSL.field("{0} collate \"und-x-icu\"", String.class, text));
    }

    // a query of its own, so that it is asked once in a statement and an index can be used
    @Override
    public Field<Instant> now(InstantSource clock) {
      return DSL.field("(select clock_timestamp())", INSTANT);
    }

    @Override
    public boolean tryLock(DSLContext db, long key) {
      return Boolean.TRUE.equals(
          db.fetchValue(
              DSL.select(DSL.function("pg_try_advisory_xact_lock", Boolean.class, DSL.val(key)))));
    }

    @Override
    public String product() {
      return "PostgreSQL";
    }

    @Override
    public String version(DSLContext db) {
      return wordOf(db, "current_setting('server_version')");
    }

    @Override
    public long bytes(DSLContext db) {
      return numberOf(db, "pg_database_size(current_database())");
    }

    @Override
    public Violation violation(DataAccessException e) {
      return switch (e.sqlState()) {
        case "23503" -> Violation.FOREIGN_KEY;
        case "23505" -> Violation.UNIQUE;
        default -> Violation.NONE;
      };
    }

    @Override
    boolean isWorthAnotherTry(DataAccessException e) {
      return e.getCause(PSQLException.class) != null
          && ("40001".equals(e.sqlState()) || "40P01".equals(e.sqlState()));
    }
  },

  /** Has one writer at a time: the transaction, begun as immediate, is every lock. */
  SQLITE {
    @Override
    public <R extends Record> Select<R> takeUntaken(SelectForUpdateStep<R> query) {
      return query;
    }

    @Override
    public <R extends Record> Select<R> take(SelectForUpdateStep<R> query) {
      return query;
    }

    @Override
    public <R extends Record> Select<R> share(SelectForUpdateStep<R> query) {
      return query;
    }

    @Override
    public <R extends Record> Select<R> takeForChange(SelectForUpdateStep<R> query) {
      return query;
    }

    @Override
    public Field<Long> millisBetween(Field<Instant> from, Field<Instant> to) {
      return DSL.field(
          "max((({0}) - ({1})) / 1000, 0)", Long.class, microseconds(to), microseconds(from));
    }

    // since 1970; the functions for dates know milliseconds only, and round
    private static Field<Long> microseconds(Field<Instant> moment) {
      return DSL.field(
          "cast(strftime('%s', substr({0}, 1, 19)) as integer) * 1000000"
              + " + cast(substr({0}, 21, 6) as integer)",
          Long.class, moment);
    }

    @Override
    public SortField<Instant> latestFirst(Field<Instant> field) {
      return field.desc().nullsFirst();
    }

    @Override
    public Field<String> hourOf(Field<Instant> moment) {
      return DSL.field("substr({0}, 1, 13) || ':00:00Z'", String.class, moment);
    }

    @Override
    public Field<String> dayOf(Field<Instant> moment) {
      return DSL.field("substr({0}, 1, 10) || 'T00:00:00Z'", String.class, moment);
    }

    @Override
    public Field<String> lowerCase(Field<String> text) {
      return DSL.function(SqliteFunctions.LOWER_CASE, String.class, text);
    }

    @Override
    public Field<Instant> now(InstantSource clock) {
      return DSL.val(clock.instant(), INSTANT);
    }

    @Override
    public boolean tryLock(DSLContext db, long key) {
      return true;
    }

    @Override
    public String product() {
      return "SQLite";
    }

    @Override
    public String version(DSLContext db) {
      return wordOf(db, "sqlite_version()");
    }

    @Override
    public long bytes(DSLContext db) {
      return numberOf(
          db, "(select page_count * page_size from pragma_page_count(), pragma_page_size())");
    }

    @Override
    public Violation violation(DataAccessException e) {
      var cause = e.getCause(SQLiteException.class);
      var code = cause == null ? "" : cause.getResultCode().name().toUpperCase(Locale.ROOT);
      return switch (code) {
        case "SQLITE_CONSTRAINT_FOREIGNKEY" -> Violation.FOREIGN_KEY;
        case "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY" -> Violation.UNIQUE;
        default -> Violation.NONE;
      };
    }

    @Override
    boolean isWorthAnotherTry(DataAccessException e) {
      return false;
    }
  };

  private static final DataType<Instant> INSTANT =
      SQLDataType.VARCHAR.asConvertedDataType(new InstantBinding());

  /** Which promise of the schema a statement would have broken. */
  public enum Violation {
    FOREIGN_KEY,
    UNIQUE,
    NONE
  }

  private static String wordOf(DSLContext db, String expression) {
    return db.select(DSL.field(expression, String.class)).fetchSingle().value1();
  }

  private static long numberOf(DSLContext db, String expression) {
    return db.select(DSL.field(expression, Long.class)).fetchSingle().value1();
  }

  public static Dialect of(DSLContext db) {
    return db.family() == SQLDialect.SQLITE ? SQLITE : POSTGRES;
  }

  /** Selects the rows that no other transaction has taken, and takes them. */
  public abstract <R extends Record> Select<R> takeUntaken(SelectForUpdateStep<R> query);

  /** Selects rows and takes them, waiting for whoever has one of them. */
  public abstract <R extends Record> Select<R> take(SelectForUpdateStep<R> query);

  /** Selects rows and takes them, while others may still add rows that refer to them. */
  public abstract <R extends Record> Select<R> takeForChange(SelectForUpdateStep<R> query);

  /**
   * How many whole milliseconds lie between two moments: none when the second is the earlier one,
   * null when one of them is.
   */
  public abstract Field<Long> millisBetween(Field<Instant> from, Field<Instant> to);

  /** Selects rows so that nobody takes them before the transaction ends; others may do the same. */
  public abstract <R extends Record> Select<R> share(SelectForUpdateStep<R> query);

  /** Latest first, before them what has no instant; in the order in which an index lies. */
  public abstract SortField<Instant> latestFirst(Field<Instant> field);

  /** The beginning of the hour of UTC in which something was, as ISO 8601 text. */
  public abstract Field<String> hourOf(Field<Instant> moment);

  /** The beginning of the day of UTC in which something was, as ISO 8601 text. */
  public abstract Field<String> dayOf(Field<Instant> moment);

  /** A text with all its letters as small ones, also those beyond ASCII. */
  public abstract Field<String> lowerCase(Field<String> text);

  /**
   * What time it is: by the clock of the database where several machines share it, by the given one
   * where there is only one machine.
   */
  public abstract Field<Instant> now(InstantSource clock);

  /** Takes a number until the transaction ends; false when another transaction has it. */
  public abstract boolean tryLock(DSLContext db, long key);

  /** What the database is called. */
  public abstract String product();

  /** The version of the database, as it says itself. */
  public abstract String version(DSLContext db);

  /** How many bytes the database takes, without what is only on its way into it. */
  public abstract long bytes(DSLContext db);

  /** What was violated when a statement failed. */
  public abstract Violation violation(DataAccessException e);

  /** Whether a transaction failed only because another was in its way. */
  abstract boolean isWorthAnotherTry(DataAccessException e);
}
