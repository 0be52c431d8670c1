package dev.runs.application;

import dev.runs.application.access.ApiKeys;
import dev.runs.application.access.Memberships;
import dev.runs.application.access.Organizations;
import dev.runs.application.access.People;
import dev.runs.application.access.Projects;
import dev.runs.application.access.Teams;
import dev.runs.application.access.Users;
import dev.runs.application.access.WebSessions;
import dev.runs.application.action.ActionList;
import dev.runs.application.action.Actions;
import dev.runs.application.action.AttemptReports;
import dev.runs.application.action.EarlyReports;
import dev.runs.application.action.ShownActions;
import dev.runs.application.action.Triggers;
import dev.runs.application.audit.AuditLog;
import dev.runs.application.audit.AuditTrail;
import dev.runs.application.bulk.BulkOperations;
import dev.runs.application.bulk.MeantRuns;
import dev.runs.application.cost.CostHistory;
import dev.runs.application.cost.CostLines;
import dev.runs.application.cost.CostSummaries;
import dev.runs.application.cost.PriceList;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.event.RunEvents;
import dev.runs.application.idempotency.KeptAnswers;
import dev.runs.application.lineage.EarlyLineage;
import dev.runs.application.lineage.LineageRuns;
import dev.runs.application.lineage.MetadataMerge;
import dev.runs.application.overview.Activity;
import dev.runs.application.overview.PresentRuns;
import dev.runs.application.pipeline.PipelineRuns;
import dev.runs.application.queue.Cancellations;
import dev.runs.application.queue.EnterQueue;
import dev.runs.application.queue.Jobs;
import dev.runs.application.queue.KindActivities;
import dev.runs.application.queue.KindPolicies;
import dev.runs.application.queue.Leases;
import dev.runs.application.queue.QueueContents;
import dev.runs.application.queue.QueueDepths;
import dev.runs.application.queue.WaitingRuns;
import dev.runs.application.retention.ExpiredTrees;
import dev.runs.application.retention.RetentionPolicies;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.rollup.LedgerAudit;
import dev.runs.application.run.Deletions;
import dev.runs.application.run.EndReasons;
import dev.runs.application.run.RunList;
import dev.runs.application.run.RunTree;
import dev.runs.application.run.Runs;
import dev.runs.application.system.SystemFacts;
import dev.runs.application.validation.ContractPolicies;
import dev.runs.application.validation.Contracts;
import dev.runs.application.validation.Validations;

/** Every store there is, over one and the same data. */
public interface Stores {

  Organizations organizations();

  Users users();

  People people();

  Memberships memberships();

  WebSessions webSessions();

  ApiKeys apiKeys();

  Teams teams();

  Projects projects();

  PipelineRuns pipelineRuns();

  LineageRuns lineageRuns();

  EarlyLineage earlyLineage();

  MetadataMerge metadataMerge();

  Validations validations();

  ContractPolicies contractPolicies();

  Contracts contracts();

  AuditTrail auditTrail();

  AuditLog auditLog();

  Runs runs();

  RunList runList();

  RunTree runTree();

  Deletions deletions();

  CostLines costLines();

  CostSummaries costSummaries();

  CostHistory costHistory();

  Activity activity();

  PresentRuns presentRuns();

  PriceList priceList();

  Ledger ledger();

  LedgerAudit ledgerAudit();

  RunEvents runEvents();

  RunEventLog runEventLog();

  Jobs jobs();

  WaitingRuns waitingRuns();

  Leases leases();

  QueueDepths queueDepths();

  QueueContents queueContents();

  KindActivities kindActivities();

  KindPolicies kindPolicies();

  Cancellations cancellations();

  RetentionPolicies retentionPolicies();

  ExpiredTrees expiredTrees();

  Actions actions();

  AttemptReports attemptReports();

  EarlyReports earlyReports();

  Triggers triggers();

  ShownActions shownActions();

  ActionList actionList();

  EndReasons endReasons();

  KeptAnswers keptAnswers();

  SystemFacts systemFacts();

  BulkOperations bulkOperations();

  MeantRuns meantRuns();

  Transactions transactions();

  /** The way into the queue, through these stores. */
  default EnterQueue queueEntrance() {
    return new EnterQueue(runs(), jobs(), waitingRuns(), kindPolicies(), cancellations());
  }

  /** Does something in a transaction that gives no answer. */
  default void write(Runnable work) {
    transactions()
        .inTransaction(() -> {
          work.run();
          return true;
        });
  }
}
