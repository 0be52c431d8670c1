package dev.runs.adapters.persistence.access;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.Stores;
import dev.runs.application.access.PeopleContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqPeopleTest {

  @Nested
  final class OnSqlite extends PeopleContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }

  @Nested
  final class OnPostgres extends PeopleContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }
}
