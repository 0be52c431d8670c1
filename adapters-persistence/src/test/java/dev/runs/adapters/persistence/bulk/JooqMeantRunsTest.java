package dev.runs.adapters.persistence.bulk;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.Stores;
import dev.runs.application.bulk.MeantRunsContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqMeantRunsTest {

  @Nested
  final class OnSqlite extends MeantRunsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }

  @Nested
  final class OnPostgres extends MeantRunsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }
}
