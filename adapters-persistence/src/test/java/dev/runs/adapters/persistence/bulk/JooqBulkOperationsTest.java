package dev.runs.adapters.persistence.bulk;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.Stores;
import dev.runs.application.bulk.BulkOperationsContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqBulkOperationsTest {

  @Nested
  final class OnSqlite extends BulkOperationsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }

  @Nested
  final class OnPostgres extends BulkOperationsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }
}
