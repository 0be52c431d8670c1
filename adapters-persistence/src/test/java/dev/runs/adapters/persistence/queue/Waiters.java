package dev.runs.adapters.persistence.queue;

import dev.runs.adapters.persistence.EmptyDatabase;
import java.util.concurrent.locks.LockSupport;

/** Sees who waits for whom in PostgreSQL. */
final class Waiters {

  private static final long POLL_NANOS = 1_000_000;

  private Waiters() {}

  /** Returns as soon as somebody waits for a lock in this database. */
  static void await(EmptyDatabase database) {
    var db = database.database().db();
    while (db.fetchSingle(
                "select count(*) from pg_stat_activity"
                    + " where datname = current_database() and wait_event_type = 'Lock'")
            .get(0, Long.class)
        == 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
