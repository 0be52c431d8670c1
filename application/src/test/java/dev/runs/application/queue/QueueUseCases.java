package dev.runs.application.queue;

import dev.runs.application.Ids;
import dev.runs.application.Stores;
import dev.runs.application.audit.Auditor;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.DeleteRun;
import dev.runs.application.run.EndedRuns;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.Owners;
import dev.runs.application.run.ReportRun;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.SuccessReports;
import dev.runs.application.secret.InputCheck;
import dev.runs.domain.queue.LeaseToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** All that can be done with queued runs, over any stores; nothing happens by itself. */
public record QueueUseCases(
    CreateRuns createRuns,
    ClaimRuns claimRuns,
    KeepLeases keepLeases,
    ReportOutcomes reportOutcomes,
    ReapLeases reapLeases,
    ReadyDueRuns readyDueRuns,
    CancelRuns cancelRuns,
    RetryRun retryRun,
    DeleteRun deleteRun,
    ReportRun reportRun,
    EditKinds editKinds,
    ShowKinds showKinds) {

  /** How long a worker has for stopping. */
  public static final Duration GRACE = Duration.ofSeconds(10);

  /**
   * @param random makes names and tokens
   * @param jitter decides how long runs wait before they are tried again
   */
  public static QueueUseCases over(
      Stores stores, Ids ids, InstantSource clock, RandomGenerator random, RandomGenerator jitter) {
    return over(stores, ids, clock, random, jitter, QueueMeter.SILENT, EndedRuns.UNHEARD);
  }

  /** As above, with somebody who counts. */
  static QueueUseCases over(
      Stores stores,
      Ids ids,
      InstantSource clock,
      RandomGenerator random,
      RandomGenerator jitter,
      QueueMeter meter,
      EndedRuns endedRuns) {
    var runs = stores.runs();
    var jobs = stores.jobs();
    var waiting = stores.waitingRuns();
    var leases = stores.leases();
    var policies = stores.kindPolicies();
    var ledger = stores.ledger();
    var events = stores.runEvents();
    var transactions = stores.transactions();
    var auditor = new Auditor(stores.auditTrail(), ids, clock);
    var successReports = new SuccessReports(stores.validations());
    var moves = new JobMoves(runs, jobs, waiting, ledger, events, meter, endedRuns, transactions);
    var writer =
        new NewRunWriter(
            new Owners(stores.organizations(), stores.users(), ids),
            new InputCheck(stores.organizations()),
            stores.projects(),
            runs,
            stores.queueEntrance(),
            ledger,
            events,
            ids,
            clock,
            random);
    return new QueueUseCases(
        new CreateRuns(writer, transactions, 2),
        new ClaimRuns(
            runs,
            jobs,
            waiting,
            leases,
            stores.cancellations(),
            new StartLimits(policies, leases, clock),
            moves,
            new ReadyBell(waiting, transactions),
            transactions,
            () -> new LeaseToken(new UUID(random.nextLong(), random.nextLong())),
            clock,
            2),
        new KeepLeases(runs, leases, transactions),
        new ReportOutcomes(
            runs, jobs, leases, policies, moves, successReports, transactions, clock, jitter, 1),
        new ReapLeases(runs, jobs, leases, policies, moves, transactions, clock, jitter),
        new ReadyDueRuns(waiting, transactions),
        new CancelRuns(
            runs,
            jobs,
            waiting,
            leases,
            stores.cancellations(),
            stores.endReasons(),
            moves,
            ledger,
            events,
            endedRuns,
            auditor,
            transactions,
            clock,
            GRACE),
        new RetryRun(runs, jobs, writer, auditor, transactions),
        new DeleteRun(runs, stores.deletions(), events, auditor, transactions, clock),
        new ReportRun(
            runs,
            new ReportWriter(runs, ledger, events, endedRuns, successReports, transactions),
            transactions,
            clock),
        new EditKinds(policies, transactions, auditor, clock),
        new ShowKinds(policies));
  }
}
