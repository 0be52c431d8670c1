package dev.runs.adapters.persistence.lineage;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.Stores;
import dev.runs.application.lineage.LineageContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqLineageTest {

  @Nested
  final class OnSqlite extends LineageContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }

  @Nested
  final class OnPostgres extends LineageContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }
}
