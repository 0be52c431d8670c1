package dev.runs.bootstrap;

import dev.runs.adapters.costs.CostsService;
import dev.runs.adapters.costs.HttpUnitPrices;
import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.PostgresDatabase;
import dev.runs.adapters.persistence.SqliteDatabase;
import dev.runs.adapters.persistence.TablesUpdate;
import dev.runs.adapters.persistence.access.JooqApiKeys;
import dev.runs.adapters.persistence.access.JooqOrganizations;
import dev.runs.adapters.persistence.access.JooqProjects;
import dev.runs.adapters.persistence.access.JooqUsers;
import dev.runs.adapters.persistence.audit.JooqAuditTrail;
import dev.runs.adapters.persistence.cost.JooqCostLines;
import dev.runs.adapters.persistence.cost.JooqCostSummaries;
import dev.runs.adapters.persistence.cost.JooqPriceList;
import dev.runs.adapters.persistence.event.JooqRunEvents;
import dev.runs.adapters.persistence.idempotency.JooqKeptAnswers;
import dev.runs.adapters.persistence.rollup.JooqLedger;
import dev.runs.adapters.persistence.rollup.JooqLedgerAudit;
import dev.runs.adapters.persistence.run.JooqDeletions;
import dev.runs.adapters.persistence.run.JooqRunList;
import dev.runs.adapters.persistence.run.JooqRunTree;
import dev.runs.adapters.persistence.run.JooqRuns;
import dev.runs.adapters.persistence.validation.JooqValidations;
import dev.runs.adapters.rpc.RunServices;
import dev.runs.adapters.rpc.access.Callers;
import dev.runs.adapters.rpc.action.Aborts;
import dev.runs.adapters.rpc.protocol.RpcService;
import dev.runs.application.access.BelievedKeys;
import dev.runs.application.access.EditOrganizations;
import dev.runs.application.access.IdentifyCaller;
import dev.runs.application.access.Organizations;
import dev.runs.application.access.PrepareFirstStart;
import dev.runs.application.access.RegisterOrganization;
import dev.runs.application.access.RegisterUser;
import dev.runs.application.audit.Auditor;
import dev.runs.application.audit.NoteRefusal;
import dev.runs.application.audit.ShowAudit;
import dev.runs.application.cost.AddCosts;
import dev.runs.application.cost.ListCosts;
import dev.runs.application.cost.ListedUnitPrices;
import dev.runs.application.cost.RemovePrice;
import dev.runs.application.cost.SetPrice;
import dev.runs.application.cost.ShowPrices;
import dev.runs.application.cost.SummarizeCosts;
import dev.runs.application.cost.UnitPrices;
import dev.runs.application.event.EventTail;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.event.SequenceEvents;
import dev.runs.application.idempotency.AnswerOnce;
import dev.runs.application.queue.CancelRuns;
import dev.runs.application.queue.QueueMeter;
import dev.runs.application.queue.RetryRun;
import dev.runs.application.rollup.AuditLedger;
import dev.runs.application.rollup.FoldLedger;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.DeleteRun;
import dev.runs.application.run.DescribeRuns;
import dev.runs.application.run.EndedRuns;
import dev.runs.application.run.ListRuns;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.Owners;
import dev.runs.application.run.ReportRun;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.SuccessReports;
import dev.runs.application.secret.InputCheck;
import dev.runs.application.tree.ShowEvents;
import dev.runs.application.tree.ShowRun;
import dev.runs.bootstrap.settings.DatabaseAddress;
import dev.runs.bootstrap.settings.Secret;
import dev.runs.bootstrap.settings.Settings;
import dev.runs.bootstrap.tracing.OtlpRunSpans;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.GroupRoles;
import dev.runs.domain.access.Organization;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The whole service as plain objects, without a web server: the database, the use cases and the
 * loop that keeps the ledger. The server wraps it; commands, tests and benchmarks use it as it is.
 */
public final class Platform implements AutoCloseable {

  /** Deltas or events that one background transaction moves on PostgreSQL. */
  private static final int BATCH_ON_POSTGRES = 5_000;

  /** The same on SQLite, where everybody else waits for the one writer meanwhile. */
  private static final int BATCH_ON_SQLITE = 500;

  /** Entries of the log that are read at once for all who listen. */
  private static final int TAILED_AT_ONCE = 1_000;

  /** Groups of single writes that PostgreSQL works on at the same time. */
  private static final int WRITERS_ON_POSTGRES = 3;

  /** One that reads within a snapshot beside one that reads outside of it. */
  private static final Settings.Pool FEW_CONNECTIONS = new Settings.Pool(1, 2, Duration.ZERO);

  private final Database database;
  private final @Nullable HttpUnitPrices costsService;
  private final @Nullable OtlpRunSpans spans;
  private final InstantSource clock;
  private final PrepareFirstStart prepareFirstStart;
  private final boolean isKeyConfigured;
  private final Accounts accounts;
  private final Grants grants;
  private final Organizations organizations;
  private final SequenceEvents sequenceEvents;
  private final FoldLedger foldLedger;
  private final @Nullable LedgerKeeper keeper;
  private final WorkQueue workQueue;
  private final RunActions runActions;
  private final Pipelines pipelines;
  private final Figures figures;
  private final Lineage lineage;
  private final String usualOrganizationOfCalls;
  private final @Nullable QueueKeeper queueKeeper;
  private final Retention retention;
  private final DescribeRuns describeRuns;
  private final RetryRun retryRun;
  private final Bulk bulk;
  private final @Nullable BulkKeeper bulkKeeper;

  private final RunEventLog eventLog;
  private final EventTail eventTail;
  private final ShowEvents showEvents;
  private final @Nullable TailKeeper tailKeeper;
  private final RegisterOrganization registerOrganization;
  private final EditOrganizations editOrganizations;
  private final RegisterUser registerUser;
  private final IdentifyCaller identifyCaller;
  private final CreateRuns createRuns;
  private final ReportRun reportRun;
  private final ShowRun showRun;
  private final ListRuns listRuns;
  private final RunInsights runInsights;
  private final DeleteRun deleteRun;
  private final AddCosts addCosts;
  private final ListCosts listCosts;
  private final SummarizeCosts summarizeCosts;
  private final SetPrice setPrice;
  private final ShowPrices showPrices;
  private final RemovePrice removePrice;
  private final ShowAudit showAudit;
  private final NoteRefusal noteRefusal;
  private final AuditLedger auditLedger;
  private final Directory directory;
  private final AnswerOnce answerOnce;

  private Platform(
      Settings settings,
      Database database,
      Circumstances circumstances,
      QueueMeter meter,
      boolean isKept) {
    this.database = database;
    this.clock = circumstances.clock();
    var isSqlite = database instanceof SqliteDatabase;
    var writers = isSqlite ? 1 : WRITERS_ON_POSTGRES;
    var batch = isSqlite ? BATCH_ON_SQLITE : BATCH_ON_POSTGRES;
    var random = new SecureRandom();
    var ids = circumstances.ids();
    if (!circumstances.isPresent()) {
      database.goBy(clock);
    }

    var auditTrail = new JooqAuditTrail(database);
    var auditor = new Auditor(auditTrail, ids, clock);
    var organizations = new JooqOrganizations(database);
    var users = new JooqUsers(database);
    var keys = new JooqApiKeys(database);
    var runs = new JooqRuns(database);
    var list = new JooqRunList(database);
    var tree = new JooqRunTree(database);
    var lines = new JooqCostLines(database);
    var summaries = new JooqCostSummaries(database);
    var prices = new JooqPriceList(database);
    var ledger = new JooqLedger(database);
    var events = new JooqRunEvents(database);
    var answers = new JooqKeptAnswers(database);
    var deletions = new JooqDeletions(database, ledger);

    var collector = circumstances.isPresent() ? settings.tracing() : null;
    this.spans = collector == null ? null : OtlpRunSpans.to(collector, Version.number());
    EndedRuns endedRuns = spans == null ? EndedRuns.UNHEARD : spans;
    this.costsService = circumstances.isPresent() ? costsService(settings, random) : null;
    UnitPrices unitPrices =
        costsService == null ? new ListedUnitPrices(prices, clock) : costsService;
    this.eventLog = events;
    this.eventTail =
        new EventTail(
            events,
            TAILED_AT_ONCE,
            settings.server().watchBufferSize(),
            settings.server().streams());
    this.showEvents = new ShowEvents(events, eventTail, runs, ledger, database);
    var configuredKey = Optional.ofNullable(settings.apiKey()).map(Secret::value);

    this.registerOrganization =
        new RegisterOrganization(organizations, database, auditor, ids, clock);
    this.editOrganizations = new EditOrganizations(organizations, database, auditor, clock);
    this.registerUser = new RegisterUser(organizations, users, database, ids, clock);
    var believed = new BelievedKeys(keys, clock);
    this.identifyCaller = new IdentifyCaller(believed, organizations, configuredKey);
    var validations = new JooqValidations(database);
    var successReports = new SuccessReports(validations);
    this.workQueue =
        WorkQueue.over(
            database,
            runs,
            ledger,
            events,
            meter,
            endedRuns,
            successReports,
            auditor,
            clock,
            random,
            circumstances.chances(),
            CancelRuns.USUAL_GRACE,
            writers);
    var jobs = workQueue.jobs();
    var projects = new JooqProjects(database);
    this.describeRuns = new DescribeRuns(projects, jobs, clock);
    var writer =
        new NewRunWriter(
            new Owners(organizations, users, ids),
            new InputCheck(organizations),
            projects,
            runs,
            workQueue.enterQueue(),
            ledger,
            events,
            ids,
            clock,
            circumstances.chances());
    this.runActions =
        RunActions.over(
            database,
            runs,
            projects,
            successReports,
            new InputCheck(organizations),
            ledger,
            events,
            ids,
            clock,
            random);
    this.usualOrganizationOfCalls = settings.rpc().defaultOrganization();
    this.createRuns = new CreateRuns(writer, database, writers);
    this.retryRun = new RetryRun(runs, jobs, writer, auditor, database);
    this.bulk = Bulk.over(database, runs, jobs, writer, auditor, ids, clock);
    var reportWriter = new ReportWriter(runs, ledger, events, endedRuns, successReports, database);
    this.reportRun = new ReportRun(runs, reportWriter, database, clock);
    this.pipelines =
        Pipelines.over(
            database,
            runs,
            validations,
            projects,
            writer,
            reportWriter,
            new InputCheck(organizations),
            events,
            auditor,
            ids,
            clock);
    this.lineage =
        Lineage.over(
            database,
            runs,
            validations,
            writer,
            reportWriter,
            new InputCheck(organizations),
            events,
            ids,
            clock);
    this.showRun = new ShowRun(runs, tree, jobs, describeRuns, lines, ledger, database);
    this.listRuns =
        new ListRuns(
            runs, list, organizations, users, projects, ledger, describeRuns, database, ids);
    this.runInsights = RunInsights.over(database, runs, tree, list, ledger, ids);
    this.deleteRun = new DeleteRun(runs, deletions, events, auditor, database, clock);
    this.addCosts =
        new AddCosts(runs, lines, unitPrices, ledger, events, database, ids, clock, writers);
    this.listCosts = new ListCosts(runs, lines, database);
    this.summarizeCosts = new SummarizeCosts(summaries, database);
    this.setPrice = new SetPrice(prices, auditor, database, ids, clock);
    this.showPrices = new ShowPrices(prices, clock);
    this.removePrice = new RemovePrice(prices, auditor, database);
    this.showAudit = new ShowAudit(auditTrail);
    this.noteRefusal = new NoteRefusal(auditTrail, database, ids, clock);
    this.auditLedger = new AuditLedger(ledger, new JooqLedgerAudit(database), database);
    this.answerOnce = new AnswerOnce(answers, database, clock);
    this.directory = Directory.over(database, clock);

    this.retention =
        Retention.over(
            database,
            ledger,
            organizations,
            auditor,
            clock,
            settings.retention(),
            settings.server().eventDays());
    this.figures = Figures.over(database, organizations, clock, batch);
    this.organizations = organizations;
    this.grants = Grants.over(database, believed, auditor, ids, clock, random);
    var oidc = settings.oidc();
    this.accounts =
        Accounts.over(
            database,
            organizations,
            oidc == null ? new GroupRoles(Map.of()) : oidc.roles(),
            auditor,
            ids,
            clock,
            random);
    this.prepareFirstStart =
        new PrepareFirstStart(organizations, keys, auditor, database, ids, clock, random);
    if (organizations.find(Organization.DEFAULT).isEmpty()) {
      prepareFirstStart.prepare(true);
    }
    this.isKeyConfigured = configuredKey.isPresent();
    setPrice.seed(settings.prices());
    var ofTail = new AtomicReference<Runnable>(() -> {});
    this.sequenceEvents =
        new SequenceEvents(
            events, workQueue.tallyKinds(), database, batch, () -> ofTail.get().run());
    this.foldLedger = new FoldLedger(ledger, database, batch);
    if (!isKept) {
      this.keeper = null;
      this.queueKeeper = null;
      this.tailKeeper = null;
      this.bulkKeeper = null;
      return;
    }
    var woken = new AtomicReference<Runnable>(() -> {});
    var tail = TailKeeper.start(eventTail, events, () -> woken.get().run());
    ofTail.set(tail::wake);
    var ledgerKeeper =
        LedgerKeeper.start(
            sequenceEvents,
            foldLedger,
            figures.foldCostDays(),
            deleteRun,
            answerOnce,
            accounts.forgetSessions(),
            grants.noteKeyUses(),
            runActions.sweepEarlyReports(),
            lineage.sweepEarlyLineage());
    woken.set(ledgerKeeper::wake);
    var ofQueue = QueueKeeper.start(workQueue);
    database.whenCommitted(() -> {
      ledgerKeeper.wake();
      ofQueue.wake();
    });
    this.keeper = ledgerKeeper;
    this.queueKeeper = ofQueue;
    this.tailKeeper = tail;
    this.bulkKeeper = BulkKeeper.start(bulk.sweepBulk());
  }

  /**
   * Opens the database that the settings name, brings its tables up to date, makes what a fresh one
   * lacks and begins to keep the ledger and the queue.
   *
   * @throws RuntimeException when the database cannot be opened
   */
  public static Platform open(Settings settings) {
    return open(settings, QueueMeter.SILENT);
  }

  /**
   * As {@link #open(Settings)}.
   *
   * @param meter is told what happens to queued runs in this process
   */
  static Platform open(Settings settings, QueueMeter meter) {
    return open(settings, settings.pool(), Circumstances.present(), meter, true);
  }

  /**
   * As {@link #open}, for one short piece of work: with few connections, and with nothing that goes
   * on in the background. What such a process commits is exact at once, for every read adds what is
   * pending to what was added up. The order of events, folding, leases that end and runs that
   * become due are looked after by the next server or worker on the database; who waits for none of
   * them need not wait for the loops to begin and to end.
   */
  public static Platform openBriefly(Settings settings) {
    return open(settings, FEW_CONNECTIONS, Circumstances.present(), QueueMeter.SILENT, false);
  }

  /**
   * As {@link #openBriefly}, in a time that is made up: whatever is done is done at the time of
   * this clock. Nobody else may work on the database meanwhile.
   *
   * @param clock never goes back
   * @param chances for what need not be secret
   */
  static Platform openInThePast(Settings settings, InstantSource clock, RandomGenerator chances) {
    return open(
        settings, FEW_CONNECTIONS, Circumstances.past(clock, chances), QueueMeter.SILENT, false);
  }

  private static Platform open(
      Settings settings,
      Settings.Pool pool,
      Circumstances circumstances,
      QueueMeter meter,
      boolean isKept) {
    var database = database(settings, pool);
    try {
      return new Platform(settings, database, circumstances, meter, isKept);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Whether there are runs in the database; it is left as it is, also when it has no tables yet.
   */
  static boolean hasRuns(Settings settings) {
    return switch (settings.database()) {
      case DatabaseAddress.Sqlite(var file) -> SqliteDatabase.hasRuns(file);
      case DatabaseAddress.Postgres server ->
          PostgresDatabase.hasRuns(server.jdbcUrl(), server.driverProperties());
    };
  }

  private static Database database(Settings settings, Settings.Pool size) {
    var pool =
        new Database.Pool(
            size.maxOpenConnections(), size.maxIdleConnections(), size.connMaxLifeTime());
    return switch (settings.database()) {
      case DatabaseAddress.Sqlite(var file) -> SqliteDatabase.open(file, pool);
      case DatabaseAddress.Postgres server ->
          PostgresDatabase.open(server.jdbcUrl(), server.driverProperties(), pool);
    };
  }

  private @Nullable HttpUnitPrices costsService(Settings settings, SecureRandom random) {
    var url = settings.costs().url();
    if (url == null) {
      return null;
    }
    var key = settings.costs().apiKey();
    return new HttpUnitPrices(
        CostsService.defaults(url, key == null ? null : key.value()), clock, random);
  }

  @Override
  public void close() {
    retention.close();
    if (bulkKeeper != null) {
      bulkKeeper.close();
    }
    if (tailKeeper != null) {
      tailKeeper.close();
    }
    if (queueKeeper != null) {
      queueKeeper.close();
    }
    if (keeper != null) {
      keeper.close();
    }
    if (costsService != null) {
      costsService.close();
    }
    if (spans != null) {
      spans.close();
    }
    database.close();
  }

  /**
   * Makes what a server cannot do without and is missing: a platform key, unless one is configured,
   * and somebody who can sign in.
   *
   * @return what was made, to be shown once
   */
  FirstStart firstStart() {
    return new FirstStart(
        prepareFirstStart.prepare(isKeyConfigured), accounts.prepareFirstAdmin().prepare());
  }

  /**
   * The same for a command, which makes no key: it may lack the configuration of the server, and so
   * not know of the key there.
   */
  FirstStart firstCommand() {
    return new FirstStart(Optional.empty(), accounts.prepareFirstAdmin().prepare());
  }

  /**
   * Does much in one transaction, so that it is durable at once or not at all. Whoever is alone on
   * the database may do so.
   */
  public void together(Runnable work) {
    database.inTransaction(() -> {
      work.run();
      return database;
    });
  }

  /**
   * Gives all events that were committed their place in the log, and adds up all that is pending,
   * as the loop of a server does.
   */
  public void catchUp() {
    while (sequenceEvents.sequence()) {
      // until every event has its place
    }
    while (foldLedger.fold()) {
      // until nothing is pending
    }
    while (figures.foldCostDays().fold()) {
      // until every day has its sum
    }
  }

  /** What was done to the tables when it was opened. */
  public TablesUpdate tables() {
    return database.tables();
  }

  public Organizations organizations() {
    return organizations;
  }

  public WorkQueue workQueue() {
    return workQueue;
  }

  public Pipelines pipelines() {
    return pipelines;
  }

  Lineage lineage() {
    return lineage;
  }

  public RunActions runActions() {
    return runActions;
  }

  public Retention retention() {
    return retention;
  }

  /** What tells how an organization is doing, and what it spends. */
  public Figures figures() {
    return figures;
  }

  public DescribeRuns describeRuns() {
    return describeRuns;
  }

  public RetryRun retryRun() {
    return retryRun;
  }

  Bulk bulk() {
    return bulk;
  }

  public Grants grants() {
    return grants;
  }

  public Accounts accounts() {
    return accounts;
  }

  /** What is wrong with the database, for a person; nothing while it answers. */
  public Optional<String> problem() {
    return database.problem();
  }

  /** What is sent to a collector; nothing when there is none. */
  Optional<OtlpRunSpans> spans() {
    return Optional.ofNullable(spans);
  }

  /** The connections to the database, and who waits for them. */
  Database.Connections connections() {
    return database.connections();
  }

  public InstantSource clock() {
    return clock;
  }

  public RunEventLog eventLog() {
    return eventLog;
  }

  /** What happens, for everybody who listens on this node. */
  public EventTail eventTail() {
    return eventTail;
  }

  public ShowEvents showEvents() {
    return showEvents;
  }

  public RegisterOrganization registerOrganization() {
    return registerOrganization;
  }

  public EditOrganizations editOrganizations() {
    return editOrganizations;
  }

  public RegisterUser registerUser() {
    return registerUser;
  }

  public IdentifyCaller identifyCaller() {
    return identifyCaller;
  }

  public CreateRuns createRuns() {
    return createRuns;
  }

  public ReportRun reportRun() {
    return reportRun;
  }

  public ShowRun showRun() {
    return showRun;
  }

  public ListRuns listRuns() {
    return listRuns;
  }

  RunInsights runInsights() {
    return runInsights;
  }

  public DeleteRun deleteRun() {
    return deleteRun;
  }

  public AddCosts addCosts() {
    return addCosts;
  }

  public ListCosts listCosts() {
    return listCosts;
  }

  public SummarizeCosts summarizeCosts() {
    return summarizeCosts;
  }

  public SetPrice setPrice() {
    return setPrice;
  }

  public ShowPrices showPrices() {
    return showPrices;
  }

  public ShowAudit showAudit() {
    return showAudit;
  }

  public NoteRefusal noteRefusal() {
    return noteRefusal;
  }

  public RemovePrice removePrice() {
    return removePrice;
  }

  public AuditLedger auditLedger() {
    return auditLedger;
  }

  /** What can be seen of the installation. */
  public Directory directory() {
    return directory;
  }

  /** What Flyte's clients and executors can call. */
  public List<RpcService> rpcServices() {
    // made when they are asked for: a command does without them
    var callers =
        new Callers(
            identifyCaller,
            directory.nameOrganizations(),
            registerOrganization,
            Optional.of(new ExternalId(usualOrganizationOfCalls)));
    return new RunServices(
            callers,
            runActions.startRun(),
            runActions.showActions(),
            runActions.listActions(),
            runActions.showTaskGroups(),
            runActions.signalCondition(),
            new Aborts(runActions.showActions(), workQueue.cancelRuns()),
            runActions.reportActions(),
            showEvents,
            runActions.keepTrigger(),
            eventTail,
            clock)
        .all();
  }

  public AnswerOnce answerOnce() {
    return answerOnce;
  }
}
