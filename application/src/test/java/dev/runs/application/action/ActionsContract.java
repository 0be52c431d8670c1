package dev.runs.application.action;

import static dev.runs.application.action.ActionsWorld.NIGHTLY;
import static dev.runs.application.action.ActionsWorld.SPEC;
import static dev.runs.application.action.ActionsWorld.action;
import static dev.runs.application.action.ActionsWorld.callerOf;
import static dev.runs.application.action.ActionsWorld.event;
import static dev.runs.application.action.ActionsWorld.run;
import static dev.runs.application.action.ActionsWorld.status;
import static dev.runs.application.action.ActionsWorld.task;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.application.AtOnce;
import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.ItemResult;
import dev.runs.application.RequestRejected;
import dev.runs.application.SettableClock;
import dev.runs.application.StoresContract;
import dev.runs.application.queue.CancelRuns;
import dev.runs.application.queue.QueueUseCases;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Slug;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionEvent;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.action.AttemptLog;
import dev.runs.domain.action.ClusterEvent;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.ExecutorReport;
import dev.runs.domain.action.NewAction;
import dev.runs.domain.action.PhaseTransition;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.action.StatusReport;
import dev.runs.domain.action.TaskFacts;
import dev.runs.domain.action.TaskGiven;
import dev.runs.domain.action.TrackedUpdate;
import dev.runs.domain.action.Trigger;
import dev.runs.domain.action.TriggerFacts;
import dev.runs.domain.action.TriggerName;
import dev.runs.domain.event.EventType;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What executors can say of actions, and what is shown of it then. */
public abstract class ActionsContract extends StoresContract {

  private static final Caller EXECUTOR = callerOf(ACME.id());
  private static final ActionAddress ROOT = NIGHTLY.root();
  private static final ActionAddress A1 = NIGHTLY.action("a1");
  private static final ActionAddress A2 = NIGHTLY.action("a2");
  private static final Document TRUE = new Document("{\"boolean\":true}");

  protected final SettableClock clock = new SettableClock(NOON);
  private final CountingIds ids = new CountingIds(5_000);
  private ActionsWorld world;
  private ReportActions reports;

  @BeforeEach
  void open() {
    world = new ActionsWorld(stores(), ids, clock);
    reports = world.reports();
  }

  private ActionView start() {
    return world.startRun().start(EXECUTOR, run(NIGHTLY, task("etl")));
  }

  private ActionView shown(ActionAddress address) {
    return world.shows().show(EXECUTOR, address);
  }

  private ActionDetails details(ActionAddress address) {
    return world.shows().details(EXECUTOR, address);
  }

  private ActionPhase phase(ActionAddress address) {
    return shown(address).phase();
  }

  private List<ItemResult<Heard>> tell(ActionEvent... events) {
    return reports.events(EXECUTOR, List.of(events));
  }

  private static TaskFacts taskOf(ActionDetails details) {
    return Objects.requireNonNull(details.action().facts().task());
  }

  private CancelRuns cancels() {
    return QueueUseCases.over(
            stores(), ids, clock, new SplittableRandom(1), new SplittableRandom(2))
        .cancelRuns();
  }

  private static Instant at(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  private static ItemResult<Heard> done(Heard heard) {
    return new ItemResult.Done<>(heard);
  }

  // ---- starting runs

  @Test
  void aRunThatIsStartedWaitsInItsFirstAttemptForItsExecutor() {
    var started = start();

    var found = details(ROOT);
    assertThat(found.action().run()).isEqualTo(started.run());
    assertThat(found.action().phase()).isEqualTo(ActionPhase.QUEUED);
    assertThat(found.action().attempts()).isOne();
    assertThat(found.action().address()).isEqualTo(ROOT);
    assertThat(found.action().parent()).isEmpty();
    assertThat(found.action().facts()).isEqualTo(started.facts());
    assertThat(found.taskSpec()).contains(SPEC);
    assertThat(found.attempts()).extracting(AttemptView::phase).containsExactly(ActionPhase.QUEUED);
    assertThat(found.end()).isEqualTo(new ActionDetails.End.None());
    assertThat(started.run().origin().service()).isEqualTo("flyte");
    assertThat(started.run().origin().task()).isEqualTo("etl");
    assertThat(world.shows().data(EXECUTOR, ROOT).inputs())
        .contains(new Document("{\"literals\":[]}"));
  }

  @Test
  void aNameInUseIsRefusedAlsoForTheSameRequest() {
    start();

    assertThatThrownBy(this::start).isInstanceOf(ActionRejected.NameTaken.class);
  }

  @Test
  void ofThoseWhoWantANameAtTheSameTimeOneGetsIt() {
    var got =
        AtOnce.with(
            4,
            _ -> {
              try {
                start();
                return true;
              } catch (ActionRejected.NameTaken _) {
                return false;
              }
            });

    assertThat(got).containsOnlyOnce(true);
  }

  @Test
  void whatHasEndedIsLeftAsItIsByAnAbort() {
    start();
    reports.status(EXECUTOR, ROOT, status(ActionPhase.FAILED, 1));
    var ended = shown(ROOT).run();

    assertThat(cancels().cancelIfLive(EXECUTOR, ended.id(), "enough", 10)).isEqualTo(ended);
    assertThat(shown(ROOT).run()).isEqualTo(ended);
  }

  @Test
  void aRunWithoutANameGetsOne() {
    var request = run(NIGHTLY, task("etl"));
    var unnamed =
        new StartRun.Request(
            request.organization(),
            request.project(),
            request.domain(),
            Optional.empty(),
            request.work(),
            Optional.empty(),
            null,
            null,
            null,
            Map.of(),
            null,
            null,
            null,
            null,
            null,
            request.given());

    var one = world.startRun().start(EXECUTOR, unnamed);
    var other = world.startRun().start(EXECUTOR, unnamed);

    assertThat(one.address().run().name()).matches("[a-z][a-z0-9]{19}");
    assertThat(other.address()).isNotEqualTo(one.address());
    assertThat(shown(one.address()).run()).isEqualTo(one.run());
  }

  @Test
  void aProjectIsMadeOnItsFirstUse() {
    start();

    assertThat(stores().projects().find(ACME.id(), new ProjectRef.BySlug(new Slug("shop"))))
        .isPresent();
  }

  @Test
  void aProjectThatCanBeNoneIsRefused() {
    var bad = new RunAddress(ACME.id(), "My Project", "development", "x");

    assertThatThrownBy(() -> world.startRun().start(EXECUTOR, run(bad, task("etl"))))
        .isInstanceOf(ActionRejected.BadProject.class)
        .hasMessageContaining("My Project");
  }

  @Test
  void aForeignOrganizationIsOutOfReach() {
    var foreign = new RunAddress(GLOBEX.id(), "shop", "development", "nightly");

    assertThatThrownBy(() -> world.startRun().start(EXECUTOR, run(foreign, task("etl"))))
        .isInstanceOf(AccessRejected.UnknownProject.class);
    assertThatThrownBy(() -> shown(foreign.root())).isInstanceOf(ActionRejected.NotFound.class);
    assertThatThrownBy(() -> reports.record(EXECUTOR, action(foreign.action("a1"), null)))
        .isInstanceOf(ActionRejected.NotFound.class);
  }

  @Test
  void anUnknownTriggerIsNotFoundAndAKnownOneStartsItsTask() {
    var name = new TriggerName("shop", "development", "every night", "etl");
    var request = run(NIGHTLY, task("other"));
    var triggered =
        new StartRun.Request(
            request.organization(),
            request.project(),
            request.domain(),
            request.name(),
            new StartRun.Work.Triggered(name),
            Optional.empty(),
            null,
            null,
            null,
            Map.of(),
            "RUN_SOURCE_SCHEDULE_TRIGGER",
            null,
            null,
            null,
            null,
            request.given());
    assertThatThrownBy(() -> world.startRun().start(EXECUTOR, triggered))
        .isInstanceOf(ActionRejected.TriggerNotFound.class);

    keepTrigger().keep(EXECUTOR, trigger(name, 0));
    world.startRun().start(EXECUTOR, triggered);

    var facts = details(ROOT).action().facts();
    assertThat(facts.trigger()).isEqualTo(new TriggerFacts(name, 1, "TYPE_SCHEDULE", TRUE));
    assertThat(facts.runSpec()).isEqualTo(new Document("{\"queue\":\"slow\"}"));
    assertThat(world.shows().data(EXECUTOR, ROOT).inputs())
        .contains(new Document("{\"literals\":[1]}"));
  }

  @Test
  void aTriggerIsReplacedByWhoKnowsItsRevision() {
    var name = new TriggerName("shop", "development", "every night", "etl");
    assertThat(keepTrigger().keep(EXECUTOR, trigger(name, 7)).revision()).isEqualTo(1);
    assertThat(keepTrigger().keep(EXECUTOR, trigger(name, 1)).revision()).isEqualTo(2);

    assertThatThrownBy(() -> keepTrigger().keep(EXECUTOR, trigger(name, 1)))
        .isInstanceOf(ActionRejected.TriggerChanged.class)
        .hasMessageContaining("revision 2");
    assertThat(stores().triggers().find(ACME.id(), name)).contains(trigger(name, 2));
  }

  @Test
  void ofThoseWhoReplaceATriggerAtTheSameTimeOneDoes() {
    var name = new TriggerName("shop", "development", "every night", "etl");
    keepTrigger().keep(EXECUTOR, trigger(name, 0));

    var replaced =
        AtOnce.with(
            4,
            _ -> {
              try {
                return keepTrigger().keep(EXECUTOR, trigger(name, 1)).revision();
              } catch (ActionRejected.TriggerChanged _) {
                return 0L;
              }
            });

    assertThat(replaced).containsExactlyInAnyOrder(2L, 0L, 0L, 0L);
  }

  private KeepTrigger keepTrigger() {
    return new KeepTrigger(stores().triggers(), stores().transactions());
  }

  private static Trigger trigger(TriggerName name, long revision) {
    return new Trigger(
        ACME.id(),
        name,
        revision,
        "TYPE_SCHEDULE",
        TRUE,
        task("etl"),
        new Document("{\"literals\":[1]}"),
        new Document("{\"queue\":\"slow\"}"));
  }

  @Test
  void moreLabelsThanARunMayHaveAreRefused() {
    var many = new HashMap<String, String>();
    IntStream.range(0, StartRun.MOST_LABELS).forEach(i -> many.put("k" + i, "v"));
    var started = world.startRun().start(EXECUTOR, run(NIGHTLY, task("etl"), many));
    many.put("one more", "v");

    assertThat(shown(ROOT).labels()).isEqualTo(started.labels()).hasSize(100);
    assertThatThrownBy(() ->
            world
                .startRun()
                .start(
                    EXECUTOR, run(new RunAddress(ACME.id(), "shop", "d", "n"), task("etl"), many)))
        .isInstanceOf(ActionRejected.BadLabel.class);
  }

  // ---- recording actions

  @Test
  void anActionStandsBelowItsParent() {
    start();

    assertThat(reports.record(EXECUTOR, action(A1, null))).isEqualTo(Heard.NEWS);
    assertThat(reports.record(EXECUTOR, action(A2, "a1"))).isEqualTo(Heard.NEWS);

    assertThat(shown(A1).parent()).contains("a0");
    assertThat(shown(A2).parent()).contains("a1");
    assertThat(shown(A2).run().path().depth()).isEqualTo(3);
    assertThat(details(A1).action().facts()).isEqualTo(action(A1, null).facts());
    assertThat(details(A1).taskSpec()).contains(SPEC);
    assertThat(world.shows().below(List.of(shown(ROOT).run().path())).values())
        .containsExactly(Map.of(StateName.QUEUED, 2L));
  }

  @Test
  void anActionThatIsThereStaysAsItIs() {
    start();
    reports.record(EXECUTOR, action(A1, null));
    var before = shown(A1).run();
    var facts = shown(A1).facts();
    var other =
        new NewAction(
            A1,
            null,
            ActionType.TRACE,
            "other",
            null,
            null,
            "g",
            null,
            null,
            null,
            null,
            null,
            null);

    assertThat(reports.record(EXECUTOR, other)).isEqualTo(Heard.KNOWN);
    assertThat(shown(A1).run()).isEqualTo(before);
    assertThat(shown(A1).facts()).isEqualTo(facts);
  }

  @Test
  void aTraceIsRecordedAsEnded() {
    start();
    clock.set(at(60));
    var trace =
        new NewAction(
            A1,
            null,
            ActionType.TRACE,
            "fetch",
            null,
            TRUE,
            null,
            null,
            null,
            null,
            at(10),
            at(30),
            TRUE);

    reports.record(EXECUTOR, trace);

    var found = shown(A1);
    assertThat(found.phase()).isEqualTo(ActionPhase.SUCCEEDED);
    assertThat(found.startedAt()).isEqualTo(at(10));
    assertThat(found.endedAt()).contains(at(30));
    assertThat(found.duration()).contains(Duration.ofSeconds(20));
    assertThat(found.facts().type()).isEqualTo(ActionType.TRACE);
    assertThat(found.status().output()).isEqualTo(TRUE);
  }

  @Test
  void nothingIsRecordedBelowWhatIsCanceled() {
    start();
    var root = shown(ROOT).run();
    cancels().cancel(EXECUTOR, root.id(), 10);

    assertThatThrownBy(() -> reports.record(EXECUTOR, action(A1, null)))
        .isInstanceOf(QueueRejected.CanceledAbove.class);
  }

  @Test
  void anActionAndItsStatusAreToldInOneBreath() {
    start();

    reports.recordWithStatus(EXECUTOR, action(A1, null), status(ActionPhase.RUNNING, 1));
    assertThat(shown(A1).phase()).isEqualTo(ActionPhase.RUNNING);
    reports.recordWithStatus(EXECUTOR, action(A1, null), status(ActionPhase.SUCCEEDED, 1));
    assertThat(shown(A1).phase()).isEqualTo(ActionPhase.SUCCEEDED);
    assertThatThrownBy(() ->
            reports.recordWithStatus(EXECUTOR, action(A1, null), status(ActionPhase.FAILED, 1)))
        .isInstanceOf(RunRejected.IllegalMove.class);
  }

  @Test
  void theStatusOfAnActionThatIsRefusedWaitsForNothing() {
    start();
    cancels().cancel(EXECUTOR, shown(ROOT).run().id(), 10);

    assertThatThrownBy(() ->
            reports.recordWithStatus(EXECUTOR, action(A1, null), status(ActionPhase.RUNNING, 1)))
        .isInstanceOf(QueueRejected.CanceledAbove.class);

    assertThat(stores().earlyReports().count()).isZero();
  }

  // ---- statuses

  @Test
  void aStatusMovesItsRunAndATheSameAgainChangesNothing() {
    start();
    reports.record(EXECUTOR, action(A1, null));

    assertThat(reports.status(EXECUTOR, A1, status(ActionPhase.RUNNING, 1))).isEqualTo(Heard.NEWS);
    var after = shown(A1);
    assertThat(reports.status(EXECUTOR, A1, status(ActionPhase.RUNNING, 1))).isEqualTo(Heard.KNOWN);

    assertThat(after.phase()).isEqualTo(ActionPhase.RUNNING);
    assertThat(after.status().cacheStatus()).isEqualTo("CACHE_MISS");
    assertThat(shown(A1)).isEqualTo(after);
  }

  @Test
  void promotingAParentLeavesItsCacheAsItWas() {
    start();
    reports.status(EXECUTOR, ROOT, status(ActionPhase.INITIALIZING, 1));

    reports.status(
        EXECUTOR,
        ROOT,
        new StatusReport(
            ActionPhase.RUNNING, 0, "CACHE_DISABLED", null, null, null, null, null, null));

    assertThat(shown(ROOT).phase()).isEqualTo(ActionPhase.RUNNING);
    assertThat(shown(ROOT).status().cacheStatus()).isEqualTo("CACHE_MISS");
    assertThat(shown(ROOT).attempts()).isOne();
  }

  @Test
  void whatComesLateChangesNothingAndWhatContradictsIsRefused() {
    start();
    reports.status(EXECUTOR, ROOT, status(ActionPhase.SUCCEEDED, 1));
    var ended = shown(ROOT).run();

    assertThat(reports.status(EXECUTOR, ROOT, status(ActionPhase.RUNNING, 1)))
        .isEqualTo(Heard.KNOWN);
    assertThat(reports.status(EXECUTOR, ROOT, status(ActionPhase.RUNNING, 0)))
        .isEqualTo(Heard.KNOWN);
    assertThatThrownBy(() -> reports.status(EXECUTOR, ROOT, status(ActionPhase.ABORTED, 1)))
        .isInstanceOf(RunRejected.IllegalMove.class);
    assertThatThrownBy(() -> reports.status(EXECUTOR, ROOT, status(ActionPhase.RUNNING, 2)))
        .isInstanceOf(RunRejected.IllegalMove.class);
    assertThat(shown(ROOT).run()).isEqualTo(ended);
  }

  @Test
  void aHigherAttemptReopensWhatFailed() {
    start();
    reports.status(EXECUTOR, ROOT, status(ActionPhase.RUNNING, 1));
    reports.status(EXECUTOR, ROOT, status(ActionPhase.FAILED, 1));

    reports.status(EXECUTOR, ROOT, status(ActionPhase.RUNNING, 2));

    assertThat(shown(ROOT).phase()).isEqualTo(ActionPhase.RUNNING);
    assertThat(shown(ROOT).attempts()).isEqualTo(2);
    assertThat(shown(ROOT).endedAt()).isEmpty();
    assertThat(details(ROOT).attempts())
        .extracting(AttemptView::phase)
        .containsExactly(ActionPhase.FAILED, ActionPhase.RUNNING);
  }

  @Test
  void recoveredIsASuccessThatIsToldApart() {
    start();

    reports.status(EXECUTOR, ROOT, status(ActionPhase.RECOVERED, 1));

    assertThat(shown(ROOT).phase()).isEqualTo(ActionPhase.RECOVERED);
    assertThat(shown(ROOT).run().stateName()).isEqualTo(StateName.SUCCEEDED);
  }

  @Test
  void theEndIsToldAsTheExecutorGivesIt() {
    start();
    clock.set(at(100));
    reports.status(EXECUTOR, ROOT, status(ActionPhase.RUNNING, 1));
    clock.set(at(300));

    reports.status(
        EXECUTOR,
        ROOT,
        new StatusReport(ActionPhase.SUCCEEDED, 1, null, at(50), at(200), null, TRUE, null, null));

    assertThat(shown(ROOT).startedAt()).isEqualTo(at(50));
    assertThat(shown(ROOT).endedAt()).contains(at(200));
    assertThat(shown(ROOT).status().output()).isEqualTo(TRUE);
  }

  @Test
  void anExecutorTellsWhyItAborted() {
    start();

    reports.status(
        EXECUTOR,
        ROOT,
        new StatusReport(
            ActionPhase.ABORTED, 1, null, null, null, null, null, TRUE, "out of budget"));

    assertThat(details(ROOT).end())
        .isEqualTo(
            new ActionDetails.End.Aborted(
                Optional.of("out of budget"), Optional.of("key:executor"), Optional.of(TRUE)));
  }

  // ---- events

  @Test
  void anEventIsOneHoweverOftenItIsTold() {
    start();
    var running = event(ROOT, 1, ActionPhase.RUNNING, 0, at(-5));

    assertThat(tell(running, running)).containsExactly(done(Heard.NEWS), done(Heard.KNOWN));
    var after = details(ROOT);
    assertThat(tell(running)).containsExactly(done(Heard.KNOWN));

    assertThat(details(ROOT)).isEqualTo(after);
    assertThat(after.action().phase()).isEqualTo(ActionPhase.RUNNING);
  }

  @Test
  void phasesGoBackAndForthWhileTheRunStaysWhereItGotFurthest() {
    start();

    tell(
        event(ROOT, 1, ActionPhase.RUNNING, 0, at(-30)),
        event(ROOT, 1, ActionPhase.WAITING_FOR_RESOURCES, 0, at(-20)),
        event(ROOT, 1, ActionPhase.RUNNING, 1, at(-10)));

    assertThat(phase(ROOT)).isEqualTo(ActionPhase.RUNNING);
    assertThat(details(ROOT).attempts().getFirst().transitions())
        .containsExactly(
            new PhaseTransition(ActionPhase.RUNNING, at(-30), at(-20)),
            new PhaseTransition(ActionPhase.WAITING_FOR_RESOURCES, at(-20), at(-10)),
            new PhaseTransition(ActionPhase.RUNNING, at(-10), null));
  }

  @Test
  void logsAreMergedByNameAndClusterEventsAreKeptOnce() {
    start();
    var pulled = new ClusterEvent(at(-9), "pulled", "TYPE_NORMAL", "Pulled", "kubelet", 2);
    var began = new ClusterEvent(at(-8), "began", null, null, null, 0);
    var one = new AttemptLog("one", new Document("{\"uri\":\"1\"}"));
    var two = new AttemptLog("two", new Document("{\"uri\":\"2\"}"));
    var newer = new AttemptLog("one", new Document("{\"uri\":\"3\"}"));

    tell(
        event(ROOT, 1, ActionPhase.RUNNING, 0, at(-5), List.of(one, two), List.of(began, pulled)),
        event(ROOT, 1, ActionPhase.RUNNING, 1, at(-4), List.of(newer), List.of(pulled)));

    var attempt = details(ROOT).attempts().getFirst();
    assertThat(attempt.logs()).containsExactly(newer.entry(), two.entry());
    assertThat(attempt.clusterEvents())
        .extracting(ToldClusterEvent::event)
        .containsExactly(pulled, began);
    var key = new AttemptKey(shown(ROOT).run().id(), 1);
    var first = world.shows().clusterEvents(key, 0, 1);
    assertThat(first).extracting(ToldClusterEvent::event).containsExactly(began);
    assertThat(world.shows().clusterEvents(key, first.getFirst().place(), 10))
        .extracting(ToldClusterEvent::event)
        .containsExactly(pulled);
  }

  @Test
  void anAttemptThatFailedDoesNotEndTheRunOfAnExecutorThatSendsStatuses() {
    start();
    reports.record(EXECUTOR, action(A1, null));

    tell(event(A1, 1, ActionPhase.FAILED, 0, at(-5)));

    assertThat(phase(A1)).isEqualTo(ActionPhase.QUEUED);
    assertThat(details(A1).attempts().getFirst().phase()).isEqualTo(ActionPhase.FAILED);
    tell(event(A1, 2, ActionPhase.RUNNING, 0, at(-4)));
    assertThat(phase(A1)).isEqualTo(ActionPhase.RUNNING);
    assertThat(shown(A1).attempts()).isEqualTo(2);
    reports.status(EXECUTOR, A1, status(ActionPhase.FAILED, 2));
    assertThat(phase(A1)).isEqualTo(ActionPhase.FAILED);
  }

  @Test
  void anAttemptThatFailedEndsTheRunWhenNobodyElseWouldSaySo() {
    start();

    tell(event(ROOT, 1, ActionPhase.FAILED, 0, at(-5)));

    assertThat(phase(ROOT)).isEqualTo(ActionPhase.FAILED);
    assertThat(details(ROOT).end())
        .isEqualTo(
            new ActionDetails.End.Failed(
                new ActionError(ActionError.Kind.SYSTEM, "attempt 1 broke")));
    tell(event(ROOT, 2, ActionPhase.SUCCEEDED, 0, at(-4)));
    assertThat(phase(ROOT)).isEqualTo(ActionPhase.SUCCEEDED);
    assertThat(shown(ROOT).attempts()).isEqualTo(2);
  }

  @Test
  void aFailureThatAStatusTellsHasTheErrorOfTheAttempt() {
    start();
    reports.record(EXECUTOR, action(A1, null));
    tell(event(A1, 1, ActionPhase.FAILED, 0, at(-5)));

    reports.status(EXECUTOR, A1, status(ActionPhase.FAILED, 1));

    assertThat(shown(A1).run().state().toString()).contains("attempt 1 broke");
  }

  @Test
  void whatIsToldAfterTheEndStillBelongsToTheAttempt() {
    start();
    reports.record(EXECUTOR, action(A1, null));
    reports.status(EXECUTOR, A1, status(ActionPhase.SUCCEEDED, 1));
    var ended = shown(A1).run();

    tell(event(A1, 1, ActionPhase.SUCCEEDED, 0, at(-5)));

    assertThat(shown(A1).run()).isEqualTo(ended);
    assertThat(details(A1).attempts().getFirst().outputs())
        .contains(new Document("{\"outputUri\":\"s3://out\"}"));
    assertThat(world.shows().data(EXECUTOR, A1).outputs())
        .contains(new Document("{\"outputUri\":\"s3://out\"}"));
  }

  @Test
  void eventsOfARunThatAWorkerExecutesAreRefusedByTheirPlace() {
    start();
    var job = queuedRun(99);
    add(job);
    var address = new RunAddress(ACME.id(), "default", "production", job.name().value()).root();

    var results =
        tell(
            event(ROOT, 1, ActionPhase.RUNNING, 0, NOON),
            event(address, 1, ActionPhase.RUNNING, 0, NOON));

    assertThat(results.getFirst()).isEqualTo(done(Heard.NEWS));
    assertThat(results.getLast())
        .isInstanceOfSatisfying(
            ItemResult.Refused.class,
            refused ->
                assertThat(refused.rejection()).isInstanceOf(RunRejected.LeasedElsewhere.class));
  }

  @Test
  void anEventMayHaveNoNumberOfAnAttempt() {
    start();
    tell(event(ROOT, 2, ActionPhase.RUNNING, 0, at(-3)));

    tell(event(ROOT, 0, ActionPhase.PAUSED, 0, at(-2)));

    assertThat(phase(ROOT)).isEqualTo(ActionPhase.PAUSED);
    assertThat(details(ROOT).attempts().getLast().number()).isEqualTo(2);
    assertThat(details(ROOT).attempts().getLast().phase()).isEqualTo(ActionPhase.PAUSED);
  }

  @Test
  void aThousandEventsComeAtOnceAndNoMore() {
    start();
    var events = new ArrayList<ActionEvent>();
    for (var i = 0; i < ReportActions.MOST_AT_ONCE; i++) {
      events.add(event(ROOT, 1, ActionPhase.RUNNING, i, at(-1_000 + i)));
    }

    assertThat(reports.events(EXECUTOR, events)).hasSize(1_000).containsOnly(done(Heard.NEWS));
    assertThat(reports.events(EXECUTOR, events)).hasSize(1_000).containsOnly(done(Heard.KNOWN));
    events.add(event(ROOT, 1, ActionPhase.RUNNING, 5_000, NOON));
    assertThatThrownBy(() -> reports.events(EXECUTOR, events))
        .isInstanceOf(RequestRejected.TooManyItems.class);
  }

  // ---- updates of whoever drives a whole run

  @Test
  void anUpdateMakesItsActionAndTellsBothOfItsAttemptAndItsStatus() {
    start();

    var results =
        reports.updates(
            EXECUTOR,
            List.of(
                new TrackedUpdate(
                    action(A1, null),
                    event(A1, 1, ActionPhase.RUNNING, 0, at(-9)),
                    status(ActionPhase.RUNNING, 1)),
                new TrackedUpdate(
                    action(A2, "a1"),
                    event(A2, 1, ActionPhase.FAILED, 0, at(-8)),
                    status(ActionPhase.FAILED, 1)),
                new TrackedUpdate(
                    null,
                    event(A1, 1, ActionPhase.SUCCEEDED, 0, at(-7)),
                    status(ActionPhase.SUCCEEDED, 1))));

    assertThat(results).containsExactly(done(Heard.NEWS), done(Heard.NEWS), done(Heard.NEWS));
    assertThat(phase(A1)).isEqualTo(ActionPhase.SUCCEEDED);
    assertThat(phase(A2)).isEqualTo(ActionPhase.FAILED);
    assertThat(details(A1).attempts().getFirst().transitions()).hasSize(2);
  }

  @Test
  void updatesOfAbortedActionsAreRefused() {
    start();
    reports.record(EXECUTOR, action(A1, null));
    cancels().cancel(EXECUTOR, shown(ROOT).run().id(), Optional.of("enough"), 10);

    var results =
        reports.updates(
            EXECUTOR,
            List.of(
                new TrackedUpdate(
                    action(A1, null),
                    event(A1, 1, ActionPhase.SUCCEEDED, 0, NOON),
                    status(ActionPhase.SUCCEEDED, 1))));

    assertThat(results.getFirst()).isInstanceOf(ItemResult.Refused.class);
    assertThat(phase(A1)).isEqualTo(ActionPhase.ABORTED);
    assertThat(details(A1).end())
        .isEqualTo(
            new ActionDetails.End.Aborted(
                Optional.of("enough"), Optional.of("key:executor"), Optional.empty()));
    assertThat(details(ROOT).end()).isEqualTo(details(A1).end());
  }

  // ---- reports that come too early

  @Test
  void whatComesBeforeItsActionIsHeardOnceThatIsThere() {
    assertThat(reports.status(EXECUTOR, A2, status(ActionPhase.RUNNING, 1))).isEqualTo(Heard.EARLY);
    assertThat(tell(event(A2, 1, ActionPhase.INITIALIZING, 0, at(-3))))
        .containsExactly(done(Heard.EARLY));
    assertThat(reports.record(EXECUTOR, action(A2, "a1"))).isEqualTo(Heard.EARLY);
    assertThat(reports.record(EXECUTOR, action(A1, null))).isEqualTo(Heard.EARLY);
    assertThat(stores().earlyReports().count()).isEqualTo(4);

    start();

    assertThat(phase(A1)).isEqualTo(ActionPhase.QUEUED);
    assertThat(phase(A2)).isEqualTo(ActionPhase.RUNNING);
    assertThat(details(A2).attempts().getFirst().transitions()).hasSize(1);
    assertThat(stores().earlyReports().count()).isZero();
  }

  @Test
  void aReportForWhichNoActionComesIsDroppedAfterADay() {
    reports.status(EXECUTOR, A1, status(ActionPhase.RUNNING, 1));
    clock.advance(SweepEarlyReports.LONGEST_WAIT);
    sweepAll();
    assertThat(stores().earlyReports().count()).isOne();

    clock.advance(Duration.ofSeconds(1));
    sweepAll();

    assertThat(stores().earlyReports().count()).isZero();
  }

  @Test
  void aReportThatWasPassedOverIsHeardByTheSweep() {
    start();
    reports.record(EXECUTOR, action(A1, null));
    stores()
        .write(() ->
            stores()
                .earlyReports()
                .keepAll(
                    List.of(
                        new EarlyReports.EarlyReport(
                            A1,
                            new ExecutorReport.Status(A1, status(ActionPhase.RUNNING, 1)),
                            ActionsWorld.ACTOR,
                            NOON))));

    sweepAll();

    assertThat(phase(A1)).isEqualTo(ActionPhase.RUNNING);
    assertThat(stores().earlyReports().count()).isZero();
  }

  private void sweepAll() {
    var sweep = world.sweeps();
    while (sweep.sweep()) {
      // each step is one transaction
    }
  }

  @Test
  void reportsThatCrossStrandNowhere() {
    start();
    for (var round = 0; round < 10; round++) {
      var parent = NIGHTLY.action("p" + round);
      var child = NIGHTLY.action("c" + round);
      List<Callable<Heard>> crossing =
          List.of(
              () -> reports.record(EXECUTOR, action(parent, null)),
              () -> reports.record(EXECUTOR, action(child, parent.name())),
              () -> reports.status(EXECUTOR, child, status(ActionPhase.RUNNING, 1)),
              () -> reports.status(EXECUTOR, parent, StatusReport.of(ActionPhase.RUNNING)));
      AtOnce.all(crossing);

      assertThat(phase(parent)).isEqualTo(ActionPhase.RUNNING);
      assertThat(phase(child)).isEqualTo(ActionPhase.RUNNING);
    }
    assertThat(stores().earlyReports().count()).isZero();
    assertThat(world.shows().below(List.of(shown(ROOT).run().path())).values())
        .containsExactly(Map.of(StateName.RUNNING, 20L));
  }

  @Test
  void reportersOfTheSameEventsAtTheSameTimeLeaveThemOnce() {
    start();
    var events = new ArrayList<ActionEvent>();
    for (var i = 0; i < 40; i++) {
      events.add(
          event(
              ROOT,
              1,
              ActionPhase.RUNNING,
              i,
              at(-100 + i),
              List.of(new AttemptLog("log " + i, TRUE)),
              List.of(new ClusterEvent(at(-i), "happened", null, null, null, i))));
    }

    AtOnce.with(
        4,
        number -> {
          var mine = new ArrayList<>(events);
          Collections.shuffle(mine, new Random(number));
          for (var from = 0; from < mine.size(); from += 10) {
            reports.events(EXECUTOR, mine.subList(from, from + 10));
          }
          return number;
        });

    var attempt = details(ROOT).attempts().getFirst();
    assertThat(attempt.logs()).hasSize(40);
    assertThat(attempt.clusterEvents()).hasSize(40);
    assertThat(attempt.transitions())
        .containsExactly(new PhaseTransition(ActionPhase.RUNNING, at(-100), null));
  }

  @Test
  void theEndDoesNotDependOnTheOrderOfReports() {
    for (var seed = 0; seed < 25; seed++) {
      var random = new Random(seed);
      var address = new RunAddress(ACME.id(), "shop", "development", "seed" + seed);
      var a1 = address.action("a1");
      var said = new ArrayList<Runnable>();
      said.add(() -> reports.record(EXECUTOR, action(a1, null)));
      said.add(() -> tell(event(a1, 1, ActionPhase.RUNNING, 0, at(-50))));
      said.add(() -> tell(event(a1, 1, ActionPhase.FAILED, 0, at(-40))));
      said.add(() -> tell(event(a1, 2, ActionPhase.INITIALIZING, 0, at(-30))));
      said.add(() -> tell(event(a1, 2, ActionPhase.RUNNING, 0, at(-20))));
      said.add(() -> reports.status(EXECUTOR, a1, status(ActionPhase.RUNNING, 2)));
      said.add(() -> tell(event(a1, 2, ActionPhase.SUCCEEDED, 0, at(-10))));
      said.add(() -> reports.status(EXECUTOR, a1, status(ActionPhase.SUCCEEDED, 2)));
      said.add(() -> world.startRun().start(EXECUTOR, run(address, task("etl"))));
      var again = said.subList(0, random.nextInt(said.size() - 1));
      var shuffled = new ArrayList<>(said);
      shuffled.addAll(again);
      Collections.shuffle(shuffled, random);

      shuffled.forEach(Runnable::run);

      assertThat(phase(a1)).as("seed %d", seed).isEqualTo(ActionPhase.SUCCEEDED);
      assertThat(shown(a1).attempts()).isEqualTo(2);
      assertThat(details(a1).attempts())
          .extracting(AttemptView::phase)
          .containsExactly(ActionPhase.FAILED, ActionPhase.SUCCEEDED);
      assertThat(details(a1).attempts().getLast().transitions())
          .extracting(PhaseTransition::phase)
          .containsExactly(ActionPhase.INITIALIZING, ActionPhase.RUNNING, ActionPhase.SUCCEEDED);
      assertThat(world.shows().below(List.of(shown(address.root()).run().path())).values())
          .containsExactly(Map.of(StateName.SUCCEEDED, 1L));
    }
  }

  // ---- conditions

  @Test
  void aConditionWaitsForItsSignal() {
    start();
    reports.record(EXECUTOR, ActionsWorld.of(A1, ActionType.CONDITION, TRUE));
    assertThat(phase(A1)).isEqualTo(ActionPhase.PAUSED);

    world
        .signals()
        .signal(EXECUTOR, A1, spec -> new Document("{\"spec\":" + spec.json() + "}"), TRUE);

    assertThat(phase(A1)).isEqualTo(ActionPhase.SUCCEEDED);
    assertThat(details(A1).end())
        .isEqualTo(
            new ActionDetails.End.Signalled(
                new Document("{\"spec\":{\"boolean\":true}}"), Optional.of(TRUE)));
    var after = shown(A1).run();
    assertThat(
            world
                .signals()
                .signal(EXECUTOR, A1, _ -> new Document("{\"spec\":{\"boolean\":true}}"), null))
        .isEqualTo(after);
    assertThatThrownBy(() -> world.signals().signal(EXECUTOR, A1, _ -> TRUE, null))
        .isInstanceOf(ActionRejected.NotSignalable.class)
        .hasMessageContaining("another value");
  }

  @Test
  void onlyAConditionThatWaitsTakesASignal() {
    start();
    reports.record(EXECUTOR, action(A1, null));
    reports.record(EXECUTOR, ActionsWorld.of(A2, ActionType.CONDITION, TRUE));
    reports.status(EXECUTOR, A2, status(ActionPhase.TIMED_OUT, 0));

    assertThatThrownBy(() -> world.signals().signal(EXECUTOR, A1, _ -> TRUE, null))
        .isInstanceOf(ActionRejected.NotSignalable.class)
        .hasMessageContaining("no condition");
    assertThatThrownBy(() -> world.signals().signal(EXECUTOR, A2, _ -> TRUE, null))
        .isInstanceOf(ActionRejected.NotSignalable.class)
        .hasMessageContaining("timed_out");
    assertThatThrownBy(
            () -> world.signals().signal(EXECUTOR, NIGHTLY.action("a9"), _ -> TRUE, null))
        .isInstanceOf(ActionRejected.NotFound.class);
    assertThatThrownBy(() -> world.signals().signal(callerOf(GLOBEX.id()), A2, _ -> TRUE, null))
        .isInstanceOf(ActionRejected.NotFound.class);
  }

  // ---- all together

  @Test
  void aRunOfAnotherSurfaceIsShownAsATask() {
    var made = root(77);
    add(made);
    var address = new RunAddress(ACME.id(), "default", "production", made.name().value()).root();

    var found = details(address);

    assertThat(found.action().run()).isEqualTo(made);
    assertThat(found.action().facts().type()).isEqualTo(ActionType.TASK);
    assertThat(taskOf(found).id().name()).isEqualTo(made.origin().task());
    assertThat(taskOf(found).id().organization()).isEqualTo("acme");
    assertThat(found.action().status()).isEqualTo(ActionStatus.NONE);
    assertThat(found.attempts()).hasSize(1);
    assertThat(tell(event(address, 1, ActionPhase.SUCCEEDED, 0, NOON.plusSeconds(-1))))
        .containsExactly(done(Heard.NEWS));
    assertThat(phase(address)).isEqualTo(ActionPhase.SUCCEEDED);
  }

  @Test
  void everyChangeIsAnEventOfTheLog() {
    start();
    reports.record(EXECUTOR, action(A1, null));
    tell(
        event(
            A1,
            1,
            ActionPhase.RUNNING,
            0,
            NOON,
            List.of(),
            List.of(new ClusterEvent(NOON, "pulled", null, null, null, 1))));
    reports.status(EXECUTOR, A1, status(ActionPhase.SUCCEEDED, 1));

    stores().write(() -> stores().runEventLog().sequence(100));
    assertThat(stores().runEventLog().after(0, 100))
        .extracting(entry -> entry.event().type())
        .containsExactlyInAnyOrder(
            EventType.CREATED,
            EventType.CREATED,
            EventType.STARTED,
            EventType.ATTEMPT_CHANGED,
            EventType.CLUSTER_EVENT,
            EventType.SUCCEEDED);
  }

  @Test
  void whatIsKnownOfARunGoesWithIt() {
    start();
    reports.record(EXECUTOR, action(A1, null));
    tell(event(A1, 1, ActionPhase.RUNNING, 0, NOON));
    var root = shown(ROOT).run();
    var child = shown(A1).run();
    mark(root);
    sweep(root, 10);

    assertThatThrownBy(() -> shown(ROOT)).isInstanceOf(ActionRejected.NotFound.class);
    assertThat(stores().actions().facts(child.id())).isEmpty();
    assertThat(stores().actions().statuses(List.of(root.id(), child.id()))).isEmpty();
    assertThat(stores().attemptReports().findAll(List.of(new AttemptKey(child.id(), 1)))).isEmpty();
    start();
    assertThat(details(ROOT).taskSpec()).contains(SPEC);
  }

  @Test
  void aTaskWithoutASpecificationIsKnownByItsId() {
    world.startRun().start(EXECUTOR, run(NIGHTLY, TaskGiven.ofId(task("etl").id())));

    assertThat(details(ROOT).taskSpec()).isEmpty();
    assertThat(taskOf(details(ROOT)).id()).isEqualTo(task("etl").id());
  }
}
