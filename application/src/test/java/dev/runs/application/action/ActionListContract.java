package dev.runs.application.action;

import static dev.runs.application.action.ActionsWorld.action;
import static dev.runs.application.action.ActionsWorld.callerOf;
import static dev.runs.application.action.ActionsWorld.run;
import static dev.runs.application.action.ActionsWorld.status;
import static dev.runs.application.action.ActionsWorld.task;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.RequestRejected;
import dev.runs.application.SettableClock;
import dev.runs.application.StoresContract;
import dev.runs.application.action.ActionCriterion.Operator;
import dev.runs.application.action.ListActions.Asked;
import dev.runs.application.action.ListActions.Filter;
import dev.runs.application.action.ListActions.Scope;
import dev.runs.application.action.ListActions.Sort;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.action.StatusReport;
import dev.runs.domain.action.TriggerName;
import dev.runs.domain.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every list of actions promises. */
public abstract class ActionListContract extends StoresContract {

  private static final Caller CALLER = callerOf(ACME.id());

  private final SettableClock clock = new SettableClock(NOON);
  private final CountingIds ids = new CountingIds(5_000);
  private ActionsWorld world;
  private Run restMade;

  /**
   * Oldest first: {@code one} runs, {@code two} has succeeded, {@code three} is paused below,
   * {@code four} has failed, and one was made on another surface.
   */
  @BeforeEach
  void plant() {
    world = new ActionsWorld(stores(), ids, clock);
    start("one", "etl", Map.of("team", "red", "tier", "1"));
    start("two", "etl", Map.of("team", "blue"));
    start("three", "train_model", Map.of());
    start("four", "tr%in", Map.of("team", "red%"));
    tell("one", ActionPhase.RUNNING);
    tell("two", ActionPhase.SUCCEEDED);
    world
        .reports()
        .record(
            CALLER,
            ActionsWorld.of(
                address("three").action("gate"), ActionType.CONDITION, new Document("{}")));
    tell("four", ActionPhase.FAILED);
    restMade = root(10);
    add(restMade);
  }

  private void start(String name, String task, Map<String, String> labels) {
    clock.advance(Duration.ofSeconds(10));
    world.startRun().start(CALLER, run(address(name), task(task), labels));
  }

  private void tell(String name, ActionPhase phase) {
    clock.advance(Duration.ofSeconds(1));
    world
        .reports()
        .status(
            CALLER,
            address(name).root(),
            new StatusReport(phase, 1, null, null, null, null, null, null, null));
  }

  private static RunAddress address(String name) {
    return new RunAddress(ACME.id(), "shop", name.equals("four") ? "staging" : "development", name);
  }

  private List<String> names(Filter... filters) {
    return namesOf(asked(0, "", List.of(filters)));
  }

  private List<String> namesOf(Asked asked) {
    return world.lists().roots(CALLER, new Scope.Organization(), false, asked).items().stream()
        .map(view -> view.address().run().name())
        .toList();
  }

  private static Asked asked(int limit, String token, List<Filter> filters, Sort... sorts) {
    return new Asked(limit, token, filters, List.of(sorts));
  }

  private static Filter filter(String field, Operator operator, String... values) {
    return new Filter(field, operator, List.of(values));
  }

  private List<String> scoped(Scope scope, boolean onlyPaused) {
    return world.lists().roots(CALLER, scope, onlyPaused, asked(0, "", List.of())).items().stream()
        .map(view -> view.address().run().name())
        .toList();
  }

  private String rest() {
    return restMade.name().value();
  }

  @Test
  void whatIsLiveComesFirstThenTheNewest() {
    assertThat(names()).containsExactly("three", "one", rest(), "four", "two");
  }

  @Test
  void pagesGoOnWhereTheOneBeforeEnded() {
    for (var sort :
        List.<List<Sort>>of(
            List.of(),
            List.of(new Sort("created_at", true)),
            List.of(new Sort("created_at", false)),
            List.of(new Sort("ended_at", true), new Sort("run_name", false)),
            List.of(new Sort("phase", false)),
            List.of(new Sort("task_name", true), new Sort("duration_ms", true)),
            List.of(new Sort("trigger_revision", true)))) {
      var all = namesOf(new Asked(0, "", List.of(), sort));
      for (var limit = 1; limit <= 3; limit++) {
        assertThat(leafed(limit, sort)).as("%s by %d", sort, limit).isEqualTo(all).hasSize(5);
      }
    }
  }

  private List<String> leafed(int limit, List<Sort> sorts) {
    var found = new ArrayList<String>();
    var token = Optional.of("");
    while (token.isPresent()) {
      var page =
          world
              .lists()
              .roots(
                  CALLER,
                  new Scope.Organization(),
                  false,
                  new Asked(limit, token.get(), List.of(), sorts));
      page.items().forEach(view -> found.add(view.address().run().name()));
      assertThat(page.items().size()).isLessThanOrEqualTo(limit);
      token = page.next();
    }
    return found;
  }

  @Test
  void listsAreSortedByWhatIsAsked() {
    assertThat(sorted("created_at", true)).endsWith("one", "two", "three", "four");
    assertThat(sorted("created_at", false)).startsWith("four", "three", "two", "one");
    assertThat(sorted("run_name", true)).containsExactly("four", "one", rest(), "three", "two");
    assertThat(sorted("ended_at", true)).startsWith("two", "four");
    assertThat(sorted("phase", true)).startsWith("three").endsWith("four");
    assertThat(sorted("environment_name", true)).hasSize(5);
  }

  private List<String> sorted(String field, boolean isAscending) {
    return namesOf(asked(0, "", List.of(), new Sort(field, isAscending)));
  }

  @Test
  void aTokenBelongsToItsListAlone() {
    var token =
        world
            .lists()
            .roots(CALLER, new Scope.Organization(), false, asked(1, "", List.of()))
            .next()
            .orElseThrow();

    for (var other :
        List.of(
            asked(1, token, List.of(), new Sort("created_at", true)),
            asked(1, token, List.of(filter("domain", Operator.EQUAL, "staging"))),
            asked(1, "nonsense!", List.of()),
            asked(1, "YWJj", List.of()))) {
      assertThatThrownBy(() -> world.lists().roots(CALLER, new Scope.Organization(), false, other))
          .isInstanceOf(RequestRejected.BadCursor.class);
    }
  }

  @Test
  void aPageHasALargestSize() {
    assertThat(namesOf(asked(200, "", List.of()))).hasSize(5);
    assertThatThrownBy(() -> namesOf(asked(201, "", List.of())))
        .isInstanceOf(ActionRejected.BadFilter.class)
        .hasMessageContaining("limit");
  }

  @Test
  void scopesNarrow() {
    assertThat(scoped(new Scope.InProject("shop", "development"), false))
        .containsExactly("three", "one", "two");
    assertThat(scoped(new Scope.OfTaskName("shop", "development", "etl"), false))
        .containsExactly("one", "two");
    assertThat(scoped(new Scope.OfTask(task("etl").id()), false)).containsExactly("one", "two");
    assertThat(
            scoped(new Scope.OfTrigger(new TriggerName("shop", "development", "t", "etl")), false))
        .isEmpty();
    assertThat(scoped(new Scope.Organization(), true)).containsExactly("three");
    assertThat(
            world
                .lists()
                .roots(
                    callerOf(GLOBEX.id()), new Scope.Organization(), false, asked(0, "", List.of()))
                .items())
        .isEmpty();
  }

  @Test
  void phasesAreGivenByNumberOrName() {
    assertThat(names(filter("phase", Operator.EQUAL, "5"))).containsExactly("two");
    assertThat(names(filter("phase", Operator.VALUE_IN, "ACTION_PHASE_FAILED", "running")))
        .containsExactly("one", rest(), "four");
    assertThat(names(filter("phase", Operator.VALUE_IN, "4"))).containsExactly("one", rest());
    assertThat(names(filter("phase", Operator.NOT_EQUAL, "4")))
        .containsExactly("three", "four", "two");
    assertThat(names(filter("phase", Operator.GREATER_THAN_OR_EQUAL, "5")))
        .containsExactly("four", "two");
    assertThat(names(filter("phase", Operator.VALUE_NOT_IN, "4", "5", "6")))
        .containsExactly("three");
    assertThat(names(filter("phase", Operator.EQUAL, "1", "0"))).isEmpty();
    assertThat(names(filter("phase", Operator.EXISTS))).hasSize(5);
    assertThat(names(filter("phase", Operator.NOT_EXISTS))).isEmpty();
  }

  @Test
  void aRecoveredRunIsFoundByItsOwnPhaseAlone() {
    start("five", "etl", Map.of());
    tell("five", ActionPhase.RECOVERED);

    assertThat(names(filter("phase", Operator.EQUAL, "10"))).containsExactly("five");
    assertThat(names(filter("phase", Operator.EQUAL, "1", "0"))).containsExactly("five");
    assertThat(names(filter("phase", Operator.EQUAL, "SUCCEEDED"))).containsExactly("two");
    assertThat(names(filter("phase", Operator.VALUE_IN, "5", "10"))).containsExactly("five", "two");
  }

  @Test
  void textsAreComparedAsTheyAre() {
    assertThat(names(filter("task_name", Operator.EQUAL, "etl"))).containsExactly("one", "two");
    assertThat(names(filter("task_name", Operator.VALUE_IN, "etl"))).containsExactly("one", "two");
    assertThat(names(filter("task_name", Operator.CONTAINS, "in_"))).containsExactly("three");
    assertThat(names(filter("task_name", Operator.CONTAINS, "r%i"))).containsExactly("four");
    assertThat(names(filter("task_name", Operator.CONTAINS, "ETL"))).isEmpty();
    assertThat(names(filter("task_name", Operator.CONTAINS_CASE_INSENSITIVE, "ETL")))
        .containsExactly("one", "two");
    assertThat(names(filter("task_name", Operator.ENDS_WITH, "%in"))).containsExactly("four");
    assertThat(names(filter("task_name", Operator.NOT_ENDS_WITH, "tl", "in")))
        .containsExactly("three", rest());
    assertThat(names(filter("run_name", Operator.GREATER_THAN, "three"))).containsExactly("two");
    assertThat(names(filter("run_name", Operator.LESS_THAN_OR_EQUAL, "four")))
        .containsExactly("four");
    assertThat(names(filter("task_name", Operator.VALUE_NOT_IN, "etl", "tr%in")))
        .containsExactly("three", rest());
  }

  @Test
  void theCaseOfAllLettersIsPassedOver() {
    start("five", "Ärger Ж", Map.of("team", "Équipe"));

    assertThat(names(filter("task_name", Operator.CONTAINS_CASE_INSENSITIVE, "äRGER ж")))
        .containsExactly("five");
    assertThat(names(filter("labels.team", Operator.CONTAINS_CASE_INSENSITIVE, "éQUIPE")))
        .containsExactly("five");
    assertThat(names(filter("task_name", Operator.CONTAINS, "ärger"))).isEmpty();
  }

  @Test
  void whatIsMissingPassesTheOppositeAlone() {
    assertThat(names(filter("created_by", Operator.EQUAL, "ada"))).hasSize(4);
    assertThat(names(filter("created_by_subject", Operator.EQUAL, "ada"))).hasSize(4);
    assertThat(names(filter("created_by", Operator.NOT_EQUAL, "ada"))).containsExactly(rest());
    assertThat(names(filter("created_by", Operator.EXISTS))).doesNotContain(rest());
    assertThat(names(filter("created_by", Operator.NOT_EXISTS))).containsExactly(rest());
    assertThat(names(filter("trigger_name", Operator.EXISTS))).isEmpty();
    assertThat(names(filter("trigger_revision", Operator.GREATER_THAN, "0"))).isEmpty();
    assertThat(names(filter("ended_at", Operator.EXISTS))).containsExactly("four", "two");
  }

  @Test
  void labelsNarrow() {
    assertThat(names(filter("labels.team", Operator.EQUAL, "red"))).containsExactly("one");
    assertThat(names(filter("labels.team", Operator.EXISTS))).containsExactly("one", "four", "two");
    assertThat(names(filter("labels.team", Operator.NOT_EXISTS))).containsExactly("three", rest());
    assertThat(names(filter("labels.team", Operator.CONTAINS, "d%"))).containsExactly("four");
    assertThat(names(filter("labels.team", Operator.NOT_EQUAL, "red")))
        .containsExactly("three", rest(), "four", "two");
    assertThat(
            names(
                filter("labels.team", Operator.VALUE_IN, "red", "blue"),
                filter("labels.tier", Operator.EQUAL, "1")))
        .containsExactly("one");
  }

  @Test
  void momentsAndNumbersNarrow() {
    assertThat(names(filter("created_at", Operator.LESS_THAN, NOON.plusSeconds(20).toString())))
        .containsExactly("one", rest());
    assertThat(names(filter("created_at", Operator.GREATER_THAN, "2026-03-01T13:00:20+01:00")))
        .containsExactly("three", "four");
    assertThat(names(filter("duration_ms", Operator.GREATER_THAN, "1000")))
        .isEqualTo(
            Stream.of("four", "two")
                .filter(name ->
                    world
                            .shows()
                            .show(CALLER, address(name).root())
                            .duration()
                            .orElseThrow()
                            .toMillis()
                        > 1_000)
                .toList());
    assertThat(names(filter("duration_ms", Operator.EXISTS))).containsExactly("four", "two");
  }

  @Test
  void badFiltersAreRefusedByName() {
    for (var bad :
        List.of(
            filter("color", Operator.EQUAL, "red"),
            filter("labels.", Operator.EQUAL, "red"),
            filter("phase", Operator.EQUAL, "BUSY"),
            filter("phase", Operator.CONTAINS, "RUN"),
            filter("created_at", Operator.GREATER_THAN, "yesterday"),
            filter("duration_ms", Operator.EQUAL, "1.5"),
            filter("duration_ms", Operator.ENDS_WITH, "1"),
            filter("task_name", Operator.EQUAL),
            filter("task_name", Operator.GREATER_THAN, "a", "b"),
            filter("action_type", Operator.EQUAL, "4"))) {
      assertThatThrownBy(() -> names(bad))
          .as(bad.toString())
          .isInstanceOf(ActionRejected.BadFilter.class)
          .hasMessageContaining(bad.field());
    }
    assertThatThrownBy(() -> sorted("labels.team", true))
        .isInstanceOf(ActionRejected.BadFilter.class);
  }

  @Test
  void theActionsOfATreeAreListedWithTheirRoot() {
    var tree = address("one");
    world.reports().record(CALLER, action(tree.action("a1"), null));
    world.reports().record(CALLER, action(tree.action("a2"), "a1"));
    world.reports().status(CALLER, tree.action("a1"), status(ActionPhase.SUCCEEDED, 1));

    assertThat(ofTree(tree)).containsExactly("a2", "a0", "a1");
    assertThat(ofTree(tree, filter("parent_name", Operator.EQUAL, "a0"))).containsExactly("a1");
    assertThat(ofTree(tree, filter("parent_name", Operator.EQUAL, "a1"))).containsExactly("a2");
    assertThat(ofTree(tree, filter("parent_name", Operator.NOT_EXISTS))).containsExactly("a0");
    assertThat(ofTree(tree, filter("name", Operator.VALUE_IN, "a0", "a2")))
        .containsExactly("a2", "a0");
    assertThat(ofTree(tree, filter("labels.team", Operator.EQUAL, "red"))).hasSize(3);
    assertThat(ofTree(tree, filter("action_type", Operator.EQUAL, "ACTION_TYPE_TASK"))).hasSize(3);
    assertThat(ofTree(address("three"), filter("action_type", Operator.EQUAL, "3")))
        .containsExactly("gate");
    assertThat(ofTree(new RunAddress(ACME.id(), "shop", "development", "nobody"))).isEmpty();
    assertThat(world.lists().ofRun(callerOf(GLOBEX.id()), tree, asked(0, "", List.of())).items())
        .isEmpty();
  }

  private List<String> ofTree(RunAddress run, Filter... filters) {
    return world.lists().ofRun(CALLER, run, asked(0, "", List.of(filters))).items().stream()
        .map(view -> view.address().name())
        .toList();
  }

  @Test
  void groupsAreOfTheNewestRunsOfATask() {
    var groups = world.groups().groups(CALLER, "shop", "development", NOON, Optional.empty());

    assertThat(groups).extracting(TaskGroup::taskName).containsExactly("train_model", "etl");
    var etl = groups.getLast();
    assertThat(etl.runs()).isEqualTo(2);
    assertThat(etl.recent())
        .containsExactly(
            new TaskGroup.Recent("two", ActionPhase.SUCCEEDED),
            new TaskGroup.Recent("one", ActionPhase.RUNNING));
    assertThat(etl.phases()).isEqualTo(Map.of(ActionPhase.SUCCEEDED, 1L, ActionPhase.RUNNING, 1L));
    assertThat(etl.environment()).contains("env");
    assertThat(etl.createdBy()).hasSize(1);
    assertThat(world.groups().groups(CALLER, "no slug!", "development", NOON, Optional.empty()))
        .isEmpty();
    assertThat(
            world
                .groups()
                .groups(CALLER, "shop", "development", NOON, Optional.of(NOON.plusSeconds(11))))
        .hasSize(1);
  }
}
