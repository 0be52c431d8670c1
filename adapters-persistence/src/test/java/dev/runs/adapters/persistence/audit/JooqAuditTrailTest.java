package dev.runs.adapters.persistence.audit;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.Stores;
import dev.runs.application.audit.AuditFilter;
import dev.runs.application.audit.AuditLogContract;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqAuditTrailTest {

  @Nested
  final class OnSqlite extends AuditLogContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void refusesEveryChangeInTheDatabaseItself() {
      requireRefused(DATABASE, "update audit_entry set actor = 'somebody'");
      requireRefused(DATABASE, "delete from audit_entry");
      requireRefused(DATABASE, "insert or replace into audit_entry select * from audit_entry");
    }
  }

  @Nested
  final class OnPostgres extends AuditLogContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void refusesEveryChangeInTheDatabaseItself() {
      requireRefused(DATABASE, "update audit_entry set actor = 'somebody'");
      requireRefused(DATABASE, "delete from audit_entry");
      requireRefused(DATABASE, "truncate audit_entry");
    }
  }

  private static void requireRefused(EmptyDatabase database, String statement) {
    var stores = database.stores();
    if (stores
        .auditLog()
        .newestFirst(Optional.empty(), AuditFilter.ALL, Optional.empty(), 1)
        .isEmpty()) {
      stores.write(() -> stores.auditTrail().add(entry()));
    }

    assertThatThrownBy(() -> stores.write(() -> database.database().db().execute(statement)))
        .hasMessageContaining("audit_entry is append-only");
    assertThat(
            stores.auditLog().newestFirst(Optional.empty(), AuditFilter.ALL, Optional.empty(), 9))
        .containsExactly(entry());
  }

  private static AuditEntry entry() {
    return new AuditEntry(
        uuid(1),
        NOON,
        Optional.of(ACME.id()),
        new Principal("key:ada"),
        AuditAction.RUN_DELETED,
        "run:" + uuid(2),
        new Origin("req-1", "192.0.2.1"),
        Map.of("name", "nightly"));
  }
}
