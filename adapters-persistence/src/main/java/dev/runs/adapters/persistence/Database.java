package dev.runs.adapters.persistence;

import com.zaxxer.hikari.HikariConfig;
import dev.runs.application.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.TableRecord;
import org.jooq.conf.Settings;
import org.jooq.conf.SettingsTools;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** One of the two databases, open and migrated. */
public abstract sealed class Database implements Transactions, AutoCloseable
    permits PostgresDatabase, SqliteDatabase {

  /**
   * How many connections a database may have and how long one is used.
   *
   * @param longestLife zero for as long as it lasts
   */
  public record Pool(int mostOpen, int mostIdle, Duration longestLife) {

    void applyTo(HikariConfig config) {
      config.setMaximumPoolSize(mostOpen);
      config.setMinimumIdle(Math.min(mostIdle, mostOpen));
      config.setMaxLifetime(longestLife.toMillis());
    }
  }

  /**
   * The connections there are at this moment.
   *
   * @param waiting pieces of work that wait for one
   */
  public record Connections(int open, int inUse, int waiting) {}

  /**
   * @param afterwards what is to be done once it is durable
   */
  private record Unit(DSLContext db, boolean isWritable, List<Runnable> afterwards) {}

  private record Written<T>(T result, List<Runnable> afterwards) {}

  private static final ScopedValue<Unit> CURRENT = ScopedValue.newInstance();

  private final TablesUpdate tables;
  private volatile Runnable committed = () -> {};
  private volatile @Nullable InstantSource given;

  Database(TablesUpdate tables) {
    this.tables = tables;
  }

  /** What was done to the tables when it was opened. */
  public final TablesUpdate tables() {
    return tables;
  }

  /**
   * Statements as part of the open transaction or snapshot; outside of one, each for itself and
   * reading only.
   */
  public final DSLContext db() {
    return CURRENT.isBound() ? CURRENT.get().db() : reading();
  }

  /**
   * Adds rows by one statement for all of them.
   *
   * @param rows of one table, each with the same columns set
   */
  public final void add(List<? extends TableRecord<?>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var first = rows.getFirst();
    var columns = Arrays.stream(first.fields()).filter(first::touched).toList();
    var unknown = columns.stream().<Field<?>>map(column -> DSL.val(null, column)).toList();
    var batch = db().batch(db().insertInto(first.getTable()).columns(columns).values(unknown));
    for (var row : rows) {
      batch = batch.bind(columns.stream().map(row::get).toArray());
    }
    batch.execute();
  }

  /** Stands, in a statement that is executed for many rows, for what each row has in a column. */
  public static Map<Field<?>, Field<?>> unknown(List<Field<?>> columns) {
    var unknown = new LinkedHashMap<Field<?>, Field<?>>();
    columns.forEach(column -> unknown.put(column, DSL.val(null, column)));
    return unknown;
  }

  public final Dialect dialect() {
    return Dialect.of(reading());
  }

  /** Goes by a clock from now on, also where the database has one of its own. */
  public final void goBy(InstantSource clock) {
    given = clock;
  }

  /**
   * What time it is when the statement is executed.
   *
   * @param clock where the database has none of its own
   */
  public final Field<Instant> now(InstantSource clock) {
    var its = given;
    return its == null ? dialect().now(clock) : DSL.val(its.instant(), dialect().now(its));
  }

  /** Calls this after every transaction that was committed here. It must return at once. */
  public final void whenCommitted(Runnable action) {
    committed = action;
  }

  @Override
  public final <T> T inTransaction(Supplier<T> work) {
    if (CURRENT.isBound()) {
      if (!CURRENT.get().isWritable()) {
        throw new IllegalStateException("a snapshot is only for reading");
      }
      return work.get();
    }
    var written = write(() -> new Written<>(work.get(), CURRENT.get().afterwards()));
    committed.run();
    written.afterwards().forEach(Runnable::run);
    return written.result();
  }

  @Override
  public final void afterCommit(Runnable action) {
    if (!CURRENT.isBound() || !CURRENT.get().isWritable()) {
      throw new IllegalStateException("no transaction is open");
    }
    CURRENT.get().afterwards().add(action);
  }

  @Override
  public final <T> T inSnapshot(Supplier<T> work) {
    return CURRENT.isBound() ? work.get() : read(work);
  }

  /** What is wrong with the database, for a person; nothing while it answers. */
  public final Optional<String> problem() {
    try {
      reading().selectOne().fetch();
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of("the database does not answer");
    }
  }

  public abstract Connections connections();

  @Override
  public abstract void close();

  abstract DSLContext reading();

  abstract <T> T write(Supplier<T> work);

  abstract <T> T read(Supplier<T> work);

  static <T> T within(DSLContext db, boolean isWritable, Supplier<T> work) {
    return ScopedValue.where(CURRENT, new Unit(db, isWritable, new ArrayList<>())).call(work::get);
  }

  static DSLContext context(java.sql.Connection connection, SQLDialect dialect) {
    return DSL.using(connection, dialect, settings());
  }

  static DSLContext context(javax.sql.DataSource source, SQLDialect dialect) {
    return DSL.using(source, dialect, settings());
  }

  /** Lists in a few sizes only, so that the database meets the same statements again and again. */
  private static Settings settings() {
    return SettingsTools.defaultSettings()
        .withRenderSchema(false)
        .withInListPadding(true)
        .withExecuteLogging(false)
        .withExecuteWithOptimisticLocking(false);
  }
}
