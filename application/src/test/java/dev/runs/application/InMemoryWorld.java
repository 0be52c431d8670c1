package dev.runs.application;

import dev.runs.application.access.ApiKeys;
import dev.runs.application.access.InMemoryApiKeys;
import dev.runs.application.access.InMemoryMemberships;
import dev.runs.application.access.InMemoryOrganizations;
import dev.runs.application.access.InMemoryPeople;
import dev.runs.application.access.InMemoryProjects;
import dev.runs.application.access.InMemoryTeams;
import dev.runs.application.access.InMemoryUsers;
import dev.runs.application.access.InMemoryWebSessions;
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
import dev.runs.application.action.InMemoryActionList;
import dev.runs.application.action.InMemoryActions;
import dev.runs.application.action.InMemoryAttemptReports;
import dev.runs.application.action.InMemoryEarlyReports;
import dev.runs.application.action.InMemoryShownActions;
import dev.runs.application.action.InMemoryTriggers;
import dev.runs.application.action.ShownActions;
import dev.runs.application.action.Triggers;
import dev.runs.application.audit.InMemoryAuditTrail;
import dev.runs.application.bulk.BulkOperations;
import dev.runs.application.bulk.InMemoryBulkOperations;
import dev.runs.application.bulk.InMemoryMeantRuns;
import dev.runs.application.bulk.MeantRuns;
import dev.runs.application.cost.CostHistory;
import dev.runs.application.cost.CostLines;
import dev.runs.application.cost.CostSummaries;
import dev.runs.application.cost.InMemoryCostHistory;
import dev.runs.application.cost.InMemoryCostLines;
import dev.runs.application.cost.InMemoryCostSummaries;
import dev.runs.application.cost.InMemoryPriceList;
import dev.runs.application.cost.InMemoryRetained;
import dev.runs.application.cost.PriceList;
import dev.runs.application.event.InMemoryRunEvents;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.event.RunEvents;
import dev.runs.application.idempotency.InMemoryKeptAnswers;
import dev.runs.application.idempotency.KeptAnswers;
import dev.runs.application.lineage.EarlyLineage;
import dev.runs.application.lineage.FlatMetadata;
import dev.runs.application.lineage.InMemoryEarlyLineage;
import dev.runs.application.lineage.InMemoryLineageRuns;
import dev.runs.application.lineage.LineageRuns;
import dev.runs.application.lineage.MetadataMerge;
import dev.runs.application.overview.Activity;
import dev.runs.application.overview.InMemoryActivity;
import dev.runs.application.overview.InMemoryPresentRuns;
import dev.runs.application.overview.PresentRuns;
import dev.runs.application.pipeline.InMemoryPipelineRuns;
import dev.runs.application.pipeline.PipelineRuns;
import dev.runs.application.queue.Cancellations;
import dev.runs.application.queue.InMemoryCancellations;
import dev.runs.application.queue.InMemoryJobs;
import dev.runs.application.queue.InMemoryKindActivities;
import dev.runs.application.queue.InMemoryKindPolicies;
import dev.runs.application.queue.InMemoryLeases;
import dev.runs.application.queue.InMemoryQueueContents;
import dev.runs.application.queue.InMemoryQueueDepths;
import dev.runs.application.queue.InMemoryWaitingRuns;
import dev.runs.application.queue.Jobs;
import dev.runs.application.queue.KindActivities;
import dev.runs.application.queue.KindPolicies;
import dev.runs.application.queue.Leases;
import dev.runs.application.queue.QueueContents;
import dev.runs.application.queue.QueueDepths;
import dev.runs.application.queue.WaitingRuns;
import dev.runs.application.retention.ExpiredTrees;
import dev.runs.application.retention.InMemoryExpiredTrees;
import dev.runs.application.retention.InMemoryRetentionPolicies;
import dev.runs.application.retention.RetentionPolicies;
import dev.runs.application.rollup.InMemoryLedger;
import dev.runs.application.rollup.InMemoryLedgerAudit;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.rollup.LedgerAudit;
import dev.runs.application.run.Deletions;
import dev.runs.application.run.EndReasons;
import dev.runs.application.run.InMemoryDeletions;
import dev.runs.application.run.InMemoryEndReasons;
import dev.runs.application.run.InMemoryRunList;
import dev.runs.application.run.InMemoryRunTree;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.application.run.RunList;
import dev.runs.application.run.RunTree;
import dev.runs.application.run.Runs;
import dev.runs.application.system.InMemorySystemFacts;
import dev.runs.application.system.SystemFacts;
import dev.runs.application.validation.ContractPolicies;
import dev.runs.application.validation.Contracts;
import dev.runs.application.validation.InMemoryContractPolicies;
import dev.runs.application.validation.InMemoryContracts;
import dev.runs.application.validation.InMemoryValidations;
import dev.runs.application.validation.Validations;
import java.time.InstantSource;

/**
 * Every store in memory, over the same data, empty at first. Whoever writes to it is in one of its
 * transactions; {@link #write} opens one.
 */
public final class InMemoryWorld implements Stores {

  private final InMemoryTransactions transactions = new InMemoryTransactions();
  private final InMemoryProjects projects = new InMemoryProjects(transactions);
  private final InMemoryOrganizations organizations =
      new InMemoryOrganizations(transactions, projects);
  private final InMemoryUsers users = new InMemoryUsers(transactions, organizations);
  private final InMemoryWebSessions webSessions = new InMemoryWebSessions(transactions);
  private final InMemoryMemberships memberships = new InMemoryMemberships(transactions);
  private final InMemoryPeople people = new InMemoryPeople(transactions, memberships, webSessions);
  private final InMemoryApiKeys apiKeys = new InMemoryApiKeys(transactions);
  private final InMemoryTeams teams = new InMemoryTeams(transactions, apiKeys);
  private final InMemoryAuditTrail auditTrail = new InMemoryAuditTrail(transactions);
  private final InMemoryRuns runs = new InMemoryRuns(transactions, organizations);
  private final InMemoryJobs jobs = new InMemoryJobs(transactions);
  private final InMemoryActions actions = new InMemoryActions(transactions, runs, jobs);
  private final InMemoryAttemptReports attemptReports =
      new InMemoryAttemptReports(transactions, runs);
  private final InMemoryEarlyReports earlyReports = new InMemoryEarlyReports(transactions);
  private final InMemoryTriggers triggers = new InMemoryTriggers(transactions);
  private final InMemoryShownActions shownActions =
      new InMemoryShownActions(transactions, actions, attemptReports, organizations);
  private final InMemoryActionList actionList = new InMemoryActionList(actions, shownActions);
  private final InMemoryEndReasons endReasons = new InMemoryEndReasons(transactions, runs);
  private final InMemoryPipelineRuns pipelineRuns = new InMemoryPipelineRuns(transactions, runs);
  private final InMemoryLineageRuns lineageRuns = new InMemoryLineageRuns(transactions, runs);
  private final InMemoryEarlyLineage earlyLineage = new InMemoryEarlyLineage(transactions);
  private final InMemoryContractPolicies contractPolicies =
      new InMemoryContractPolicies(transactions);
  private final InMemoryValidations validations =
      new InMemoryValidations(transactions, runs, contractPolicies);
  private final InMemoryContracts contracts =
      new InMemoryContracts(validations, pipelineRuns, contractPolicies);
  private final InMemoryRunList runList = new InMemoryRunList(runs);
  private final InMemoryRunTree runTree = new InMemoryRunTree(runs);
  private final InMemoryCostLines costLines = new InMemoryCostLines(transactions, runs);
  private final InMemoryRetained retained = new InMemoryRetained(transactions);
  private final InMemoryCostSummaries costSummaries =
      new InMemoryCostSummaries(transactions, runs, costLines, retained);
  private final InMemoryCostHistory costHistory =
      new InMemoryCostHistory(transactions, runs, costLines, retained);
  private final InMemoryActivity activity = new InMemoryActivity(transactions);
  private final InMemoryPresentRuns presentRuns = new InMemoryPresentRuns(runs);
  private final InMemoryPriceList priceList = new InMemoryPriceList(transactions);
  private final InMemoryLedger ledger = new InMemoryLedger(transactions, runs);
  private final InMemoryLedgerAudit ledgerAudit =
      new InMemoryLedgerAudit(transactions, runs, costLines, ledger);
  private final InMemoryKindPolicies kindPolicies = new InMemoryKindPolicies(transactions);
  private final InMemoryCancellations cancellations =
      new InMemoryCancellations(transactions, runs, jobs);
  private final InMemoryWaitingRuns waitingRuns;
  private final InMemoryLeases leases;
  private final InMemoryQueueDepths queueDepths;
  private final InMemoryQueueContents queueContents;
  private final InMemoryDeletions deletions;
  private final InMemoryExpiredTrees expiredTrees;
  private final InMemoryRetentionPolicies retentionPolicies =
      new InMemoryRetentionPolicies(transactions);
  private final InMemoryRunEvents runEvents = new InMemoryRunEvents(transactions, activity);
  private final InMemoryKindActivities kindActivities =
      new InMemoryKindActivities(transactions, runEvents);
  private final InMemoryKeptAnswers keptAnswers = new InMemoryKeptAnswers(transactions);
  private final InMemoryBulkOperations bulkOperations = new InMemoryBulkOperations(transactions);

  public InMemoryWorld() {
    this(InstantSource.system());
  }

  /**
   * @param clock by which the queue compares times
   */
  public InMemoryWorld(InstantSource clock) {
    waitingRuns = new InMemoryWaitingRuns(transactions, clock);
    leases = new InMemoryLeases(transactions, clock);
    queueDepths = new InMemoryQueueDepths(waitingRuns, leases, clock);
    queueContents = new InMemoryQueueContents(waitingRuns, leases, kindPolicies, kindActivities);
    deletions = new InMemoryDeletions(runs, costLines, ledger, jobs, waitingRuns, leases);
    expiredTrees = new InMemoryExpiredTrees(transactions, runs, costLines, ledger, jobs, retained);
    projects.askForRuns(runs::areIn);
    memberships.askFor(people);
  }

  @Override
  public Organizations organizations() {
    return organizations;
  }

  @Override
  public Users users() {
    return users;
  }

  @Override
  public People people() {
    return people;
  }

  @Override
  public Memberships memberships() {
    return memberships;
  }

  @Override
  public WebSessions webSessions() {
    return webSessions;
  }

  @Override
  public ApiKeys apiKeys() {
    return apiKeys;
  }

  @Override
  public Teams teams() {
    return teams;
  }

  @Override
  public Projects projects() {
    return projects;
  }

  @Override
  public InMemoryAuditTrail auditTrail() {
    return auditTrail;
  }

  @Override
  public InMemoryAuditTrail auditLog() {
    return auditTrail;
  }

  @Override
  public PipelineRuns pipelineRuns() {
    return pipelineRuns;
  }

  @Override
  public LineageRuns lineageRuns() {
    return lineageRuns;
  }

  @Override
  public EarlyLineage earlyLineage() {
    return earlyLineage;
  }

  @Override
  public MetadataMerge metadataMerge() {
    return new FlatMetadata();
  }

  @Override
  public Validations validations() {
    return validations;
  }

  @Override
  public ContractPolicies contractPolicies() {
    return contractPolicies;
  }

  @Override
  public Contracts contracts() {
    return contracts;
  }

  @Override
  public Runs runs() {
    return runs;
  }

  @Override
  public RunList runList() {
    return runList;
  }

  @Override
  public RunTree runTree() {
    return runTree;
  }

  @Override
  public Deletions deletions() {
    return deletions;
  }

  @Override
  public CostLines costLines() {
    return costLines;
  }

  @Override
  public CostSummaries costSummaries() {
    return costSummaries;
  }

  @Override
  public CostHistory costHistory() {
    return costHistory;
  }

  @Override
  public Activity activity() {
    return activity;
  }

  @Override
  public PresentRuns presentRuns() {
    return presentRuns;
  }

  @Override
  public PriceList priceList() {
    return priceList;
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public LedgerAudit ledgerAudit() {
    return ledgerAudit;
  }

  @Override
  public RunEvents runEvents() {
    return runEvents;
  }

  @Override
  public RunEventLog runEventLog() {
    return runEvents;
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  @Override
  public QueueDepths queueDepths() {
    return queueDepths;
  }

  @Override
  public QueueContents queueContents() {
    return queueContents;
  }

  @Override
  public KindActivities kindActivities() {
    return kindActivities;
  }

  @Override
  public WaitingRuns waitingRuns() {
    return waitingRuns;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public KindPolicies kindPolicies() {
    return kindPolicies;
  }

  @Override
  public BulkOperations bulkOperations() {
    return bulkOperations;
  }

  @Override
  public MeantRuns meantRuns() {
    return new InMemoryMeantRuns(runs);
  }

  @Override
  public Cancellations cancellations() {
    return cancellations;
  }

  @Override
  public RetentionPolicies retentionPolicies() {
    return retentionPolicies;
  }

  @Override
  public ExpiredTrees expiredTrees() {
    return expiredTrees;
  }

  @Override
  public Actions actions() {
    return actions;
  }

  @Override
  public AttemptReports attemptReports() {
    return attemptReports;
  }

  @Override
  public EarlyReports earlyReports() {
    return earlyReports;
  }

  @Override
  public Triggers triggers() {
    return triggers;
  }

  @Override
  public ShownActions shownActions() {
    return shownActions;
  }

  @Override
  public ActionList actionList() {
    return actionList;
  }

  @Override
  public EndReasons endReasons() {
    return endReasons;
  }

  @Override
  public KeptAnswers keptAnswers() {
    return keptAnswers;
  }

  @Override
  public SystemFacts systemFacts() {
    return new InMemorySystemFacts(runEvents, earlyReports, earlyLineage, leases);
  }

  @Override
  public InMemoryTransactions transactions() {
    return transactions;
  }
}
