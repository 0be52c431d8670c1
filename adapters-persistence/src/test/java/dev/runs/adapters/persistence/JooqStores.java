package dev.runs.adapters.persistence;

import dev.runs.adapters.persistence.access.JooqApiKeys;
import dev.runs.adapters.persistence.access.JooqMemberships;
import dev.runs.adapters.persistence.access.JooqOrganizations;
import dev.runs.adapters.persistence.access.JooqPeople;
import dev.runs.adapters.persistence.access.JooqProjects;
import dev.runs.adapters.persistence.access.JooqTeams;
import dev.runs.adapters.persistence.access.JooqUsers;
import dev.runs.adapters.persistence.access.JooqWebSessions;
import dev.runs.adapters.persistence.action.JooqActionList;
import dev.runs.adapters.persistence.action.JooqActions;
import dev.runs.adapters.persistence.action.JooqAttemptReports;
import dev.runs.adapters.persistence.action.JooqEarlyReports;
import dev.runs.adapters.persistence.action.JooqShownActions;
import dev.runs.adapters.persistence.action.JooqTriggers;
import dev.runs.adapters.persistence.audit.JooqAuditTrail;
import dev.runs.adapters.persistence.bulk.JooqBulkOperations;
import dev.runs.adapters.persistence.bulk.JooqMeantRuns;
import dev.runs.adapters.persistence.cost.JooqCostHistory;
import dev.runs.adapters.persistence.cost.JooqCostLines;
import dev.runs.adapters.persistence.cost.JooqCostSummaries;
import dev.runs.adapters.persistence.cost.JooqPriceList;
import dev.runs.adapters.persistence.event.JooqRunEvents;
import dev.runs.adapters.persistence.idempotency.JooqKeptAnswers;
import dev.runs.adapters.persistence.lineage.JooqEarlyLineage;
import dev.runs.adapters.persistence.lineage.JooqLineageRuns;
import dev.runs.adapters.persistence.lineage.JsonMetadata;
import dev.runs.adapters.persistence.overview.JooqActivity;
import dev.runs.adapters.persistence.overview.JooqPresentRuns;
import dev.runs.adapters.persistence.pipeline.JooqPipelineRuns;
import dev.runs.adapters.persistence.queue.JooqCancellations;
import dev.runs.adapters.persistence.queue.JooqJobs;
import dev.runs.adapters.persistence.queue.JooqKindActivities;
import dev.runs.adapters.persistence.queue.JooqKindPolicies;
import dev.runs.adapters.persistence.queue.JooqLeases;
import dev.runs.adapters.persistence.queue.JooqQueueContents;
import dev.runs.adapters.persistence.queue.JooqQueueDepths;
import dev.runs.adapters.persistence.queue.JooqWaitingRuns;
import dev.runs.adapters.persistence.retention.JooqExpiredTrees;
import dev.runs.adapters.persistence.retention.JooqRetentionPolicies;
import dev.runs.adapters.persistence.rollup.JooqLedger;
import dev.runs.adapters.persistence.rollup.JooqLedgerAudit;
import dev.runs.adapters.persistence.run.JooqDeletions;
import dev.runs.adapters.persistence.run.JooqEndReasons;
import dev.runs.adapters.persistence.run.JooqRunList;
import dev.runs.adapters.persistence.run.JooqRunTree;
import dev.runs.adapters.persistence.run.JooqRuns;
import dev.runs.adapters.persistence.system.JooqSystemFacts;
import dev.runs.adapters.persistence.validation.JooqContractPolicies;
import dev.runs.adapters.persistence.validation.JooqContracts;
import dev.runs.adapters.persistence.validation.JooqValidations;
import dev.runs.application.Stores;
import dev.runs.application.Transactions;
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
import java.time.InstantSource;

/** Every store there is, over one database. */
public final class JooqStores implements Stores {

  private final Database database;
  private final InstantSource clock;
  private final WaitingRuns waitingRuns;

  /**
   * @param clock where the database has none of its own
   */
  public JooqStores(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.waitingRuns = new JooqWaitingRuns(database, clock);
  }

  @Override
  public PipelineRuns pipelineRuns() {
    return new JooqPipelineRuns(database);
  }

  @Override
  public LineageRuns lineageRuns() {
    return new JooqLineageRuns(database);
  }

  @Override
  public EarlyLineage earlyLineage() {
    return new JooqEarlyLineage(database);
  }

  @Override
  public MetadataMerge metadataMerge() {
    return new JsonMetadata();
  }

  @Override
  public Validations validations() {
    return new JooqValidations(database);
  }

  @Override
  public ContractPolicies contractPolicies() {
    return new JooqContractPolicies(database);
  }

  @Override
  public SystemFacts systemFacts() {
    return new JooqSystemFacts(database, clock);
  }

  @Override
  public Organizations organizations() {
    return new JooqOrganizations(database);
  }

  @Override
  public Users users() {
    return new JooqUsers(database);
  }

  @Override
  public People people() {
    return new JooqPeople(database);
  }

  @Override
  public Memberships memberships() {
    return new JooqMemberships(database);
  }

  @Override
  public WebSessions webSessions() {
    return new JooqWebSessions(database);
  }

  @Override
  public ApiKeys apiKeys() {
    return new JooqApiKeys(database);
  }

  @Override
  public Teams teams() {
    return new JooqTeams(database);
  }

  @Override
  public Projects projects() {
    return new JooqProjects(database);
  }

  @Override
  public AuditTrail auditTrail() {
    return new JooqAuditTrail(database);
  }

  @Override
  public AuditLog auditLog() {
    return new JooqAuditTrail(database);
  }

  @Override
  public Contracts contracts() {
    return new JooqContracts(database);
  }

  @Override
  public Runs runs() {
    return new JooqRuns(database);
  }

  @Override
  public RunList runList() {
    return new JooqRunList(database);
  }

  @Override
  public RunTree runTree() {
    return new JooqRunTree(database);
  }

  @Override
  public Deletions deletions() {
    return new JooqDeletions(database, ledger());
  }

  @Override
  public CostLines costLines() {
    return new JooqCostLines(database);
  }

  @Override
  public CostSummaries costSummaries() {
    return new JooqCostSummaries(database);
  }

  @Override
  public CostHistory costHistory() {
    return new JooqCostHistory(database);
  }

  @Override
  public Activity activity() {
    return new JooqActivity(database);
  }

  @Override
  public PresentRuns presentRuns() {
    return new JooqPresentRuns(database);
  }

  @Override
  public PriceList priceList() {
    return new JooqPriceList(database);
  }

  @Override
  public Ledger ledger() {
    return new JooqLedger(database);
  }

  @Override
  public LedgerAudit ledgerAudit() {
    return new JooqLedgerAudit(database);
  }

  @Override
  public RunEvents runEvents() {
    return new JooqRunEvents(database);
  }

  @Override
  public RunEventLog runEventLog() {
    return new JooqRunEvents(database);
  }

  @Override
  public Jobs jobs() {
    return new JooqJobs(database);
  }

  @Override
  public QueueDepths queueDepths() {
    return new JooqQueueDepths(database, clock);
  }

  @Override
  public QueueContents queueContents() {
    return new JooqQueueContents(database);
  }

  @Override
  public KindActivities kindActivities() {
    return new JooqKindActivities(database);
  }

  @Override
  public WaitingRuns waitingRuns() {
    return waitingRuns;
  }

  @Override
  public Leases leases() {
    return new JooqLeases(database, clock);
  }

  @Override
  public KindPolicies kindPolicies() {
    return new JooqKindPolicies(database);
  }

  @Override
  public BulkOperations bulkOperations() {
    return new JooqBulkOperations(database);
  }

  @Override
  public MeantRuns meantRuns() {
    return new JooqMeantRuns(database);
  }

  @Override
  public Cancellations cancellations() {
    return new JooqCancellations(database);
  }

  @Override
  public RetentionPolicies retentionPolicies() {
    return new JooqRetentionPolicies(database);
  }

  @Override
  public ExpiredTrees expiredTrees() {
    return new JooqExpiredTrees(database, ledger());
  }

  @Override
  public Actions actions() {
    return new JooqActions(database);
  }

  @Override
  public AttemptReports attemptReports() {
    return new JooqAttemptReports(database);
  }

  @Override
  public EarlyReports earlyReports() {
    return new JooqEarlyReports(database);
  }

  @Override
  public Triggers triggers() {
    return new JooqTriggers(database);
  }

  @Override
  public ShownActions shownActions() {
    return new JooqShownActions(database);
  }

  @Override
  public ActionList actionList() {
    return new JooqActionList(database);
  }

  @Override
  public EndReasons endReasons() {
    return new JooqEndReasons(database);
  }

  @Override
  public KeptAnswers keptAnswers() {
    return new JooqKeptAnswers(database);
  }

  @Override
  public Transactions transactions() {
    return database;
  }
}
