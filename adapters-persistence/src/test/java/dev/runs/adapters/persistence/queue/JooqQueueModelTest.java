package dev.runs.adapters.persistence.queue;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.Stores;
import dev.runs.application.queue.QueueModelContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqQueueModelTest {

  @Nested
  final class OnSqlite extends QueueModelContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    private final Stores stores = DATABASE.stores(clock);

    @Override
    protected Stores stores() {
      return stores;
    }

    @Override
    protected int operations() {
      return 20_000;
    }
  }

  @Nested
  final class OnPostgres extends QueueModelContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgresWithSettableClock();

    private final Stores stores = DATABASE.stores(clock);

    @Override
    protected Stores stores() {
      return stores;
    }

    @Override
    protected int operations() {
      return 12_000;
    }

    @Override
    protected void clockMoved() {
      var database = DATABASE.database();
      var now = clock.instant().toString();
      stores()
          .write(() ->
              database.db().execute("update settable_clock.moment set now = ?::timestamptz", now));
    }
  }
}
