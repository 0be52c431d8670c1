package dev.runs.adapters.rest;

import dev.runs.adapters.rest.event.StreamSettings;
import dev.runs.adapters.rest.metrics.MicrometerQueueMeter;
import dev.runs.adapters.rest.rate.AddressBlock;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.ClockMeter;
import dev.runs.adapters.rest.rate.Rate;
import dev.runs.adapters.rest.registry.AnonymousReads;
import dev.runs.application.CountingIds;
import dev.runs.application.Health;
import dev.runs.application.InMemoryWorld;
import dev.runs.application.SettableClock;
import dev.runs.application.access.BelievedKeys;
import dev.runs.application.access.EditOrganizations;
import dev.runs.application.access.EditPeople;
import dev.runs.application.access.EditProjects;
import dev.runs.application.access.EditTeams;
import dev.runs.application.access.IdentifyCaller;
import dev.runs.application.access.MintKeys;
import dev.runs.application.access.PeopleFixtures.ReadableHashes;
import dev.runs.application.access.PrepareFirstStart;
import dev.runs.application.access.RegisterOrganization;
import dev.runs.application.access.RegisterUser;
import dev.runs.application.access.ShowKeys;
import dev.runs.application.access.ShowPeople;
import dev.runs.application.access.ShowProjects;
import dev.runs.application.access.ShowTeams;
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
import dev.runs.application.event.FeedLimits;
import dev.runs.application.idempotency.AnswerOnce;
import dev.runs.application.lineage.HearLineage;
import dev.runs.application.lineage.LineageWorld;
import dev.runs.application.pipeline.DescribePipelineRuns;
import dev.runs.application.pipeline.EditPipelineRun;
import dev.runs.application.pipeline.ListPipelineRuns;
import dev.runs.application.pipeline.RecordPipelineRun;
import dev.runs.application.pipeline.ShowPipelineRun;
import dev.runs.application.queue.CancelRuns;
import dev.runs.application.queue.ClaimRuns;
import dev.runs.application.queue.EditKinds;
import dev.runs.application.queue.JobMoves;
import dev.runs.application.queue.KeepLeases;
import dev.runs.application.queue.MeasureLoad;
import dev.runs.application.queue.ReadyBell;
import dev.runs.application.queue.ReadyDueRuns;
import dev.runs.application.queue.ReapLeases;
import dev.runs.application.queue.ReportOutcomes;
import dev.runs.application.queue.RetryRun;
import dev.runs.application.queue.ShowKinds;
import dev.runs.application.queue.StartLimits;
import dev.runs.application.retention.EditRetention;
import dev.runs.application.rollup.AuditLedger;
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
import dev.runs.application.validation.EditContractPolicies;
import dev.runs.application.validation.ListValidations;
import dev.runs.application.validation.RecordValidation;
import dev.runs.application.validation.ShowContractPolicies;
import dev.runs.application.validation.ShowValidation;
import dev.runs.application.validation.SummarizeValidations;
import dev.runs.application.validation.ValidationWriter;
import dev.runs.domain.access.Organization;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.retention.RetentionPolicy;
import io.github.bucket4j.TimeMeter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.Filter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.support.GenericWebApplicationContext;

/** The whole surface over stores in memory, with a clock that stands still; empty at first. */
public final class RestWorld {

  public static final String KEY = "a-key-of-the-configuration";
  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

  /** How many streams a key may have here at a time. */
  public static final int MOST_STREAMS = 3;

  /** What a body may have here. */
  public static final int MOST_BODY_BYTES = 1 << 20;

  /** Entries of the audit log are counted apart, so that the ids of all else stay as they are. */
  private static final long FIRST_OF_AUDIT = 0xA0000;

  @Configuration
  @Import(RestAdapter.class)
  @ImportAutoConfiguration({
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class
  })
  static class Application {}

  private final InMemoryWorld stores;
  private final SettableClock clock;
  private final CountingIds ids;
  private final CountingIds auditIds;
  private final Auditor auditor;
  private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
  private final AtomicReference<UnitPrices> prices;
  private final GenericWebApplicationContext context =
      new GenericWebApplicationContext(new MockServletContext());
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Client client;
  private final AtomicInteger named = new AtomicInteger();
  private final AtomicLong tokens = new AtomicLong();
  private final ReadyBell readyBell;
  private final ReadyDueRuns readyDueRuns;
  private final ReapLeases reapLeases;
  private final EventTail eventTail;

  public RestWorld() {
    this(Map.of(), List.of());
  }

  /** One in which not everything may be asked at any rate. */
  public RestWorld(Map<Budget, Rate> rates, List<AddressBlock> trustedProxies) {
    this(new SettableClock(NOON), rates, trustedProxies);
  }

  /** One in which everybody may read runs and validations of the organization {@code default}. */
  public static RestWorld openToReaders() {
    return new RestWorld(new SettableClock(NOON), Map.of(), List.of(), true);
  }

  private RestWorld(
      SettableClock clock, Map<Budget, Rate> rates, List<AddressBlock> trustedProxies) {
    this(clock, rates, trustedProxies, false);
  }

  private RestWorld(
      SettableClock clock,
      Map<Budget, Rate> rates,
      List<AddressBlock> trustedProxies,
      boolean isOpenToReaders) {
    this(
        new InMemoryWorld(clock),
        clock,
        new CountingIds(),
        new CountingIds(FIRST_OF_AUDIT),
        rates,
        trustedProxies,
        isOpenToReaders);
  }

  private RestWorld(
      InMemoryWorld stores,
      SettableClock clock,
      CountingIds ids,
      CountingIds auditIds,
      Map<Budget, Rate> rates,
      List<AddressBlock> trustedProxies,
      boolean isOpenToReaders) {
    this.stores = stores;
    this.clock = clock;
    this.ids = ids;
    this.auditIds = auditIds;
    this.auditor = new Auditor(stores.auditTrail(), auditIds, clock);
    this.prices = new AtomicReference<>(new ListedUnitPrices(stores.priceList(), clock));
    var transactions = stores.transactions();
    this.readyBell = new ReadyBell(stores.waitingRuns(), transactions);
    this.eventTail =
        new EventTail(stores.runEventLog(), 100, 10, new FeedLimits(1_000, MOST_STREAMS));
    this.readyDueRuns = new ReadyDueRuns(stores.waitingRuns(), transactions);
    new PrepareFirstStart(
            stores.organizations(),
            stores.apiKeys(),
            auditor,
            transactions,
            ids,
            clock,
            new SecureRandom())
        .prepare(true);
    new AnnotatedBeanDefinitionReader(context).register(Application.class);
    add(ShowAudit.class, new ShowAudit(stores.auditLog()));
    add(NoteRefusal.class, new NoteRefusal(stores.auditTrail(), transactions, auditIds, clock));
    add(RestSettings.class, new RestSettings(MOST_BODY_BYTES, List.of("*"), rates, trustedProxies));
    add(
        AnonymousReads.class,
        stores
            .organizations()
            .find(Organization.DEFAULT)
            .filter(_ -> isOpenToReaders)
            .map(organization -> AnonymousReads.of(organization.id()))
            .orElse(AnonymousReads.CLOSED));
    add(TimeMeter.class, new ClockMeter(clock));
    add(Health.class, trouble::get);
    add(PrometheusMeterRegistry.class, meters);
    add(
        MeasureLoad.class,
        new MeasureLoad(
            stores.queueDepths(), stores.runEventLog(), stores.ledgerAudit(), transactions, clock));
    var believed = new BelievedKeys(stores.apiKeys(), clock);
    add(
        IdentifyCaller.class,
        new IdentifyCaller(believed, stores.organizations(), Optional.of(KEY)));
    add(InstantSource.class, clock);
    addAccess(believed);
    add(
        RegisterOrganization.class,
        new RegisterOrganization(stores.organizations(), transactions, auditor, ids, clock));
    add(
        EditOrganizations.class,
        new EditOrganizations(
            stores.organizations(),
            transactions,
            new Auditor(stores.auditTrail(), auditIds, clock),
            clock));
    add(
        EditRetention.class,
        new EditRetention(
            stores.retentionPolicies(),
            stores.organizations(),
            transactions,
            new Auditor(stores.auditTrail(), auditIds, clock),
            RetentionPolicy.USUAL));
    add(
        RegisterUser.class,
        new RegisterUser(stores.organizations(), stores.users(), transactions, ids, clock));
    addPeople();
    addRuns();
    addPipelines();
    var moves =
        new JobMoves(
            stores.runs(),
            stores.jobs(),
            stores.waitingRuns(),
            stores.ledger(),
            stores.runEvents(),
            new MicrometerQueueMeter(meters),
            EndedRuns.UNHEARD,
            transactions);
    this.reapLeases =
        new ReapLeases(
            stores.runs(),
            stores.jobs(),
            stores.leases(),
            stores.kindPolicies(),
            moves,
            transactions,
            clock,
            new Random(5));
    addQueue(moves);
    addCosts();
    add(StreamSettings.class, new StreamSettings(Duration.ofMinutes(5)));
    add(
        ShowEvents.class,
        new ShowEvents(
            stores.runEventLog(), eventTail, stores.runs(), stores.ledger(), transactions));
    add(AnswerOnce.class, new AnswerOnce(stores.keptAnswers(), transactions, clock));
    add(AuditLedger.class, new AuditLedger(stores.ledger(), stores.ledgerAudit(), transactions));
    context.refresh();
    var filters = context.getBeanProvider(Filter.class).orderedStream();
    MockMvc mvc =
        MockMvcBuilders.webAppContextSetup(context)
            .addFilters(filters.toArray(Filter[]::new))
            .build();
    client = new Client(mvc, KEY);
  }

  private void addAccess(BelievedKeys believed) {
    var transactions = stores.transactions();
    var changes = new Auditor(stores.auditTrail(), ids, clock);
    add(ShowProjects.class, new ShowProjects(stores.projects()));
    add(EditProjects.class, new EditProjects(stores.projects(), transactions, changes, ids, clock));
    add(ShowTeams.class, new ShowTeams(stores.teams()));
    add(
        EditTeams.class,
        new EditTeams(stores.teams(), stores.apiKeys(), transactions, changes, ids, clock));
    add(ShowKeys.class, new ShowKeys(stores.apiKeys(), stores.teams(), transactions));
    add(
        MintKeys.class,
        new MintKeys(
            stores.apiKeys(),
            stores.teams(),
            stores.projects(),
            believed,
            transactions,
            changes,
            ids,
            clock,
            new Random(2)));
  }

  private void addPeople() {
    var transactions = stores.transactions();
    add(ShowPeople.class, new ShowPeople(stores.people(), stores.memberships(), transactions));
    add(
        EditPeople.class,
        new EditPeople(
            stores.people(),
            stores.memberships(),
            stores.webSessions(),
            new ReadableHashes(),
            transactions,
            new Auditor(stores.auditTrail(), ids, clock),
            ids,
            clock,
            new Random(3)));
  }

  private NewRunWriter newRunWriter(int seed) {
    return new NewRunWriter(
        new Owners(stores.organizations(), stores.users(), ids),
        new InputCheck(stores.organizations()),
        stores.projects(),
        stores.runs(),
        stores.queueEntrance(),
        stores.ledger(),
        stores.runEvents(),
        ids,
        clock,
        new Random(seed));
  }

  private ReportWriter reportWriter() {
    return new ReportWriter(
        stores.runs(),
        stores.ledger(),
        stores.runEvents(),
        EndedRuns.UNHEARD,
        new SuccessReports(stores.validations()),
        stores.transactions());
  }

  private void addPipelines() {
    var transactions = stores.transactions();
    var pipelines = stores.pipelineRuns();
    var validations = stores.validations();
    var policies = stores.contractPolicies();
    var inputCheck = new InputCheck(stores.organizations());
    var describe = new DescribePipelineRuns(validations, policies);
    add(
        RecordPipelineRun.class,
        new RecordPipelineRun(newRunWriter(5), pipelines, describe, transactions, clock));
    add(
        EditPipelineRun.class,
        new EditPipelineRun(
            stores.runs(), pipelines, reportWriter(), describe, inputCheck, transactions, clock));
    add(
        ShowPipelineRun.class,
        new ShowPipelineRun(stores.runs(), pipelines, describe, transactions));
    add(ListPipelineRuns.class, new ListPipelineRuns(pipelines, transactions));
    add(
        RecordValidation.class,
        new RecordValidation(
            stores.runs(),
            stores.projects(),
            new ValidationWriter(validations, stores.runEvents(), ids),
            inputCheck,
            transactions,
            clock));
    add(HearLineage.class, new LineageWorld(stores, ids, clock).hears());
    add(ShowValidation.class, new ShowValidation(validations));
    add(ListValidations.class, new ListValidations(validations, transactions));
    add(SummarizeValidations.class, new SummarizeValidations(validations, transactions, clock));
    add(
        EditContractPolicies.class,
        new EditContractPolicies(policies, transactions, auditor, clock));
    add(ShowContractPolicies.class, new ShowContractPolicies(policies));
  }

  private void addRuns() {
    var transactions = stores.transactions();
    var writer = newRunWriter(1);
    var describeRuns = new DescribeRuns(stores.projects(), stores.jobs(), clock);
    add(DescribeRuns.class, describeRuns);
    add(CreateRuns.class, new CreateRuns(writer, transactions, 2));
    add(RetryRun.class, new RetryRun(stores.runs(), stores.jobs(), writer, auditor, transactions));
    add(ReportRun.class, new ReportRun(stores.runs(), reportWriter(), transactions, clock));
    add(
        DeleteRun.class,
        new DeleteRun(
            stores.runs(), stores.deletions(), stores.runEvents(), auditor, transactions, clock));
    add(
        ShowRun.class,
        new ShowRun(
            stores.runs(),
            stores.runTree(),
            stores.jobs(),
            describeRuns,
            stores.costLines(),
            stores.ledger(),
            transactions));
    add(
        ListRuns.class,
        new ListRuns(
            stores.runs(),
            stores.runList(),
            stores.organizations(),
            stores.users(),
            stores.projects(),
            stores.ledger(),
            describeRuns,
            transactions,
            ids));
  }

  private void addQueue(JobMoves moves) {
    var transactions = stores.transactions();
    add(
        ClaimRuns.class,
        new ClaimRuns(
            stores.runs(),
            stores.jobs(),
            stores.waitingRuns(),
            stores.leases(),
            stores.cancellations(),
            new StartLimits(stores.kindPolicies(), stores.leases(), clock),
            moves,
            readyBell,
            transactions,
            () -> new LeaseToken(new UUID(0, tokens.incrementAndGet())),
            clock,
            2));
    add(KeepLeases.class, new KeepLeases(stores.runs(), stores.leases(), transactions));
    add(
        ReportOutcomes.class,
        new ReportOutcomes(
            stores.runs(),
            stores.jobs(),
            stores.leases(),
            stores.kindPolicies(),
            moves,
            new SuccessReports(stores.validations()),
            transactions,
            clock,
            new Random(4),
            2));
    add(
        CancelRuns.class,
        new CancelRuns(
            stores.runs(),
            stores.jobs(),
            stores.waitingRuns(),
            stores.leases(),
            stores.cancellations(),
            stores.endReasons(),
            moves,
            stores.ledger(),
            stores.runEvents(),
            EndedRuns.UNHEARD,
            auditor,
            transactions,
            clock,
            CancelRuns.USUAL_GRACE));
    add(EditKinds.class, new EditKinds(stores.kindPolicies(), transactions, auditor, clock));
    add(ShowKinds.class, new ShowKinds(stores.kindPolicies()));
  }

  private void addCosts() {
    var transactions = stores.transactions();
    add(
        AddCosts.class,
        new AddCosts(
            stores.runs(),
            stores.costLines(),
            names -> prices.get().of(names),
            stores.ledger(),
            stores.runEvents(),
            transactions,
            ids,
            clock,
            2));
    add(ListCosts.class, new ListCosts(stores.runs(), stores.costLines(), transactions));
    add(SummarizeCosts.class, new SummarizeCosts(stores.costSummaries(), transactions));
    add(SetPrice.class, new SetPrice(stores.priceList(), auditor, transactions, ids, clock));
    add(ShowPrices.class, new ShowPrices(stores.priceList(), clock));
    add(RemovePrice.class, new RemovePrice(stores.priceList(), auditor, transactions));
  }

  private <T> void add(Class<T> type, T bean) {
    context.registerBean(type, () -> bean);
  }

  /** Another process over the same stores. */
  public RestWorld otherNode() {
    return new RestWorld(stores, clock, ids, auditIds, Map.of(), List.of(), false);
  }

  /** Somebody with the key. */
  public Client client() {
    return client;
  }

  public InMemoryWorld stores() {
    return stores;
  }

  public SettableClock clock() {
    return clock;
  }

  public GenericWebApplicationContext context() {
    return context;
  }

  /** Does what the queue's loop does: makes ready what is due, takes leases away, rings. */
  public void keepQueue() {
    while (reapLeases.reap() || readyDueRuns.ready()) {
      // until there is nothing more to do
    }
    readyBell.look();
  }

  /** Gives events their positions and tells who follows them, as the loops of a server do. */
  public void tellEvents() {
    stores.write(() -> stores.runEventLog().sequence(Integer.MAX_VALUE));
    while (eventTail.follow()) {
      // until there is nothing more
    }
  }

  /** What those follow who follow events. */
  public EventTail eventTail() {
    return eventTail;
  }

  /** From now on the service cannot do its work. */
  public void breakDown(String why) {
    trouble.set(Optional.of(why));
  }

  /** From now on prices come from here. */
  public void pricesFrom(UnitPrices source) {
    prices.set(source);
  }

  /** A new organization; its id. */
  public String organization() {
    return client
        .post("/v1/organizations", "{'externalId':'organization-%s'}", named.incrementAndGet())
        .is(201)
        .textAt("/id");
  }

  /** A new team of an organization; its id. */
  public String team(String organization) {
    return client
        .within(organization)
        .post("/v1/teams", "{'name':'team %s'}", named.incrementAndGet())
        .is(201)
        .textAt("/id");
  }

  /**
   * Somebody with a new key of a new team.
   *
   * @param scopes as JSON strings, with single quotes
   * @param more further members of the request for the key, each with a comma before it
   */
  public Client holder(String organization, String scopes, String more) {
    var key =
        client
            .post(
                "/v1/teams/" + team(organization) + "/keys",
                "{'name':'key','scopes':[" + scopes + "]" + more + "}")
            .is(201)
            .textAt("/key");
    return client.with("X-API-Key", key);
  }

  /** A new user; its id. */
  public String user(String organization) {
    return client
        .post(
            "/v1/users",
            "{'externalId':'user-%s','organizationId':'%s'}",
            named.incrementAndGet(),
            organization)
        .is(201)
        .textAt("/id");
  }

  /** A new root of the service {@code crawler} and the task {@code crawl}; its id. */
  public String run(String organization) {
    return client
        .post(
            "/v1/runs",
            "{'organizationId':'%s','serviceName':'crawler','taskName':'crawl'}",
            organization)
        .is(201)
        .textAt("/id");
  }

  /** A new run below another one; its id. */
  public String child(String organization, String parent) {
    return client
        .post(
            "/v1/runs",
            "{'organizationId':'%s','serviceName':'parser','taskName':'parse','parentRunId':'%s'}",
            organization,
            parent)
        .is(201)
        .textAt("/id");
  }

  /** A new run of the later form, in an organization of its own; its id. */
  public String laterRun() {
    return client
        .post(
            "/v1/runs",
            "{'clerkOrgId':'clerk-%s','appId':'app','serviceName':'crawler','taskName':'crawl'}",
            named.incrementAndGet())
        .is(201)
        .textAt("/id");
  }

  /** Something with a price, in cents; its name. */
  public String priced(String cents) {
    var name = "unit-" + named.incrementAndGet();
    client.put("/v1/costs/" + name, "{'costPerUnitInUsdCents':'%s'}", cents).is(200);
    return name;
  }

  /** A cost line of a run; its id. */
  public String cost(String run, String name, String quantity) {
    return client
        .post(
            "/v1/runs/" + run + "/costs",
            "{'items':[{'costName':'%s','quantity':'%s'}]}",
            name,
            quantity)
        .is(201)
        .textAt("/costs/0/id");
  }
}
