package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.access.JooqApiKeys;
import dev.runs.adapters.persistence.access.JooqMemberships;
import dev.runs.adapters.persistence.access.JooqPeople;
import dev.runs.adapters.persistence.bulk.JooqBulkOperations;
import dev.runs.adapters.persistence.bulk.JooqMeantRuns;
import dev.runs.adapters.persistence.queue.JooqCancellations;
import dev.runs.adapters.persistence.run.JooqRunList;
import dev.runs.application.Ids;
import dev.runs.application.access.PresentRights;
import dev.runs.application.audit.Auditor;
import dev.runs.application.bulk.BulkId;
import dev.runs.application.bulk.PreviewBulk;
import dev.runs.application.bulk.ShowBulk;
import dev.runs.application.bulk.StartBulk;
import dev.runs.application.bulk.StopBulk;
import dev.runs.application.bulk.SweepBulk;
import dev.runs.application.queue.CancelMark;
import dev.runs.application.queue.Jobs;
import dev.runs.application.queue.RunAgain;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.Runs;
import dev.runs.domain.run.RunId;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with many runs at once. */
record Bulk(
    PreviewBulk previewBulk,
    StartBulk startBulk,
    ShowBulk showBulk,
    StopBulk stopBulk,
    SweepBulk sweepBulk) {

  private static final Logger LOG = LoggerFactory.getLogger(Bulk.class);

  static Bulk over(
      Database database,
      Runs runs,
      Jobs jobs,
      NewRunWriter writer,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    var operations = new JooqBulkOperations(database);
    var list = new JooqRunList(database);
    var meantRuns = new JooqMeantRuns(database);
    var cancellations = new JooqCancellations(database);
    return new Bulk(
        new PreviewBulk(runs, list, meantRuns, database, ids),
        new StartBulk(operations, list, meantRuns, auditor, database, ids, clock),
        new ShowBulk(operations),
        new StopBulk(operations, auditor, database, clock),
        new SweepBulk(
            operations,
            new PresentRights(
                new JooqPeople(database),
                new JooqMemberships(database),
                new JooqApiKeys(database),
                clock),
            runs,
            list,
            cancellations,
            new CancelMark(cancellations, auditor, clock),
            new RunAgain(jobs, writer, auditor),
            auditor,
            Bulk::log,
            database,
            ids,
            clock));
  }

  private static void log(BulkId operation, RunId run, RuntimeException fault) {
    LOG.warn("Bulk operation {} passes over run {}", operation, run, fault);
  }
}
