package dev.runs.adapters.persistence.rollup;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.Stores;
import dev.runs.application.rollup.LedgerPropertyContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqLedgerPropertyTest {

  @Nested
  final class OnSqlite extends LedgerPropertyContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }

  @Nested
  final class OnPostgres extends LedgerPropertyContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }
}
