package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.event.JooqRunEvents;
import dev.runs.adapters.persistence.queue.JooqCancellations;
import dev.runs.adapters.persistence.queue.JooqJobs;
import dev.runs.adapters.persistence.queue.JooqKindActivities;
import dev.runs.adapters.persistence.queue.JooqKindPolicies;
import dev.runs.adapters.persistence.queue.JooqLeases;
import dev.runs.adapters.persistence.queue.JooqQueueContents;
import dev.runs.adapters.persistence.queue.JooqQueueDepths;
import dev.runs.adapters.persistence.queue.JooqWaitingRuns;
import dev.runs.adapters.persistence.rollup.JooqLedgerAudit;
import dev.runs.adapters.persistence.run.JooqEndReasons;
import dev.runs.application.audit.Auditor;
import dev.runs.application.queue.CancelRuns;
import dev.runs.application.queue.ClaimRuns;
import dev.runs.application.queue.EditKinds;
import dev.runs.application.queue.EnterQueue;
import dev.runs.application.queue.JobMoves;
import dev.runs.application.queue.Jobs;
import dev.runs.application.queue.KeepLeases;
import dev.runs.application.queue.MeasureLoad;
import dev.runs.application.queue.QueueMeter;
import dev.runs.application.queue.ReadyBell;
import dev.runs.application.queue.ReadyDueRuns;
import dev.runs.application.queue.ReapLeases;
import dev.runs.application.queue.ReportOutcomes;
import dev.runs.application.queue.ShowKinds;
import dev.runs.application.queue.ShowQueue;
import dev.runs.application.queue.ShowWorkers;
import dev.runs.application.queue.StartLimits;
import dev.runs.application.queue.TallyKinds;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.EndedRuns;
import dev.runs.application.run.Runs;
import dev.runs.application.run.SuccessReports;
import dev.runs.domain.queue.LeaseToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What can be done with queued runs. */
public record WorkQueue(
    Jobs jobs,
    EnterQueue enterQueue,
    ClaimRuns claimRuns,
    KeepLeases keepLeases,
    ReportOutcomes reportOutcomes,
    ReapLeases reapLeases,
    ReadyDueRuns readyDueRuns,
    ReadyBell readyBell,
    CancelRuns cancelRuns,
    EditKinds editKinds,
    ShowKinds showKinds,
    ShowQueue showQueue,
    ShowWorkers showWorkers,
    TallyKinds tallyKinds,
    MeasureLoad measureLoad) {

  /**
   * @param meter is told what happens on this node
   * @param endedRuns is told of runs that end on this node
   * @param random a cryptographically strong source, for the tokens of leases
   * @param chances spreads what is tried again
   * @param cancelGrace how long a worker has for stopping
   * @param writers how many groups of single claims and reports are written at the same time
   */
  static WorkQueue over(
      Database database,
      Runs runs,
      Ledger ledger,
      JooqRunEvents events,
      QueueMeter meter,
      EndedRuns endedRuns,
      SuccessReports successReports,
      Auditor auditor,
      InstantSource clock,
      SecureRandom random,
      RandomGenerator chances,
      Duration cancelGrace,
      int writers) {
    var jobs = new JooqJobs(database);
    var waiting = new JooqWaitingRuns(database, clock);
    var leases = new JooqLeases(database, clock);
    var policies = new JooqKindPolicies(database);
    var contents = new JooqQueueContents(database);
    var activities = new JooqKindActivities(database);
    var cancellations = new JooqCancellations(database);
    var moves = new JobMoves(runs, jobs, waiting, ledger, events, meter, endedRuns, database);
    var bell = new ReadyBell(waiting, database);
    return new WorkQueue(
        jobs,
        new EnterQueue(runs, jobs, waiting, policies, cancellations),
        new ClaimRuns(
            runs,
            jobs,
            waiting,
            leases,
            cancellations,
            new StartLimits(policies, leases, clock),
            moves,
            bell,
            database,
            () -> new LeaseToken(new UUID(random.nextLong(), random.nextLong())),
            clock,
            writers),
        new KeepLeases(runs, leases, database),
        new ReportOutcomes(
            runs, jobs, leases, policies, moves, successReports, database, clock, chances, writers),
        new ReapLeases(runs, jobs, leases, policies, moves, database, clock, chances),
        new ReadyDueRuns(waiting, database),
        bell,
        new CancelRuns(
            runs,
            jobs,
            waiting,
            leases,
            cancellations,
            new JooqEndReasons(database),
            moves,
            ledger,
            events,
            endedRuns,
            auditor,
            database,
            clock,
            cancelGrace),
        new EditKinds(policies, database, auditor, clock),
        new ShowKinds(policies),
        new ShowQueue(contents, activities, policies, database, clock),
        new ShowWorkers(contents, database),
        new TallyKinds(activities, clock),
        new MeasureLoad(
            new JooqQueueDepths(database, clock),
            events,
            new JooqLedgerAudit(database),
            database,
            clock));
  }
}
