package dev.runs.adapters.persistence.queue;

import dev.runs.adapters.persistence.Database;
import java.time.Instant;
import java.time.InstantSource;
import org.jooq.Field;

/** The one clock by which the queue compares times. */
record DatabaseClock(Database database, InstantSource clock) {

  /** What time it is when the statement is executed. */
  Field<Instant> now() {
    return database.now(clock);
  }

  /** What time it is, to the microsecond. */
  Instant instant() {
    return database.db().select(now()).fetchSingle().value1();
  }
}
