package dev.runs.adapters.persistence;

import dev.runs.application.Stores;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database of one class of tests, emptied before each of them. Registered as a static extension.
 */
public abstract sealed class EmptyDatabase
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  /** Children before those they refer to. */
  private static final List<String> TABLES =
      List.of(
          "kept_answer",
          "bulk_operation",
          "event_inbox",
          "run_event",
          "organization_activity",
          "cost_of_day_delta",
          "cost_of_day",
          "rollup_delta",
          "rollup",
          "price",
          "cost_line",
          "cluster_event",
          "phase_transition",
          "attempt_report",
          "run_end",
          "run_label",
          "action_report",
          "action",
          "task_spec",
          "early_report",
          "validation_finding",
          "validation",
          "contract_day",
          "pipeline_run",
          "contract_policy",
          "lineage_run",
          "early_lineage",
          "run_trigger",
          "attempt",
          "run_lease",
          "queue_ready",
          "queue_delayed",
          "run_payload",
          "job",
          "kind_policy",
          "kind_activity",
          "run_cancellation",
          "run_deletion",
          "retention_policy",
          "retained_cost",
          "retained_run",
          "retention_tally",
          "run",
          "api_key",
          "team",
          "project",
          "web_session",
          "membership",
          "person",
          "organization_user",
          "organization");

  private @Nullable Database database;

  private EmptyDatabase() {}

  public final Database database() {
    return Objects.requireNonNull(database, "the class of tests has not begun");
  }

  public final Stores stores() {
    return stores(InstantSource.system());
  }

  /**
   * @param clock where the database has none of its own
   */
  public final Stores stores(InstantSource clock) {
    return new JooqStores(database(), clock);
  }

  @Override
  public final void beforeAll(ExtensionContext context) throws IOException {
    database = open();
  }

  @Override
  public final void beforeEach(ExtensionContext context) {
    var emptied = database();
    emptied.inTransaction(() -> {
      TABLES.forEach(table -> emptied.db().execute("delete from " + table));
      if (emptied.db().fetchExists(DSL.table("audit_entry"))) {
        emptyAuditLog(emptied);
      }
      emptied.db().execute("update event_kept set first_position = 1");
      return emptied.db().execute("update event_position set last_position = 0");
    });
  }

  /** Past the triggers that let nobody else do so. */
  private static void emptyAuditLog(Database database) {
    var db = database.db();
    switch (database.dialect()) {
      case POSTGRES -> {
        db.execute("alter table audit_entry disable trigger user");
        db.execute("delete from audit_entry");
        db.execute("alter table audit_entry enable trigger user");
      }
      case SQLITE -> {
        var triggers =
            db.fetch(
                "select name, sql from sqlite_master where tbl_name = 'audit_entry'"
                    + " and type = 'trigger'");
        triggers.forEach(trigger -> db.execute("drop trigger " + trigger.get("name")));
        db.execute("delete from audit_entry");
        triggers.forEach(trigger -> db.execute(String.valueOf(trigger.get("sql"))));
      }
    }
  }

  @Override
  public final void afterAll(ExtensionContext context) throws IOException {
    database().close();
    remove();
  }

  abstract Database open() throws IOException;

  abstract void remove() throws IOException;

  static final class InSqlite extends EmptyDatabase {

    private @Nullable Path folder;

    @Override
    Database open() throws IOException {
      folder = Files.createTempDirectory("runs-test");
      return Databases.openSqlite(folder);
    }

    @Override
    void remove() throws IOException {
      try (var files = Files.walk(Objects.requireNonNull(folder))) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }

  static final class InPostgresWithSettableClock extends EmptyDatabase {

    private @Nullable PostgresLogin login;

    @Override
    Database open() {
      var made = PostgresServer.newDatabase();
      login = made;
      try (var migrated = Databases.openPostgres(made)) {
        migrated.inTransaction(() -> {
          var db = migrated.db();
          db.execute("create schema settable_clock");
          db.execute("create table settable_clock.moment (now timestamptz not null)");
          db.execute("insert into settable_clock.moment values (now())");
          db.execute(
              "create function settable_clock.clock_timestamp() returns timestamptz"
                  + " language sql as 'select now from settable_clock.moment'");
          return db.execute(
              "alter database %s set search_path = public, settable_clock, pg_catalog"
                  .formatted(made.database()));
        });
      }
      return Databases.openPostgres(made);
    }

    @Override
    void remove() {
      PostgresServer.drop(Objects.requireNonNull(login));
    }
  }

  static final class InPostgres extends EmptyDatabase {

    private @Nullable PostgresLogin login;

    @Override
    Database open() {
      login = PostgresServer.newDatabase();
      return Databases.openPostgres(login);
    }

    @Override
    void remove() {
      PostgresServer.drop(Objects.requireNonNull(login));
    }
  }
}
