package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.SqliteDatabase;
import dev.runs.adapters.persistence.event.JooqRunEvents;
import dev.runs.adapters.persistence.retention.JooqExpiredTrees;
import dev.runs.adapters.persistence.retention.JooqRetentionPolicies;
import dev.runs.adapters.persistence.run.JooqRuns;
import dev.runs.adapters.persistence.validation.JooqValidations;
import dev.runs.application.access.Organizations;
import dev.runs.application.audit.Auditor;
import dev.runs.application.event.ForgetEvents;
import dev.runs.application.retention.EditRetention;
import dev.runs.application.retention.SweepExpiredRuns;
import dev.runs.application.retention.SweepLooseValidations;
import dev.runs.application.rollup.Ledger;
import dev.runs.domain.retention.RetentionPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long runs are kept, and the removal of those whose time is over. */
public final class Retention implements AutoCloseable {

  /** Runs, or validations, that one transaction removes on PostgreSQL. */
  private static final int BATCH_ON_POSTGRES = 200;

  /** The same on SQLite, where everybody else waits for the one writer meanwhile. */
  private static final int BATCH_ON_SQLITE = 50;

  /** Events that one transaction takes out on PostgreSQL. */
  private static final int EVENTS_ON_POSTGRES = 2_000;

  /** The same on SQLite. */
  private static final int EVENTS_ON_SQLITE = 500;

  private final EditRetention editRetention;
  private final SweepExpiredRuns sweepExpiredRuns;
  private final SweepLooseValidations sweepLooseValidations;
  private final ForgetEvents forgetEvents;
  private @Nullable RetentionKeeper keeper;

  private Retention(
      EditRetention editRetention,
      SweepExpiredRuns sweepExpiredRuns,
      SweepLooseValidations sweepLooseValidations,
      ForgetEvents forgetEvents) {
    this.editRetention = editRetention;
    this.sweepExpiredRuns = sweepExpiredRuns;
    this.sweepLooseValidations = sweepLooseValidations;
    this.forgetEvents = forgetEvents;
  }

  /**
   * @param usual what holds for organizations that say nothing else
   * @param eventDays how many days events are kept; nothing for ever
   */
  static Retention over(
      Database database,
      Ledger ledger,
      Organizations organizations,
      Auditor auditor,
      InstantSource clock,
      RetentionPolicy usual,
      Optional<Integer> eventDays) {
    var isSqlite = database instanceof SqliteDatabase;
    var events = new JooqRunEvents(database);
    var policies = new JooqRetentionPolicies(database);
    return new Retention(
        new EditRetention(policies, organizations, database, auditor, usual),
        new SweepExpiredRuns(
            policies,
            new JooqExpiredTrees(database, ledger),
            new JooqRuns(database),
            events,
            organizations,
            auditor,
            database,
            clock,
            usual,
            isSqlite ? BATCH_ON_SQLITE : BATCH_ON_POSTGRES),
        new SweepLooseValidations(
            policies,
            new JooqValidations(database),
            organizations,
            database,
            clock,
            usual,
            isSqlite ? BATCH_ON_SQLITE : BATCH_ON_POSTGRES),
        new ForgetEvents(
            events,
            database,
            clock,
            eventDays.map(Duration::ofDays),
            isSqlite ? EVENTS_ON_SQLITE : EVENTS_ON_POSTGRES));
  }

  /** Sweeps from now on, now and then, until it is closed; a command does not. */
  void keep() {
    keeper = RetentionKeeper.start(sweepExpiredRuns, sweepLooseValidations, forgetEvents);
  }

  @Override
  public void close() {
    if (keeper != null) {
      keeper.close();
    }
  }

  public EditRetention editRetention() {
    return editRetention;
  }

  public SweepExpiredRuns sweepExpiredRuns() {
    return sweepExpiredRuns;
  }

  public ForgetEvents forgetEvents() {
    return forgetEvents;
  }
}
