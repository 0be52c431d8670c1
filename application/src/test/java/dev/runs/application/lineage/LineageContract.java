package dev.runs.application.lineage;

import static dev.runs.application.action.ActionsWorld.callerOf;
import static dev.runs.application.lineage.LineageFixtures.assertion;
import static dev.runs.application.lineage.LineageFixtures.because;
import static dev.runs.application.lineage.LineageFixtures.before;
import static dev.runs.application.lineage.LineageFixtures.below;
import static dev.runs.application.lineage.LineageFixtures.dataset;
import static dev.runs.application.lineage.LineageFixtures.event;
import static dev.runs.application.lineage.LineageFixtures.lineageId;
import static dev.runs.application.lineage.LineageFixtures.with;
import static dev.runs.domain.lineage.LineageType.ABORT;
import static dev.runs.domain.lineage.LineageType.COMPLETE;
import static dev.runs.domain.lineage.LineageType.FAIL;
import static dev.runs.domain.lineage.LineageType.OTHER;
import static dev.runs.domain.lineage.LineageType.RUNNING;
import static dev.runs.domain.lineage.LineageType.START;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.runs.application.AtOnce;
import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.SettableClock;
import dev.runs.application.StoresContract;
import dev.runs.application.lineage.EarlyLineage.Early;
import dev.runs.domain.Seeded;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.lineage.AssertedDataset;
import dev.runs.domain.lineage.Assertion.Severity;
import dev.runs.domain.lineage.LineageEvent;
import dev.runs.domain.lineage.LineageId;
import dev.runs.domain.lineage.LineageType;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.SecretRejected;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What schedulers can tell of their runs, and what becomes of it. */
public abstract class LineageContract extends StoresContract {

  private static final Caller SCHEDULER = callerOf(ACME.id());
  private static final LineageId DAG = lineageId(0, 1);
  private static final LineageId LOAD = lineageId(0, 2);
  private static final LineageId CHECK = lineageId(0, 3);
  private static final int MOST = 1_000;

  private final SettableClock clock = new SettableClock(NOON);
  private final CountingIds ids = new CountingIds(9_000);
  private LineageWorld world;
  private HearLineage lineage;

  @BeforeEach
  void open() {
    world = new LineageWorld(stores(), ids, clock);
    lineage = world.hears();
  }

  private Optional<Run> hear(LineageEvent event) {
    return lineage.hear(SCHEDULER, event);
  }

  private static LineageKey key(LineageId id) {
    return new LineageKey(ACME.id(), id);
  }

  private Run run(LineageId id) {
    return found(stores().lineageRuns().find(key(id)).orElseThrow());
  }

  private boolean isThere(LineageId id) {
    return stores().lineageRuns().find(key(id)).isPresent();
  }

  private PipelineRun pipeline(LineageId id) {
    var run = run(id).id();
    return Objects.requireNonNull(stores().pipelineRuns().findAll(List.of(run)).get(run));
  }

  private List<Validation> validations(LineageId id) {
    return stores().validations().ofRun(run(id).id(), MOST);
  }

  private void sweepAll() {
    var sweeps = world.sweeps();
    while (sweeps.sweep()) {
      // until nothing is left to do
    }
  }

  // ---- one run

  @Test
  void aStartMakesARunOfAPipelineThatRunsSinceThen() {
    var made = hear(event(START, DAG, "shop_daily", before(60))).orElseThrow();

    assertThat(made).isEqualTo(run(DAG));
    assertThat(made.stateName()).isEqualTo(StateName.RUNNING);
    assertThat(made.startedAt()).isEqualTo(before(60));
    assertThat(made.createdAt()).isEqualTo(NOON);
    assertThat(made.path().isRoot()).isTrue();
    assertThat(made.origin().service()).isEqualTo("pipelines");
    assertThat(made.origin().task()).isEqualTo("shop_daily");
    assertThat(pipeline(DAG).facts().pipelineName()).contains("shop_daily");
    assertThat(pipeline(DAG).facts().pipelineId()).contains(DAG.toString());
    assertThat(pipeline(DAG).facts().contract()).isEmpty();
    assertThat(pipeline(DAG).createdBy()).isEqualTo(SCHEDULER.principal());
    assertThat(pipeline(DAG).metadata().json())
        .contains("\"job_namespace\":\"nightly\"")
        .contains("\"integration\":\"AIRFLOW\"")
        .contains("\"nominal_start_time\":\"2026-02-28T12:00:00Z\"");
  }

  @Test
  void itEndsWhenItIsToldToHaveEnded() {
    hear(event(START, DAG, "shop_daily", before(60)));
    var ended = hear(event(COMPLETE, DAG, "shop_daily", before(20))).orElseThrow();

    assertThat(ended.state()).isEqualTo(new RunState.Succeeded(before(20)));
    assertThat(ended.startedAt()).isEqualTo(before(60));
    assertThat(run(DAG)).isEqualTo(ended);
  }

  @Test
  void anEndWithoutAStartMakesARunThatHasEnded() {
    var ended = hear(event(COMPLETE, DAG, "shop_daily", before(20))).orElseThrow();

    assertThat(ended.state()).isEqualTo(new RunState.Succeeded(before(20)));
    assertThat(ended.startedAt()).isEqualTo(before(20));
  }

  @Test
  void aStartThatComesAfterTheEndMovesTheStartAndNothingElse() {
    var ended = hear(event(COMPLETE, DAG, "shop_daily", before(20))).orElseThrow();
    var after = hear(event(START, DAG, "shop_daily", before(60))).orElseThrow();

    assertThat(after.startedAt()).isEqualTo(before(60));
    assertThat(after.state()).isEqualTo(ended.state());
    assertThat(run(DAG)).isEqualTo(after);
  }

  @Test
  void aFailureCarriesItsMessage() {
    var failed =
        hear(because("Table not found", event(FAIL, DAG, "shop_daily", before(5)))).orElseThrow();

    assertThat(failed.state())
        .isEqualTo(
            new RunState.Failed(
                before(5), new RunFailure(RunFailure.Kind.USER, "Table not found")));
  }

  @Test
  void anAbortCancelsTheRunAndNotItsTasks() {
    hear(event(START, DAG, "shop_daily", before(60)));
    hear(below(DAG, event(START, LOAD, "shop_daily.load", before(50))));
    hear(event(ABORT, DAG, "shop_daily", before(40)));

    assertThat(run(DAG).state()).isEqualTo(new RunState.Canceled(before(40)));
    assertThat(run(LOAD).stateName()).isEqualTo(StateName.RUNNING);
    hear(below(DAG, event(COMPLETE, LOAD, "shop_daily.load", before(30))));
    assertThat(run(LOAD).stateName()).isEqualTo(StateName.SUCCEEDED);
  }

  @ParameterizedTest
  @EnumSource(LineageType.class)
  void whatIsToldTwiceChangesNothing(LineageType type) {
    var told = with(event(type, DAG, "shop_daily", before(20)), failing("orders"));
    var once = hear(told);
    var pipeline = pipeline(DAG);
    clock.advance(Duration.ofMinutes(1));

    assertThat(hear(told)).isEqualTo(once);

    assertThat(run(DAG)).isEqualTo(once.orElseThrow());
    assertThat(pipeline(DAG)).isEqualTo(pipeline);
    assertThat(validations(DAG)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = LineageType.class,
      names = {"START", "RUNNING", "OTHER"})
  void aRunThatHasEndedRunsNoMore(LineageType type) {
    var ended = hear(event(FAIL, DAG, "shop_daily", before(20)));

    assertThat(hear(event(type, DAG, "shop_daily", before(10)))).isEqualTo(ended);
  }

  @Test
  void anotherEndIsRefusedAndLeavesNothingBehind() {
    var ended = hear(event(COMPLETE, DAG, "shop_daily", before(20))).orElseThrow();

    assertThatExceptionOfType(RunRejected.IllegalMove.class)
        .isThrownBy(
            () -> hear(with(event(FAIL, DAG, "shop_daily", before(100)), failing("orders"))));

    assertThat(run(DAG)).isEqualTo(ended);
    assertThat(validations(DAG)).isEmpty();
  }

  @Test
  void nothingHappensLaterThanItIsHeard() {
    var told = hear(event(COMPLETE, DAG, "shop_daily", NOON.plusSeconds(3_600))).orElseThrow();

    assertThat(told.startedAt()).isEqualTo(NOON);
    assertThat(told.state()).isEqualTo(new RunState.Succeeded(NOON));
  }

  @Test
  void laterEventsAddToWhatIsKnown() {
    hear(event(START, DAG, "shop_daily", before(60)));
    hear(
        new LineageEvent(
            OTHER,
            before(50),
            DAG,
            event(OTHER, DAG, "shop_daily", before(50)).job(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "https://example.com/newer",
            Optional.empty(),
            List.of()));

    assertThat(pipeline(DAG).metadata().json())
        .contains("\"producer\":\"https://example.com/newer\"")
        .contains("\"integration\":\"AIRFLOW\"");
    assertThat(pipeline(DAG).version()).isEqualTo(2);
  }

  @Test
  void aLongNameOfAJobIsCutAndStaysItsOwn() {
    hear(event(START, DAG, "x".repeat(300), before(60)));
    hear(event(START, LOAD, "x".repeat(301), before(60)));

    assertThat(run(DAG).origin().task()).hasSize(PipelineFacts.MOST_CHARACTERS);
    assertThat(run(DAG).origin().task()).isNotEqualTo(run(LOAD).origin().task());
  }

  @Test
  void aNameBelongsToItsOrganization() {
    hear(event(START, DAG, "shop_daily", before(60)));
    var other =
        lineage
            .hear(callerOf(GLOBEX.id()), event(FAIL, DAG, "shop_daily", before(60)))
            .orElseThrow();

    assertThat(other.organization()).isEqualTo(GLOBEX.id());
    assertThat(run(DAG).stateName()).isEqualTo(StateName.RUNNING);
  }

  @Test
  void aCredentialIsRefusedBeforeAnythingIsKept() {
    var told =
        with(
            event(START, DAG, "shop_daily", before(60)),
            dataset(
                "orders",
                assertion("ghp_0123456789abcdefghijklmnopqrstuvwxyz", false, Severity.ERROR)));

    assertThatExceptionOfType(SecretRejected.CredentialFound.class)
        .isThrownBy(() -> hear(below(CHECK, told)));

    assertThat(stores().earlyLineage().count()).isZero();
  }

  @Test
  void manyWhoTellOfOneRunAtTheSameMomentMakeOneRun() {
    var told =
        AtOnce.with(
            6,
            i ->
                hear(event(i % 2 == 0 ? START : COMPLETE, DAG, "shop_daily", before(60 - i)))
                    .orElseThrow()
                    .id());

    assertThat(Set.copyOf(told)).hasSize(1);
    assertThat(run(DAG).stateName()).isEqualTo(StateName.SUCCEEDED);
    assertThat(run(DAG).startedAt()).isEqualTo(before(60));
  }

  @Test
  void aNameGoesWithItsRun() {
    hear(event(START, DAG, "shop_daily", before(60)));
    var gone = run(DAG);
    mark(gone);
    assertThatThrownBy(() -> hear(event(COMPLETE, DAG, "shop_daily", before(20))))
        .isInstanceOf(RunRejected.NotFound.class);

    sweep(gone, 10);

    assertThat(isThere(DAG)).isFalse();
    assertThat(hear(event(COMPLETE, DAG, "shop_daily", before(20))).orElseThrow().id())
        .isNotEqualTo(gone.id());
  }

  @Test
  void aRunHasOneName() {
    hear(event(START, DAG, "shop_daily", before(60)));

    assertThatThrownBy(
            () -> stores().write(() -> stores().lineageRuns().add(key(LOAD), run(DAG).id())))
        .isInstanceOf(LineageRuns.Taken.class);
    assertThatThrownBy(() -> stores().write(() -> stores().lineageRuns().add(key(DAG), idOf(7))))
        .isInstanceOf(LineageRuns.Taken.class);
  }

  private RunId idOf(long number) {
    var run = root(number);
    stores().write(() -> stores().runs().addAll(List.of(run)));
    return run.id();
  }

  // ---- validations

  @Test
  void whatIsAssertedOfADatasetBecomesAValidation() {
    hear(
        with(
            event(RUNNING, DAG, "shop_daily", before(20)),
            dataset(
                "orders",
                assertion("not_null", false, Severity.ERROR),
                assertion("unique", false, Severity.WARN),
                assertion("accepted_values", true, Severity.ERROR)),
            dataset("customers", assertion("unique", false, Severity.WARN)),
            dataset("items", assertion("unique", true, Severity.ERROR))));

    var recorded = validations(DAG);
    assertThat(recorded)
        .extracting(its -> its.contract().value(), Validation::verdict)
        .containsExactly(
            tuple("postgres://shop/orders", Verdict.FAILED),
            tuple("postgres://shop/customers", Verdict.WARNING),
            tuple("postgres://shop/items", Verdict.PASSED));
    var orders = recorded.getFirst();
    assertThat(orders.schemaName()).contains("orders");
    assertThat(orders.counts().rows()).isEqualTo(100);
    assertThat(orders.counts().errors()).isEqualTo(1);
    assertThat(orders.errors())
        .containsExactly(
            new Finding(
                "not_null",
                "not_null does not hold for column id.",
                Optional.of("id"),
                Optional.empty()));
    assertThat(orders.warnings()).extracting(Finding::code).containsExactly("unique");
    assertThat(orders.recordedBy()).isEqualTo(SCHEDULER.principal());
  }

  @Test
  void aGateWeighsWhatTheSameEventAsserts() {
    stores()
        .write(() ->
            stores()
                .contractPolicies()
                .save(
                    new ContractPolicy(
                        ACME.id(), new ContractId("postgres://shop/orders"), Gate.FAIL, NOON)));

    var told = with(event(COMPLETE, DAG, "shop_daily", before(20)), failing("orders"));
    var held = hear(told).orElseThrow();

    assertThat(held.isRefusedByVerdict()).isTrue();
    assertThat(held.endedAt()).isEqualTo(before(20));
    assertThat(hear(told)).contains(held);
    assertThat(hear(event(FAIL, DAG, "shop_daily", before(10)))).contains(held);
  }

  // ---- trees

  @Test
  void aTaskStandsBelowItsDag() {
    hear(event(START, DAG, "shop_daily", before(60)));
    hear(below(DAG, event(START, LOAD, "shop_daily.load", before(50))));

    assertThat(run(LOAD).parent()).isEqualTo(run(DAG).id());
  }

  @Test
  void aTaskThatComesBeforeItsDagWaitsForIt() {
    assertThat(hear(below(DAG, event(COMPLETE, LOAD, "shop_daily.load", before(40))))).isEmpty();
    assertThat(hear(below(LOAD, event(START, CHECK, "shop_daily.load.check", before(45)))))
        .isEmpty();
    assertThat(isThere(LOAD)).isFalse();
    assertThat(world.sweeps().waiting()).isEqualTo(2);

    hear(event(START, DAG, "shop_daily", before(60)));

    assertThat(run(LOAD).parent()).isEqualTo(run(DAG).id());
    assertThat(run(LOAD).stateName()).isEqualTo(StateName.SUCCEEDED);
    assertThat(run(CHECK).parent()).isEqualTo(run(LOAD).id());
    assertThat(world.sweeps().waiting()).isZero();
  }

  @Test
  void anEventThatNamesNoParentWaitsWithTheOneThatDoes() {
    hear(below(DAG, event(START, LOAD, "shop_daily.load", before(50))));

    assertThat(hear(event(COMPLETE, LOAD, "shop_daily.load", before(40)))).isEmpty();

    hear(event(START, DAG, "shop_daily", before(60)));
    assertThat(run(LOAD).parent()).isEqualTo(run(DAG).id());
    assertThat(run(LOAD).stateName()).isEqualTo(StateName.SUCCEEDED);
  }

  @Test
  void anyRunOfTheOrganizationCanBeTheParent() {
    var made = root(7);
    add(made);

    hear(below(new LineageId(made.id().value()), event(START, LOAD, "load", before(50))));

    assertThat(run(LOAD).parent()).isEqualTo(made.id());
  }

  @Test
  void aRunOfSomebodyElseIsNoParent() {
    lineage.hear(callerOf(GLOBEX.id()), event(START, DAG, "shop_daily", before(60)));

    assertThat(hear(below(DAG, event(START, LOAD, "load", before(50))))).isEmpty();
  }

  @Test
  void aRunIsNotItsOwnParent() {
    assertThat(hear(below(DAG, event(START, DAG, "shop_daily", before(50))))).isPresent();
  }

  @Test
  void whoseParentNeverComesBecomesARootAfterADay() {
    hear(below(DAG, event(START, LOAD, "shop_daily.load", before(50))));
    hear(below(LOAD, event(START, CHECK, "shop_daily.load.check", before(45))));
    hear(below(LOAD, event(COMPLETE, CHECK, "shop_daily.load.check", before(40))));
    clock.advance(SweepEarlyLineage.LONGEST_WAIT);
    sweepAll();
    assertThat(isThere(LOAD)).isFalse();

    clock.advance(Duration.ofSeconds(1));
    sweepAll();

    assertThat(run(LOAD).path().isRoot()).isTrue();
    assertThat(run(LOAD).startedAt()).isEqualTo(before(50));
    assertThat(run(CHECK).parent()).isEqualTo(run(LOAD).id());
    assertThat(run(CHECK).stateName()).isEqualTo(StateName.SUCCEEDED);
    assertThat(world.sweeps().waiting()).isZero();
  }

  @Test
  void runsThatWaitForEachOtherAreHeardAfterADay() {
    hear(below(LOAD, event(START, CHECK, "check", before(50))));
    hear(below(CHECK, event(START, LOAD, "load", before(45))));
    clock.advance(SweepEarlyLineage.LONGEST_WAIT.plusSeconds(1));

    sweepAll();

    assertThat(isThere(LOAD)).isTrue();
    assertThat(isThere(CHECK)).isTrue();
    assertThat(world.sweeps().waiting()).isZero();
  }

  @Test
  void aSweepHearsWhatWaitsForARunThatIsThere() {
    hear(event(START, DAG, "shop_daily", before(60)));
    var late = below(DAG, event(START, LOAD, "shop_daily.load", before(50)));
    stores().write(() -> stores().earlyLineage().keep(early(late, DAG)));

    sweepAll();

    assertThat(run(LOAD).parent()).isEqualTo(run(DAG).id());
  }

  @Test
  void whatIsRefusedWhenItIsHeardLateIsDropped() {
    hear(below(DAG, event(COMPLETE, LOAD, "shop_daily.load", before(40))));
    hear(below(DAG, event(FAIL, LOAD, "shop_daily.load", before(40))));

    hear(event(START, DAG, "shop_daily", before(60)));

    assertThat(run(LOAD).stateName()).isEqualTo(StateName.SUCCEEDED);
    assertThat(world.sweeps().waiting()).isZero();
  }

  @Test
  void whoMayTouchOneProjectOnlyMayNotReachBeyondItByWaiting() {
    var access =
        new Access(
            new Principal("key:shop"),
            new Reach.Within(ACME.id(), Set.of(new Slug("shop"))),
            Scopes.ofOrganization(),
            Optional.empty());
    var bound = new Caller(access, ACME.id(), Origin.LOCAL);
    assertThat(lineage.hear(bound, below(DAG, event(START, LOAD, "load", before(50))))).isEmpty();

    hear(event(START, DAG, "shop_daily", before(60)));

    assertThat(isThere(LOAD)).isFalse();
    assertThat(world.sweeps().waiting()).isZero();
    assertThatThrownBy(() -> lineage.hear(bound, below(DAG, event(START, LOAD, "l", before(50)))))
        .isInstanceOf(RunRejected.ParentNotFound.class);
  }

  @Test
  void whoComesAtTheSameMomentAsItsParentWaitsForNobody() {
    for (var tree = 1; tree <= 20; tree++) {
      var dag = lineageId(tree, 1);
      var load = lineageId(tree, 2);
      AtOnce.all(
          List.of(
              () -> hear(event(START, dag, "shop_daily", before(60))),
              () -> hear(below(dag, event(START, load, "shop_daily.load", before(50)))),
              () -> hear(below(dag, event(COMPLETE, load, "shop_daily.load", before(40))))));

      assertThat(run(load).parent()).isEqualTo(run(dag).id());
      assertThat(run(load).stateName()).isEqualTo(StateName.SUCCEEDED);
    }
    assertThat(world.sweeps().waiting()).isZero();
  }

  // ---- any order

  /** What is seen of a run in the end, whatever came first. */
  private record Seen(
      StateName state,
      Instant startedAt,
      Instant endedAt,
      Optional<String> parent,
      Map<String, Verdict> validations) {}

  @Test
  void theOrderInWhichTheEventsOfATreeComeDoesNotMatter() {
    stores()
        .write(() ->
            stores()
                .contractPolicies()
                .save(
                    new ContractPolicy(
                        ACME.id(), new ContractId("postgres://shop/gated"), Gate.FAIL, NOON)));
    var number = new int[] {100};

    Seeded.check(
        40,
        random -> {
          var tree = ++number[0];
          for (var event : shuffled(eventsOf(tree), random)) {
            hear(event);
          }

          assertThat(world.sweeps().waiting()).isZero();
          assertThat(seen(tree, 1))
              .isEqualTo(
                  new Seen(
                      StateName.SUCCEEDED, before(600), before(10), Optional.empty(), Map.of()));
          assertThat(seen(tree, 2))
              .isEqualTo(
                  new Seen(
                      StateName.FAILED,
                      before(590),
                      before(300),
                      Optional.of("shop_daily"),
                      Map.of("postgres://shop/orders", Verdict.FAILED)));
          assertThat(seen(tree, 3))
              .isEqualTo(
                  new Seen(
                      StateName.FAILED,
                      before(280),
                      before(20),
                      Optional.of("shop_daily"),
                      Map.of(
                          "postgres://shop/gated",
                          Verdict.FAILED,
                          "postgres://shop/items",
                          Verdict.PASSED)));
          assertThat(seen(tree, 4))
              .isEqualTo(
                  new Seen(
                      StateName.CANCELED,
                      before(270),
                      before(30),
                      Optional.of("shop_daily.check"),
                      Map.of()));
        });
  }

  /** A DAG with two tasks, of which one has one of its own. */
  private static List<LineageEvent> eventsOf(int tree) {
    var dag = lineageId(tree, 1);
    var load = lineageId(tree, 2);
    var check = lineageId(tree, 3);
    var query = lineageId(tree, 4);
    return List.of(
        event(START, dag, "shop_daily", before(600)),
        event(COMPLETE, dag, "shop_daily", before(10)),
        below(dag, event(START, load, "shop_daily.load", before(590))),
        below(dag, with(event(RUNNING, load, "shop_daily.load", before(400)), failing("orders"))),
        because("no space", below(dag, event(FAIL, load, "shop_daily.load", before(300)))),
        below(dag, event(START, check, "shop_daily.check", before(280))),
        below(dag, event(OTHER, check, "shop_daily.check", before(100))),
        below(
            dag,
            with(
                event(COMPLETE, check, "shop_daily.check", before(20)),
                failing("gated"),
                dataset("items", assertion("unique", true, Severity.ERROR)))),
        below(check, event(START, query, "query", before(270))),
        below(check, event(ABORT, query, "query", before(30))));
  }

  /** In another order, each of them up to three times. */
  private static List<LineageEvent> shuffled(List<LineageEvent> events, RandomGenerator random) {
    var told = new ArrayList<LineageEvent>();
    for (var event : events) {
      IntStream.rangeClosed(0, random.nextInt(3)).forEach(_ -> told.add(event));
    }
    for (var i = told.size() - 1; i > 0; i--) {
      var other = random.nextInt(i + 1);
      var swapped = told.get(i);
      told.set(i, told.get(other));
      told.set(other, swapped);
    }
    return told;
  }

  private Seen seen(int tree, int number) {
    var id = lineageId(tree, number);
    var run = run(id);
    var parent = run.parent();
    var validations = validations(id);
    var verdicts = new TreeMap<String, Verdict>();
    validations.forEach(its -> verdicts.put(its.contract().value(), its.verdict()));
    assertThat(verdicts).hasSameSizeAs(validations);
    return new Seen(
        run.stateName(),
        Objects.requireNonNull(run.startedAt()),
        Objects.requireNonNull(run.endedAt()),
        Optional.ofNullable(parent).map(above -> found(above).origin().task()),
        verdicts);
  }

  // ---- the store of early events

  @Test
  void anEventIsKeptAsItCame() {
    var told =
        because(
            "it \"broke\"\n",
            below(
                DAG,
                with(
                    event(FAIL, LOAD, "shop_daily.load", before(40).plusNanos(1_000)),
                    failing("orders"))));
    var early =
        new Early(
            key(DAG),
            told,
            new Principal("key:shop"),
            new Reach.Within(ACME.id(), Set.of(new Slug("shop"), new Slug("lab"))),
            NOON.plusNanos(2_000));
    stores().write(() -> stores().earlyLineage().keep(early));

    var kept = stores().earlyLineage().firstAwaiting(key(DAG)).orElseThrow();

    assertThat(kept.early()).isEqualTo(early);
    assertThat(stores().earlyLineage().firstAbout(key(LOAD))).contains(kept);
    assertThat(stores().earlyLineage().firstAbout(key(DAG))).isEmpty();
    assertThat(stores().earlyLineage().firstAwaiting(new LineageKey(GLOBEX.id(), DAG))).isEmpty();
    assertThat(stores().earlyLineage().firstAbout(new LineageKey(GLOBEX.id(), LOAD))).isEmpty();
  }

  @Test
  void theOneThatHasWaitedLongestComesFirst() {
    var early = stores().earlyLineage();
    stores()
        .write(() -> {
          early.keep(early(below(DAG, event(START, LOAD, "load", before(50))), DAG));
          early.keep(early(below(DAG, event(START, CHECK, "check", before(60))), DAG));
        });
    var first = early.firstAwaiting(key(DAG)).orElseThrow();
    assertThat(first.early().event().run()).isEqualTo(LOAD);

    var isRemoved = stores().transactions().inTransaction(() -> early.remove(first.number()));
    var isRemovedAgain = stores().transactions().inTransaction(() -> early.remove(first.number()));

    assertThat(isRemoved).isTrue();
    assertThat(isRemovedAgain).isFalse();
    assertThat(early.firstAwaiting(key(DAG)).orElseThrow().early().event().run()).isEqualTo(CHECK);
    assertThat(early.count()).isOne();
  }

  @Test
  void whatIsAwaitedCanBeLeafedThrough() {
    var early = stores().earlyLineage();
    var awaited =
        List.of(
            new LineageId(new UUID(1, 0)),
            new LineageId(new UUID(Long.MAX_VALUE, 0)),
            new LineageId(new UUID(Long.MIN_VALUE, 0)),
            new LineageId(new UUID(-1, -1)));
    stores()
        .write(() -> {
          for (var parent : awaited.reversed()) {
            early.keep(early(below(parent, event(START, LOAD, "load", before(50))), parent));
            early.keep(early(below(parent, event(START, CHECK, "check", before(50))), parent));
          }
        });

    var first = early.awaited(null, 3);
    var second = early.awaited(first.getLast(), 3);

    assertThat(first).extracting(LineageKey::id).isEqualTo(awaited.subList(0, 3));
    assertThat(second).extracting(LineageKey::id).isEqualTo(awaited.subList(3, 4));
    assertThat(early.awaited(second.getLast(), 3)).isEmpty();
  }

  @Test
  void whatHasWaitedLongestIsTooOldFirst() {
    var early = stores().earlyLineage();
    stores()
        .write(() -> {
          for (var i = 3; i >= 1; i--) {
            early.keep(
                new Early(
                    key(DAG),
                    below(DAG, event(START, lineageId(1, i), "task", before(50))),
                    SCHEDULER.principal(),
                    Reach.within(ACME.id()),
                    NOON.plusSeconds(i)));
          }
        });

    assertThat(early.keptBefore(NOON.plusSeconds(3), 10))
        .extracting(kept -> kept.early().event().run())
        .containsExactly(lineageId(1, 1), lineageId(1, 2));
    assertThat(early.keptBefore(NOON.plusSeconds(3), 1)).hasSize(1);
  }

  private static Early early(LineageEvent event, LineageId awaited) {
    return new Early(key(awaited), event, SCHEDULER.principal(), Reach.within(ACME.id()), NOON);
  }

  private static AssertedDataset failing(String dataset) {
    return dataset(dataset, assertion("not_null", false, Severity.ERROR));
  }
}
