package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.SqliteDatabase;
import dev.runs.adapters.persistence.retention.JooqExpiredTrees;
import dev.runs.adapters.persistence.retention.JooqRetentionPolicies;
import dev.runs.application.access.Organizations;
import dev.runs.application.audit.Auditor;
import dev.runs.application.retention.EditRetention;
import dev.runs.application.retention.SweepExpiredRuns;
import dev.runs.application.rollup.Ledger;
import dev.runs.domain.retention.RetentionPolicy;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How long runs are kept, and the removal of those whose time is over. */
public final class Retention implements AutoCloseable {

  /** Runs that one transaction removes on PostgreSQL. */
  private static final int BATCH_ON_POSTGRES = 200;

  /** The same on SQLite, where everybody else waits for the one writer meanwhile. */
  private static final int BATCH_ON_SQLITE = 50;

  private final EditRetention editRetention;
  private final SweepExpiredRuns sweepExpiredRuns;
  private @Nullable RetentionKeeper keeper;

  private Retention(EditRetention editRetention, SweepExpiredRuns sweepExpiredRuns) {
    this.editRetention = editRetention;
    this.sweepExpiredRuns = sweepExpiredRuns;
  }

  /**
   * @param usual what holds for organizations that say nothing else
   */
  static Retention over(
      Database database,
      Ledger ledger,
      Organizations organizations,
      Auditor auditor,
      InstantSource clock,
      RetentionPolicy usual) {
    var policies = new JooqRetentionPolicies(database);
    return new Retention(
        new EditRetention(policies, organizations, database, auditor, usual),
        new SweepExpiredRuns(
            policies,
            new JooqExpiredTrees(database, ledger),
            organizations,
            auditor,
            database,
            clock,
            usual,
            database instanceof SqliteDatabase ? BATCH_ON_SQLITE : BATCH_ON_POSTGRES));
  }

  /** Sweeps from now on, now and then, until it is closed; a command does not. */
  void keep() {
    keeper = RetentionKeeper.start(sweepExpiredRuns);
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
}
