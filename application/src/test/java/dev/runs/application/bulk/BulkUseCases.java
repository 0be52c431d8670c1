package dev.runs.application.bulk;

import dev.runs.application.Ids;
import dev.runs.application.Stores;
import dev.runs.application.access.PresentRights;
import dev.runs.application.audit.Auditor;
import dev.runs.application.queue.CancelMark;
import dev.runs.application.queue.Cancellations;
import dev.runs.application.queue.RunAgain;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.Owners;
import dev.runs.application.secret.InputCheck;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** All that can be done with bulk operations, over any stores; nothing happens by itself. */
record BulkUseCases(
    PreviewBulk previewBulk,
    StartBulk startBulk,
    ShowBulk showBulk,
    StopBulk stopBulk,
    SweepBulk sweepBulk) {

  /**
   * @param random makes names
   */
  static BulkUseCases over(Stores stores, Ids ids, InstantSource clock, RandomGenerator random) {
    return over(stores, stores.cancellations(), BulkFaults.UNHEARD, ids, clock, random);
  }

  /** As above, with marks set elsewhere, and somebody who hears of faults. */
  static BulkUseCases over(
      Stores stores,
      Cancellations cancellations,
      BulkFaults faults,
      Ids ids,
      InstantSource clock,
      RandomGenerator random) {
    var operations = stores.bulkOperations();
    var runs = stores.runs();
    var list = stores.runList();
    var transactions = stores.transactions();
    var auditor = new Auditor(stores.auditTrail(), ids, clock);
    var writer =
        new NewRunWriter(
            new Owners(stores.organizations(), stores.users(), ids),
            new InputCheck(stores.organizations()),
            stores.projects(),
            runs,
            stores.queueEntrance(),
            stores.ledger(),
            stores.runEvents(),
            ids,
            clock,
            random);
    return new BulkUseCases(
        new PreviewBulk(runs, list, stores.meantRuns(), transactions, ids),
        new StartBulk(operations, list, stores.meantRuns(), auditor, transactions, ids, clock),
        new ShowBulk(operations),
        new StopBulk(operations, auditor, transactions, clock),
        new SweepBulk(
            operations,
            new PresentRights(stores.people(), stores.memberships(), stores.apiKeys(), clock),
            runs,
            list,
            cancellations,
            new CancelMark(cancellations, auditor, clock),
            new RunAgain(stores.jobs(), writer, auditor),
            auditor,
            faults,
            transactions,
            ids,
            clock));
  }
}
