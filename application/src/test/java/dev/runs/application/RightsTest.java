package dev.runs.application;

import static dev.runs.application.action.ActionsWorld.NIGHTLY;
import static dev.runs.application.action.ActionsWorld.action;
import static dev.runs.application.action.ActionsWorld.run;
import static dev.runs.application.action.ActionsWorld.task;
import static dev.runs.application.lineage.LineageFixtures.event;
import static dev.runs.application.lineage.LineageFixtures.lineageId;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.price;
import static dev.runs.domain.run.RunFixtures.report;
import static dev.runs.domain.run.RunFixtures.runId;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.access.BelievedKeys;
import dev.runs.application.access.EditOrganizations;
import dev.runs.application.access.EditPeople;
import dev.runs.application.access.EditProjects;
import dev.runs.application.access.EditTeams;
import dev.runs.application.access.ListOrganizations;
import dev.runs.application.access.ListUsers;
import dev.runs.application.access.MintKeys;
import dev.runs.application.access.NewKey;
import dev.runs.application.access.NewPerson;
import dev.runs.application.access.PeopleFixtures.ReadableHashes;
import dev.runs.application.access.RegisterOrganization;
import dev.runs.application.access.RegisterUser;
import dev.runs.application.access.ShowKeys;
import dev.runs.application.access.ShowPeople;
import dev.runs.application.access.ShowTeams;
import dev.runs.application.action.ActionsWorld;
import dev.runs.application.action.KeepTrigger;
import dev.runs.application.audit.AuditFilter;
import dev.runs.application.audit.ShowAudit;
import dev.runs.application.cost.RemovePrice;
import dev.runs.application.cost.SetPrice;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventTail;
import dev.runs.application.event.FeedLimits;
import dev.runs.application.lineage.LineageWorld;
import dev.runs.application.overview.ShowOverview;
import dev.runs.application.pipeline.DescribePipelineRuns;
import dev.runs.application.pipeline.EditPipelineRun;
import dev.runs.application.pipeline.NewPipelineRun;
import dev.runs.application.pipeline.RecordPipelineRun;
import dev.runs.application.queue.ClaimRuns;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.QueueUseCases;
import dev.runs.application.queue.ReportOutcomes;
import dev.runs.application.queue.ShowQueue;
import dev.runs.application.queue.ShowWorkers;
import dev.runs.application.retention.EditRetention;
import dev.runs.application.rollup.AuditLedger;
import dev.runs.application.run.CountRuns;
import dev.runs.application.run.EndedRuns;
import dev.runs.application.run.ListRuns;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList;
import dev.runs.application.run.SuccessReports;
import dev.runs.application.secret.InputCheck;
import dev.runs.application.system.ShowSystem;
import dev.runs.application.tree.ShowBranches;
import dev.runs.application.tree.ShowEvents;
import dev.runs.application.tree.TraceFailure;
import dev.runs.application.validation.ListContracts;
import dev.runs.application.validation.NewValidation;
import dev.runs.application.validation.RecordValidation;
import dev.runs.application.validation.ShowContract;
import dev.runs.application.validation.ValidationWriter;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.Description;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.TeamId;
import dev.runs.domain.action.Trigger;
import dev.runs.domain.action.TriggerName;
import dev.runs.domain.lineage.LineageType;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.CredentialCheck;
import dev.runs.domain.secret.Input;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever surface somebody comes by: who lacks the one scope that a thing needs cannot do it. */
final class RightsTest extends UseCaseTest {

  private static final Input NOTHING = new Input.Members(Map.of());
  private static final Slug CRAWL = new Slug("crawl");
  private static final TeamId TEAM = new TeamId(uuid(0x71));
  private static final ApiKeyId KEY = new ApiKeyId(uuid(0x72));
  private static final PersonId PERSON = new PersonId(uuid(0x73));
  private static final Shown SHOWN =
      new Shown(runId(1), 1, new LeaseToken(uuid(0x74)), new WorkerId("worker-1"));
  private static final RetentionPolicy POLICY = RetentionPolicy.ofDays(7, 7);

  private record Deed(Scope needed, Consumer<Caller> doing) {}

  private final SplittableRandom random = new SplittableRandom(3);
  private final QueueUseCases queue = QueueUseCases.over(world, ids, clock, random, random);
  private final ActionsWorld actions = new ActionsWorld(world, ids, clock);
  private final Map<String, Deed> deeds = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> areAskedForByEveryUseCase() {
    organizations();
    people();
    grants();
    runs();
    sights();
    work();
    actions();
    pipelines();
    installation();
    return deeds.entrySet().stream()
        .map(deed -> DynamicTest.dynamicTest(deed.getKey(), () -> isRefused(deed.getValue())));
  }

  private void isRefused(Deed deed) {
    register();
    var caller = lacking(deed.needed());

    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> deed.doing().accept(caller))
        .satisfies(refusal -> assertThat(refusal.scope()).isEqualTo(deed.needed()));

    assertThat(world.auditTrail().all()).isEmpty();
    assertThat(told()).isEmpty();
  }

  /** Somebody who may do everything else in the organization. */
  private static Caller lacking(Scope scope) {
    var others = EnumSet.complementOf(EnumSet.of(scope, Scope.PLATFORM_ADMIN));
    return new Caller(
        new Access(ACTOR, Reach.within(ACME.id()), new Scopes(others), Optional.empty()),
        ACME.id(),
        Origin.LOCAL);
  }

  private void organizations() {
    var register =
        new RegisterOrganization(
            world.organizations(), world.transactions(), auditor(), ids, clock);
    var edit = new EditOrganizations(world.organizations(), world.transactions(), auditor(), clock);
    var retention =
        new EditRetention(
            world.retentionPolicies(),
            world.organizations(),
            world.transactions(),
            auditor(),
            POLICY);
    deed(
        "to register an organization",
        Scope.PLATFORM_ADMIN,
        caller -> register.register(caller, new ExternalId("initech"), Receipt.none()));
    deed(
        "to list organizations",
        Scope.PLATFORM_ADMIN,
        caller ->
            new ListOrganizations(world.organizations()).list(caller, "", Optional.empty(), 1));
    deed(
        "to see what is set about an organization",
        Scope.ORG_ADMIN,
        caller -> edit.show(caller, ACME.id()));
    deed(
        "to set something about an organization",
        Scope.ORG_ADMIN,
        caller -> edit.change(caller, ACME.id(), CredentialCheck.OFF));
    deed(
        "to see for how long runs are kept",
        Scope.ORG_ADMIN,
        caller -> retention.show(caller, ACME.id()));
    deed(
        "to say for how long runs are kept",
        Scope.ORG_ADMIN,
        caller -> retention.put(caller, ACME.id(), POLICY));
    deed(
        "to let runs be kept as usual",
        Scope.ORG_ADMIN,
        caller -> retention.remove(caller, ACME.id()));
  }

  private void people() {
    var edit =
        new EditPeople(
            world.people(),
            world.memberships(),
            world.webSessions(),
            new ReadableHashes(),
            world.transactions(),
            auditor(),
            ids,
            clock,
            random);
    var show = new ShowPeople(world.people(), world.memberships(), world.transactions());
    var person =
        new NewPerson(
            new Login("cleo"),
            new DisplayName("Cleo"),
            Optional.of(Role.VIEWER),
            false,
            Optional.empty());
    deed("to add a person", Scope.ORG_ADMIN, caller -> edit.add(caller, person, Receipt.none()));
    deed(
        "to change a person",
        Scope.ORG_ADMIN,
        caller -> edit.change(caller, PERSON, Optional.empty(), Optional.of(true)));
    deed("to disable a person", Scope.ORG_ADMIN, caller -> edit.disable(caller, PERSON, true));
    deed("to remove a person", Scope.ORG_ADMIN, caller -> edit.remove(caller, PERSON));
    deed("to list people", Scope.ORG_ADMIN, caller -> show.list(caller, "", Optional.empty(), 1));
    deed("to see a person", Scope.ORG_ADMIN, caller -> show.show(caller, PERSON));
    deed(
        "to register a user",
        Scope.RUNS_WRITE,
        caller ->
            new RegisterUser(world.organizations(), world.users(), world.transactions(), ids, clock)
                .register(caller, ACME.id(), new ExternalId("cleo"), Receipt.none()));
    deed(
        "to list users",
        Scope.RUNS_READ,
        caller -> new ListUsers(world.users()).list(caller, "", Optional.empty(), 1));
  }

  private void grants() {
    var projects = new EditProjects(world.projects(), world.transactions(), auditor(), ids, clock);
    var edit =
        new EditTeams(world.teams(), world.apiKeys(), world.transactions(), auditor(), ids, clock);
    var show = new ShowTeams(world.teams());
    var showKeys = new ShowKeys(world.apiKeys(), world.teams(), world.transactions());
    var mint =
        new MintKeys(
            world.apiKeys(),
            world.teams(),
            world.projects(),
            new BelievedKeys(world.apiKeys(), clock),
            world.transactions(),
            auditor(),
            ids,
            clock,
            random);
    var name = new DisplayName("Crawlers");
    var ref = new ProjectRef.BySlug(Slug.DEFAULT);
    var key = new NewKey(name, Scopes.of(Scope.RUNS_READ), Set.of(), Optional.empty());
    deed(
        "to make a project",
        Scope.ORG_ADMIN,
        caller -> projects.create(caller, CRAWL, name, new Description(""), Receipt.none()));
    deed(
        "to change a project",
        Scope.ORG_ADMIN,
        caller -> projects.change(caller, ref, Optional.of(name), Optional.empty()));
    deed("to delete a project", Scope.ORG_ADMIN, caller -> projects.delete(caller, ref));
    deed("to make a team", Scope.ORG_ADMIN, caller -> edit.create(caller, name, Receipt.none()));
    deed("to rename a team", Scope.ORG_ADMIN, caller -> edit.rename(caller, TEAM, name));
    deed("to delete a team", Scope.ORG_ADMIN, caller -> edit.delete(caller, TEAM));
    deed("to list teams", Scope.KEYS_ADMIN, caller -> show.list(caller, "", Optional.empty(), 1));
    deed("to see a team", Scope.KEYS_ADMIN, caller -> show.show(caller, TEAM));
    deed(
        "to list keys",
        Scope.KEYS_ADMIN,
        caller -> showKeys.list(caller, Optional.of(TEAM), Optional.empty(), 1));
    deed("to see a key", Scope.KEYS_ADMIN, caller -> showKeys.show(caller, Optional.of(TEAM), KEY));
    deed("to make a key", Scope.KEYS_ADMIN, caller -> mint.mint(caller, TEAM, key, Receipt.none()));
    deed(
        "to make a key of the platform",
        Scope.PLATFORM_ADMIN,
        caller -> mint.mintForPlatform(caller, key));
    deed(
        "to rotate a key",
        Scope.KEYS_ADMIN,
        caller -> mint.rotate(caller, Optional.of(TEAM), KEY, Duration.ZERO, Receipt.none()));
    deed(
        "to revoke a key",
        Scope.KEYS_ADMIN,
        caller -> mint.revoke(caller, Optional.of(TEAM), KEY, Receipt.none()));
  }

  private void runs() {
    var make = createRuns();
    deed(
        "to make a run",
        Scope.RUNS_WRITE,
        caller -> make.create(caller, queuedRun(), Receipt.none()));
    deed(
        "to make all of some runs",
        Scope.RUNS_WRITE,
        caller -> make.createAll(caller, List.of(queuedRun()), Receipt.none()));
    deed(
        "to make each of some runs",
        Scope.RUNS_WRITE,
        caller -> make.createEach(caller, List.of(queuedRun()), Receipt.none()));
    deed(
        "to report on a run",
        Scope.RUNS_WRITE,
        caller -> queue.reportRun().report(caller, runId(1), _ -> report(StateName.SUCCEEDED)));
    deed(
        "to cancel a run",
        Scope.RUNS_WRITE,
        caller -> queue.cancelRuns().cancel(caller, runId(1), 1));
    deed(
        "to cancel a live run for a reason",
        Scope.RUNS_WRITE,
        caller -> queue.cancelRuns().cancelIfLive(caller, runId(1), "why", 1));
    deed(
        "to retry a run",
        Scope.RUNS_WRITE,
        caller -> queue.retryRun().retry(caller, runId(1), Receipt.none()));
    deed(
        "to delete a run",
        Scope.RUNS_WRITE,
        caller -> queue.deleteRun().delete(caller, runId(1), 1));
    deed(
        "to add all of some costs",
        Scope.COSTS_WRITE,
        caller -> addCosts().addAll(caller, List.of(), Receipt.none()));
    deed(
        "to add each of some costs",
        Scope.COSTS_WRITE,
        caller -> addCosts().addEach(caller, List.of(), Receipt.none()));
  }

  private void sights() {
    var transactions = world.transactions();
    var list =
        new ListRuns(
            world.runs(),
            world.runList(),
            world.organizations(),
            world.users(),
            world.projects(),
            world.ledger(),
            describeRuns(),
            transactions,
            ids);
    sight(
        "to see how things are",
        caller ->
            new ShowOverview(
                    world.presentRuns(),
                    world.activity(),
                    world.costHistory(),
                    world.runEventLog(),
                    world.ledgerAudit(),
                    Optional::empty,
                    transactions,
                    clock)
                .show(caller));
    sight(
        "to count runs",
        caller -> new CountRuns(world.runList(), transactions, ids).count(caller, RunFilter.ALL));
    sight(
        "to list runs with their sums",
        caller ->
            list.rows(caller, RunFilter.ALL, RunList.Order.NEWEST_FIRST, Optional.empty(), 1));
    sight("to see runs of a list again", caller -> list.rows(caller, List.of(runId(1))));
    sight(
        "to ask why a run failed",
        caller ->
            new TraceFailure(world.runs(), world.runTree(), world.shownActions(), transactions)
                .trace(caller, runId(1)));
    sight(
        "to see what a tree costs",
        caller ->
            new ShowBranches(world.runs(), world.runTree(), world.ledger(), transactions)
                .show(caller, runId(1)));
    var showQueue =
        new ShowQueue(
            world.queueContents(),
            world.kindActivities(),
            world.kindPolicies(),
            transactions,
            clock);
    sight("to see the queue", caller -> showQueue.list(caller, Optional.empty(), 1));
    sight("to see a kind", caller -> showQueue.show(caller, new Kind("script.pull")));
    sight(
        "to see workers",
        caller -> new ShowWorkers(world.queueContents(), transactions).show(caller));
    sight(
        "to list contracts",
        caller ->
            new ListContracts(world.contracts(), world.contractPolicies(), transactions, clock)
                .list(caller, Optional.empty(), 1));
    sight(
        "to see a contract",
        caller ->
            new ShowContract(
                    world.contracts(),
                    world.contractPolicies(),
                    world.validations(),
                    transactions,
                    clock)
                .show(caller, new ContractId("orders"), 1));
    sight(
        "to hear of changes",
        caller ->
            new ShowEvents(
                    world.runEventLog(),
                    new EventTail(world.runEventLog(), 1, 1, new FeedLimits(1, 1)),
                    world.runs(),
                    world.ledger(),
                    transactions)
                .changes(caller, EventSelection.within(caller.reach())));
  }

  private void sight(String what, Consumer<Caller> seeing) {
    deed(what, Scope.RUNS_READ, seeing);
  }

  private void work() {
    var outcome = new ReportOutcomes.Report(SHOWN, new Outcome.Released());
    deed(
        "to claim work",
        Scope.RUNS_CLAIM,
        caller ->
            queue
                .claimRuns()
                .claim(
                    caller,
                    new ClaimRuns.Request(SHOWN.worker(), Set.of(), 1, Duration.ofMinutes(1)),
                    Duration.ZERO));
    deed(
        "to keep a lease",
        Scope.RUNS_CLAIM,
        caller -> queue.keepLeases().keep(caller, SHOWN, Optional.empty()));
    deed(
        "to keep leases",
        Scope.RUNS_CLAIM,
        caller -> queue.keepLeases().keepEach(caller, List.of(SHOWN), Optional.empty()));
    deed(
        "to report an outcome",
        Scope.RUNS_CLAIM,
        caller -> queue.reportOutcomes().report(caller, outcome));
    deed(
        "to report outcomes",
        Scope.RUNS_CLAIM,
        caller -> queue.reportOutcomes().reportEach(caller, List.of(outcome)));
  }

  private void actions() {
    var load = NIGHTLY.action("load");
    var trigger =
        new Trigger(
            ACME.id(),
            new TriggerName("shop", "development", "load", "nightly"),
            1,
            null,
            null,
            task("load"),
            null,
            null);
    deed(
        "to start a run of actions",
        Scope.RUNS_WRITE,
        caller -> actions.startRun().start(caller, run(NIGHTLY, task("load"))));
    deed(
        "to report an action",
        Scope.RUNS_WRITE,
        caller -> actions.reports().record(caller, action(load, null)));
    deed(
        "to signal a condition",
        Scope.RUNS_WRITE,
        caller -> actions.signals().signal(caller, load, UnaryOperator.identity(), null));
    deed(
        "to keep a trigger",
        Scope.RUNS_WRITE,
        caller -> new KeepTrigger(world.triggers(), world.transactions()).keep(caller, trigger));
  }

  private void pipelines() {
    var check = new InputCheck(world.organizations());
    var describe = new DescribePipelineRuns(world.validations(), world.contractPolicies());
    var writer =
        new ReportWriter(
            world.runs(),
            world.ledger(),
            world.runEvents(),
            EndedRuns.UNHEARD,
            new SuccessReports(world.validations()),
            world.transactions());
    var facts =
        new PipelineFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("daily"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    deed(
        "to record a run of a pipeline",
        Scope.RUNS_WRITE,
        caller ->
            new RecordPipelineRun(
                    newRunWriter(world.runs(), random),
                    world.pipelineRuns(),
                    describe,
                    world.transactions(),
                    clock)
                .record(
                    caller,
                    new NewPipelineRun(
                        facts,
                        PipelineDocument.EMPTY,
                        Optional.empty(),
                        Optional.empty(),
                        _ -> new RunState.Running(),
                        NOTHING),
                    Receipt.none()));
    deed(
        "to edit a run of a pipeline",
        Scope.RUNS_WRITE,
        caller ->
            new EditPipelineRun(
                    world.runs(),
                    world.pipelineRuns(),
                    writer,
                    describe,
                    check,
                    world.transactions(),
                    clock)
                .edit(
                    caller,
                    runId(1),
                    new EditPipelineRun.Edit(
                        Optional.empty(), UnaryOperator.identity(), Optional.empty(), NOTHING),
                    Receipt.none()));
    deed(
        "to record a validation",
        Scope.VALIDATIONS_WRITE,
        caller ->
            new RecordValidation(
                    world.runs(),
                    world.projects(),
                    new ValidationWriter(world.validations(), world.runEvents(), ids),
                    check,
                    world.transactions(),
                    clock)
                .record(caller, validation(), Receipt.none()));
    deed(
        "to tell of lineage",
        Scope.RUNS_WRITE,
        caller ->
            new LineageWorld(world, ids, clock)
                .hears()
                .hear(caller, event(LineageType.START, lineageId(1, 1), "load", NOON)));
  }

  private void installation() {
    var audit = new ShowAudit(world.auditLog());
    var prices = world.priceList();
    deed(
        "to read the audit log",
        Scope.ORG_ADMIN,
        caller -> audit.list(caller, Optional.empty(), AuditFilter.ALL, Optional.empty(), 1));
    deed(
        "to export the audit log",
        Scope.ORG_ADMIN,
        caller -> audit.export(caller, Optional.empty(), AuditFilter.ALL, Optional.empty(), 1));
    deed(
        "to set a price",
        Scope.PLATFORM_ADMIN,
        caller ->
            new SetPrice(prices, auditor(), world.transactions(), ids, clock)
                .set(caller, TOKENS, price("1"), Optional.empty()));
    deed(
        "to remove a price",
        Scope.PLATFORM_ADMIN,
        caller -> new RemovePrice(prices, auditor(), world.transactions()).remove(caller, TOKENS));
    deed(
        "to audit the sums",
        Scope.PLATFORM_ADMIN,
        caller ->
            new AuditLedger(world.ledger(), world.ledgerAudit(), world.transactions())
                .audit(caller, Optional.empty(), 1));
    deed(
        "to see how the installation is",
        Scope.PLATFORM_ADMIN,
        caller ->
            new ShowSystem(
                    world.systemFacts(),
                    world.runEventLog(),
                    world.ledgerAudit(),
                    world.transactions(),
                    clock,
                    "1")
                .show(caller));
  }

  private void deed(String what, Scope needed, Consumer<Caller> doing) {
    deeds.put(what, new Deed(needed, doing));
  }

  private static NewRun queuedRun() {
    var job =
        new JobRequest(
            new Kind("script.pull"),
            new Payload("{}"),
            Optional.empty(),
            Priority.USUAL,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty());
    return NewRun.queued(ACME.id(), Optional.empty(), Optional.empty(), job, NOTHING);
  }

  private static NewValidation validation() {
    return new NewValidation(
        Optional.empty(),
        Optional.empty(),
        new ContractId("orders"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Verdict.PASSED,
        new RowCounts(1, Optional.of(1L), Optional.of(0L), 0),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        PipelineDocument.EMPTY,
        NOTHING);
  }
}
