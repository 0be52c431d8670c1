package dev.runs.bootstrap.endtoend;

import static dev.runs.bootstrap.endtoend.RunCalls.actionNames;
import static dev.runs.bootstrap.endtoend.RunCalls.ascending;
import static dev.runs.bootstrap.endtoend.RunCalls.at;
import static dev.runs.bootstrap.endtoend.RunCalls.descending;
import static dev.runs.bootstrap.endtoend.RunCalls.filter;
import static dev.runs.bootstrap.endtoend.RunCalls.limit;
import static dev.runs.bootstrap.endtoend.RunCalls.refused;
import static dev.runs.bootstrap.endtoend.RunCalls.runNames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.runs.adapters.rpc.wire.common.ActionPhase;
import dev.runs.adapters.rpc.wire.common.Filter;
import dev.runs.adapters.rpc.wire.common.Filter.Function;
import dev.runs.adapters.rpc.wire.common.ListRequest;
import dev.runs.adapters.rpc.wire.common.Sort;
import dev.runs.adapters.rpc.wire.core.Identifier;
import dev.runs.adapters.rpc.wire.core.SimpleType;
import dev.runs.adapters.rpc.wire.core.TaskTemplate;
import dev.runs.adapters.rpc.wire.task.Environment;
import dev.runs.adapters.rpc.wire.task.Labels;
import dev.runs.adapters.rpc.wire.task.RunSpec;
import dev.runs.adapters.rpc.wire.task.TaskName;
import dev.runs.adapters.rpc.wire.task.TaskSpec;
import dev.runs.adapters.rpc.wire.task.TraceSpec;
import dev.runs.adapters.rpc.wire.workflow.Action;
import dev.runs.adapters.rpc.wire.workflow.ActionStatus;
import dev.runs.adapters.rpc.wire.workflow.ConditionAction;
import dev.runs.adapters.rpc.wire.workflow.CreateRunRequest;
import dev.runs.adapters.rpc.wire.workflow.ListRunsRequest;
import dev.runs.adapters.rpc.wire.workflow.RecordActionRequest;
import dev.runs.adapters.rpc.wire.workflow.RunSource;
import dev.runs.adapters.rpc.wire.workflow.TaskAction;
import dev.runs.adapters.rpc.wire.workflow.TraceAction;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The lists of the RunService: page by page to the last, by every field that they can be narrowed
 * and sorted by, and with every function.
 */
@Timeout(180)
final class RpcListsIT {

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(new OncePerClass(Installation.onSqlite()));
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(new OncePerClass(Installation.onPostgres()));
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class Contract {

    private static final List<String> FIELDS =
        List.of(
            "project",
            "domain",
            "run_name",
            "name",
            "parent_name",
            "group_name",
            "phase",
            "action_type",
            "run_source",
            "created_by",
            "created_by_subject",
            "trigger_task_name",
            "trigger_name",
            "trigger_revision",
            "trigger_type",
            "task_project",
            "task_domain",
            "task_name",
            "task_version",
            "function_name",
            "environment_name",
            "created_at",
            "updated_at",
            "ended_at",
            "duration_ms");

    /** One run for each phase, in this order. */
    private static final List<ActionPhase> PHASES =
        List.of(
            ActionPhase.ACTION_PHASE_QUEUED,
            ActionPhase.ACTION_PHASE_WAITING_FOR_RESOURCES,
            ActionPhase.ACTION_PHASE_INITIALIZING,
            ActionPhase.ACTION_PHASE_RUNNING,
            ActionPhase.ACTION_PHASE_SUCCEEDED,
            ActionPhase.ACTION_PHASE_FAILED,
            ActionPhase.ACTION_PHASE_ABORTED,
            ActionPhase.ACTION_PHASE_TIMED_OUT,
            ActionPhase.ACTION_PHASE_PAUSED,
            ActionPhase.ACTION_PHASE_RECOVERED);

    private static final List<String> RUNS = PHASES.stream().map(Contract::nameOf).toList();

    @RegisterExtension final OncePerClass installation;

    private RunCalls calls;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(OncePerClass installation) {
      this.installation = installation;
    }

    /** Such as {@code timed-out}. */
    private static String nameOf(ActionPhase phase) {
      return phase
          .name()
          .substring("ACTION_PHASE_".length())
          .toLowerCase(Locale.ROOT)
          .replace('_', '-');
    }

    @BeforeAll
    void startAServerWithRuns() throws IOException {
      calls = RunCalls.of(installation.start());
      for (var phase : PHASES) {
        var name = nameOf(phase);
        calls.create(
            CreateRunRequest.newBuilder()
                .setRunId(calls.runId(name))
                .setTaskSpec(taskSpec(phase.getNumber()))
                .setSource(
                    phase.getNumber() % 2 == 0
                        ? RunSource.RUN_SOURCE_CLI
                        : RunSource.RUN_SOURCE_WEB)
                .setRunSpec(
                    RunSpec.newBuilder()
                        .setLabels(
                            Labels.newBuilder().putValues("team", "t" + phase.getNumber() % 3))));
        calls.status(
            name,
            "a0",
            ActionStatus.newBuilder().setPhase(phase).setAttempts(1).setStartTime(at(0)));
      }
      calls.in("elsewhere").create("stranger", "etl.load");
    }

    /** Tasks {@code etl.one} and {@code ml.two}, by turns, in versions by the number. */
    private TaskSpec taskSpec(int number) {
      return TaskSpec.newBuilder()
          .setTaskTemplate(
              TaskTemplate.newBuilder()
                  .setType("python")
                  .setId(
                      Identifier.newBuilder()
                          .setOrg(RunCalls.ORGANIZATION)
                          .setProject(number % 2 == 0 ? "even" : "odd")
                          .setDomain("d" + number % 2)
                          .setName(number % 2 == 0 ? "ml.two" : "etl.one")
                          .setVersion("v" + number)))
          .setEnvironment(Environment.newBuilder().setName(number % 2 == 0 ? "ml" : "etl"))
          .build();
    }

    // ---- pages

    @TestFactory
    Stream<DynamicTest> pagesInEveryOrderGoToTheLastRunWithNoneLostOrTwice() {
      return FIELDS.stream()
          .flatMap(field -> Stream.of(ascending(field), descending(field)))
          .map(sort ->
              dynamicTest(
                  sort.getKey() + " " + sort.getDirection(),
                  () -> {
                    var request = ListRequest.newBuilder().addSortByFields(sort);
                    var whole = runNames(calls.runs(request.clone().setLimit(200)).getRunsList());

                    assertThat(whole).containsExactlyInAnyOrderElementsOf(RUNS);
                    assertThat(pages(request, 3)).isEqualTo(whole);
                    assertThat(pages(request, 1)).isEqualTo(whole);
                  }));
    }

    @Test
    void withoutAnOrderWhatIsLiveComesFirstAndThenTheNewest() {
      assertThat(pages(ListRequest.newBuilder(), 3))
          .containsExactly(
              "paused",
              "running",
              "initializing",
              "waiting-for-resources",
              "queued",
              "recovered",
              "timed-out",
              "aborted",
              "failed",
              "succeeded");
    }

    @Test
    void pagesStayAsTheyAreWhileRunsAreMade() {
      var busy = calls.in("busy");
      IntStream.range(0, 6).forEach(number -> busy.create("r" + number, "etl.load"));
      var seen = new ArrayList<String>();
      var token = "";
      var number = 0;
      do {
        var page = busy.runs(limit(2).setToken(token).addSortByFields(descending("created_at")));
        seen.addAll(runNames(page.getRunsList()));
        token = page.getToken();
        busy.create("between-" + number++, "etl.load");
      } while (!token.isEmpty());

      assertThat(seen).containsExactly("r5", "r4", "r3", "r2", "r1", "r0");
    }

    @Test
    void aPageHasFiftyUnlessAskedAndTwoHundredAtMost() {
      IntStream.range(0, 51).forEach(number -> calls.in("many").create("r" + number, "etl.load"));

      assertThat(calls.in("many").runs(ListRequest.newBuilder()).getRunsCount()).isEqualTo(50);
      assertThat(calls.in("many").runs(limit(200)).getRunsCount()).isEqualTo(51);
      assertThat(calls.in("many").runs(limit(200)).getToken()).isEmpty();
      assertThat(calls.in("many").runs(limit(51)).getToken()).isEmpty();
      assertThat(calls.in("many").runs(limit(50)).getToken()).isNotEmpty();
      refused("invalid_argument", () -> calls.runs(limit(201))).withMessageContaining("200");
      refused("invalid_argument", () -> calls.runs(limit(-1))).withMessageContaining("200");
    }

    @Test
    void aTokenIsGoodForItsOwnListAlone() {
      var token = calls.runs(limit(2)).getToken();

      assertThat(calls.runs(limit(3).setToken(token)).getRunsCount()).isEqualTo(3);
      for (var other :
          List.of(
              limit(2).addSortByFields(ascending("run_name")),
              limit(2).addFilters(filter("phase", Function.EQUAL, "RUNNING")))) {
        refused("invalid_argument", () -> calls.runs(other.clone().setToken(token)));
      }
      refused("invalid_argument", () -> calls.runs(limit(2).setToken("!")));
      refused("invalid_argument", () -> calls.runs(limit(2).setToken("50")));
      refused("invalid_argument", () -> calls.in("elsewhere").runs(limit(2).setToken(token)));
    }

    // ---- order

    @TestFactory
    Stream<DynamicTest> everyOrderIsTheOneThatWasAskedFor() {
      var byNumber = PHASES.stream().map(Contract::nameOf).toList();
      return Stream.of(
          ordered("run_name", RUNS.stream().sorted().toList()),
          ordered("phase", byPhase()),
          ordered("created_at", byNumber),
          ordered("updated_at", byNumber));
    }

    private static List<String> byPhase() {
      return Stream.of(ActionPhase.values())
          .filter(PHASES::contains)
          .map(Contract::nameOf)
          .toList();
    }

    private DynamicTest ordered(String field, List<String> expected) {
      return dynamicTest(
          field,
          () -> {
            assertThat(
                    runNames(
                        calls
                            .runs(ListRequest.newBuilder().addSortByFields(ascending(field)))
                            .getRunsList()))
                .isEqualTo(expected);
            assertThat(
                    runNames(
                        calls
                            .runs(ListRequest.newBuilder().addSortByFields(descending(field)))
                            .getRunsList()))
                .isEqualTo(expected.reversed());
          });
    }

    @Test
    void alikeRunsAreSortedByTheNextField() {
      var request =
          ListRequest.newBuilder()
              .addSortByFields(descending("task_name"))
              .addSortByFields(ascending("run_source"))
              .addSortByFields(ascending("run_name"));

      assertThat(pages(request, 3))
          .containsExactly(
              // of ml.two
              "failed",
              "recovered",
              "running",
              "timed-out",
              "waiting-for-resources",
              // of etl.one
              "aborted",
              "initializing",
              "paused",
              "queued",
              "succeeded");
      refused(
          "invalid_argument",
          () -> calls.runs(request.clone().addSortByFields(ascending("phase"))));
    }

    @Test
    @SuppressWarnings("deprecation") // it is what some clients send
    void theOneOrderOfEarlierClientsIsUnderstood() {
      var request = ListRequest.newBuilder().setSortBy(ascending("run_name"));

      assertThat(pages(request, 3)).isEqualTo(RUNS.stream().sorted().toList());
      assertThat(pages(ListRequest.newBuilder().setSortBy(Sort.getDefaultInstance()), 3))
          .hasSize(RUNS.size());
    }

    @Test
    void anOrderByNoSuchFieldIsRefused() {
      for (var field : List.of("colour", "labels.team", "RUN_NAME", "")) {
        refused(
            "invalid_argument",
            () -> calls.runs(ListRequest.newBuilder().addSortByFields(ascending(field))));
      }
    }

    // ---- filters

    @TestFactory
    Stream<DynamicTest> runsAreNarrowedByEveryFieldAndFunction() {
      var odd = List.of("queued", "initializing", "succeeded", "aborted", "paused");
      var even = without(odd);
      var live = List.of("queued", "waiting-for-resources", "initializing", "running", "paused");
      var startOfTests = Instant.now().minusSeconds(3_600).toString();
      return Stream.of(
          narrowed(RUNS, filter("project", Function.EQUAL, "flytesnacks")),
          narrowed(List.of(), filter("project", Function.NOT_EQUAL, "flytesnacks")),
          narrowed(RUNS, filter("domain", Function.VALUE_IN, "development")),
          narrowed(List.of("running"), filter("run_name", Function.EQUAL, "running")),
          narrowed(
              List.of("failed", "running"),
              filter("run_name", Function.EQUAL, "running", "failed")),
          narrowed(without(List.of("failed")), filter("run_name", Function.NOT_EQUAL, "failed")),
          narrowed(List.of("running"), filter("run_name", Function.VALUE_IN, "running")),
          narrowed(
              without(List.of("running", "failed")),
              filter("run_name", Function.VALUE_NOT_IN, "running", "failed")),
          narrowed(
              List.of("waiting-for-resources"),
              filter("run_name", Function.GREATER_THAN, "timed-out")),
          narrowed(
              List.of("timed-out", "waiting-for-resources"),
              filter("run_name", Function.GREATER_THAN_OR_EQUAL, "timed-out")),
          narrowed(List.of("aborted"), filter("run_name", Function.LESS_THAN, "failed")),
          narrowed(
              List.of("aborted", "failed"),
              filter("run_name", Function.LESS_THAN_OR_EQUAL, "failed")),
          narrowed(
              List.of("queued", "succeeded"), filter("run_name", Function.CONTAINS, "ue", "ucc")),
          narrowed(List.of(), filter("run_name", Function.CONTAINS, "UE")),
          narrowed(List.of("queued"), filter("run_name", Function.CONTAINS_CASE_INSENSITIVE, "UE")),
          narrowed(List.of(), filter("run_name", Function.CONTAINS, "%")),
          narrowed(List.of(), filter("run_name", Function.ENDS_WITH, "_ed")),
          narrowed(
              List.of("running", "initializing"), filter("run_name", Function.ENDS_WITH, "ing")),
          narrowed(
              without(List.of("running", "initializing")),
              filter("run_name", Function.NOT_ENDS_WITH, "ing")),
          narrowed(RUNS, filter("run_name", Function.EXISTS)),
          narrowed(List.of(), filter("run_name", Function.NOT_EXISTS)),
          narrowed(RUNS, filter("name", Function.EQUAL, "a0")),
          narrowed(List.of(), filter("parent_name", Function.EXISTS)),
          narrowed(RUNS, filter("parent_name", Function.NOT_EXISTS)),
          narrowed(List.of(), filter("group_name", Function.EQUAL, "g")),
          narrowed(List.of("running"), filter("phase", Function.EQUAL, "4")),
          narrowed(List.of("running"), filter("phase", Function.EQUAL, "RUNNING")),
          narrowed(List.of("running"), filter("phase", Function.EQUAL, "ACTION_PHASE_RUNNING")),
          narrowed(List.of("running"), filter("phase", Function.EQUAL, "PHASE_RUNNING")),
          narrowed(List.of("running"), filter("phase", Function.VALUE_IN, "4")),
          narrowed(List.of("queued"), filter("phase", Function.VALUE_IN, "1")),
          narrowed(List.of("recovered"), filter("phase", Function.EQUAL, "10")),
          narrowed(List.of("recovered"), filter("phase", Function.EQUAL, "1", "0")),
          narrowed(List.of("succeeded"), filter("phase", Function.EQUAL, "SUCCEEDED")),
          narrowed(live, filter("phase", Function.VALUE_IN, "1", "2", "3", "4", "9")),
          narrowed(without(live), filter("phase", Function.VALUE_NOT_IN, "1", "2", "3", "4", "9")),
          narrowed(without(List.of("running")), filter("phase", Function.NOT_EQUAL, "4")),
          narrowed(List.of("recovered"), filter("phase", Function.GREATER_THAN, "9")),
          narrowed(
              List.of("paused", "recovered"), filter("phase", Function.GREATER_THAN_OR_EQUAL, "9")),
          narrowed(List.of("queued"), filter("phase", Function.LESS_THAN, "2")),
          narrowed(
              List.of("queued", "waiting-for-resources"),
              filter("phase", Function.LESS_THAN_OR_EQUAL, "2")),
          narrowed(RUNS, filter("phase", Function.EXISTS)),
          narrowed(RUNS, filter("action_type", Function.EQUAL, "task")),
          narrowed(RUNS, filter("action_type", Function.EQUAL, "ACTION_TYPE_TASK")),
          narrowed(RUNS, filter("action_type", Function.VALUE_IN, "1")),
          narrowed(List.of(), filter("action_type", Function.EQUAL, "3")),
          narrowed(even, filter("run_source", Function.EQUAL, "RUN_SOURCE_CLI")),
          narrowed(RUNS, filter("created_by", Function.EQUAL, "key:configured")),
          narrowed(RUNS, filter("created_by_subject", Function.EQUAL, "key:configured")),
          narrowed(List.of(), filter("created_by", Function.EQUAL, "somebody")),
          narrowed(List.of(), filter("trigger_name", Function.EXISTS)),
          narrowed(List.of(), filter("trigger_task_name", Function.EQUAL, "t")),
          narrowed(List.of(), filter("trigger_revision", Function.EQUAL, "1")),
          narrowed(List.of(), filter("trigger_type", Function.EQUAL, "TYPE_SCHEDULE")),
          narrowed(even, filter("task_project", Function.EQUAL, "even")),
          narrowed(odd, filter("task_domain", Function.EQUAL, "d1")),
          narrowed(odd, filter("task_name", Function.EQUAL, "etl.one")),
          narrowed(RUNS, filter("task_name", Function.VALUE_IN, "etl.one", "ml.two")),
          narrowed(List.of("running"), filter("task_version", Function.EQUAL, "v4")),
          narrowed(even, filter("function_name", Function.EQUAL, "two")),
          narrowed(even, filter("environment_name", Function.EQUAL, "ml")),
          narrowed(RUNS, filter("created_at", Function.GREATER_THAN, startOfTests)),
          narrowed(List.of(), filter("created_at", Function.LESS_THAN, startOfTests)),
          narrowed(RUNS, filter("updated_at", Function.GREATER_THAN_OR_EQUAL, startOfTests)),
          narrowed(without(live), filter("ended_at", Function.EXISTS)),
          narrowed(live, filter("ended_at", Function.NOT_EXISTS)),
          narrowed(without(live), filter("duration_ms", Function.GREATER_THAN, "1000")),
          narrowed(List.of(), filter("duration_ms", Function.LESS_THAN_OR_EQUAL, "1000")),
          narrowed(live, filter("duration_ms", Function.NOT_EXISTS)),
          narrowed(RUNS, filter("labels.team", Function.EXISTS)),
          narrowed(List.of(), filter("labels.team", Function.NOT_EXISTS)),
          narrowed(RUNS, filter("labels.nothing", Function.NOT_EXISTS)),
          narrowed(
              List.of("initializing", "failed", "paused"),
              filter("labels.team", Function.EQUAL, "t0")),
          narrowed(
              without(List.of("initializing", "failed", "paused")),
              filter("labels.team", Function.NOT_EQUAL, "t0")),
          narrowed(
              List.of("running", "recovered"),
              filter("labels.team", Function.EQUAL, "t1"),
              filter("task_name", Function.EQUAL, "ml.two")));
    }

    private DynamicTest narrowed(List<String> expected, Filter... filters) {
      return dynamicTest(
          text(filters),
          () ->
              assertThat(pages(ListRequest.newBuilder().addAllFilters(List.of(filters)), 4))
                  .containsExactlyInAnyOrderElementsOf(expected));
    }

    private static String text(Filter... filters) {
      return String.join(
          " and ",
          Stream.of(filters)
              .map(it -> it.getField() + " " + it.getFunction() + " " + it.getValuesList())
              .toList());
    }

    private static List<String> without(List<String> some) {
      return RUNS.stream().filter(run -> !some.contains(run)).toList();
    }

    @TestFactory
    Stream<DynamicTest> aFilterThatMeansNothingIsRefused() {
      return Stream.of(
              filter("colour", Function.EQUAL, "red"),
              filter("labels.", Function.EXISTS),
              filter("run_name", Function.EQUAL),
              filter("run_name", Function.VALUE_IN),
              filter("run_name", Function.GREATER_THAN, "a", "b"),
              filter("phase", Function.EQUAL, "RUNING"),
              filter("phase", Function.EQUAL, "11"),
              filter("phase", Function.CONTAINS, "RUN"),
              filter("action_type", Function.EQUAL, "robot"),
              filter("created_at", Function.GREATER_THAN, "yesterday"),
              filter("created_at", Function.CONTAINS, "2026"),
              filter("duration_ms", Function.EQUAL, "long"),
              filter("trigger_revision", Function.ENDS_WITH, "1"),
              filter("run_name", Function.EQUAL, "a".repeat(1_001)),
              Filter.newBuilder().setField("run_name").setFunctionValue(8).addValues("a").build())
          .map(filter ->
              dynamicTest(
                  text(filter).substring(0, Math.min(60, text(filter).length())),
                  () -> {
                    refused(
                        "invalid_argument",
                        () -> calls.runs(ListRequest.newBuilder().addFilters(filter)));
                    refused(
                        "invalid_argument",
                        () ->
                            calls.actions("running", ListRequest.newBuilder().addFilters(filter)));
                  }));
    }

    @Test
    void whatIsNoFilterIsRefusedAndNotPassedOver() {
      refused(
              "invalid_argument",
              () -> calls.runs(ListRequest.newBuilder().addRawFilters("eq(phase,RUNNING)")))
          .withMessageContaining("raw_filters");
    }

    // ---- scopes

    @Test
    void runsAreListedOfAnOrganizationAProjectATaskOrATrigger() {
      var odd = List.of("queued", "initializing", "succeeded", "aborted", "paused");
      assertThat(
              scoped(
                  ListRunsRequest.newBuilder()
                      .setOrg(RunCalls.ORGANIZATION)
                      .setRequest(limit(200))))
          .containsAll(RUNS)
          .contains("stranger");
      assertThat(
              scoped(ListRunsRequest.newBuilder().setProjectId(calls.in("elsewhere").projectId())))
          .containsExactly("stranger");
      assertThat(
              scoped(
                  ListRunsRequest.newBuilder()
                      .setProjectId(calls.projectId().toBuilder().setDomain("production"))))
          .isEmpty();
      var task =
          TaskName.newBuilder()
              .setOrg(RunCalls.ORGANIZATION)
              .setProject("odd")
              .setDomain("d1")
              .setName("etl.one");
      assertThat(scoped(ListRunsRequest.newBuilder().setTaskName(task)))
          .containsExactlyInAnyOrderElementsOf(odd);
      assertThat(scoped(ListRunsRequest.newBuilder().setTaskName(task.clone().setDomain("d0"))))
          .isEmpty();
      var id = calls.taskId("etl.one").toBuilder().setProject("odd").setDomain("d1");
      assertThat(scoped(ListRunsRequest.newBuilder().setTaskId(id.clone().setVersion("v5"))))
          .containsExactly("succeeded");
      assertThat(scoped(ListRunsRequest.newBuilder().setTaskId(id.clone().setVersion("v6"))))
          .isEmpty();
    }

    private List<String> scoped(ListRunsRequest.Builder request) {
      return runNames(calls.list(request).getRunsList());
    }

    @Test
    void runsInWhichSomethingIsPausedAreFoundWhereverItIs() {
      var pausing = calls.in("pausing");
      pausing.create("at-work", "etl.load");
      pausing.create("above", "etl.load");
      pausing.record("above", "task", "a0");
      pausing.record(
          "above",
          "approval",
          RecordActionRequest.newBuilder()
              .setParent("task")
              .setCondition(ConditionAction.newBuilder().setName("approved")));
      pausing.create("itself", "etl.load");
      pausing.status("itself", "a0", ActionPhase.ACTION_PHASE_PAUSED);

      var paused =
          calls.list(
              ListRunsRequest.newBuilder()
                  .setProjectId(pausing.projectId())
                  .setPausedActionsOnly(true));

      assertThat(runNames(paused.getRunsList())).containsExactlyInAnyOrder("above", "itself");
    }

    // ---- actions of a run

    @Test
    void theActionsOfARunAreListedNarrowedAndSorted() {
      var tree = calls.in("tree");
      plantATree(tree);
      var everything = List.of("a0", "t1", "t2", "t3", "t1-below", "trace", "approval");

      for (var field : FIELDS) {
        for (var sort : List.of(ascending(field), descending(field))) {
          var request = ListRequest.newBuilder().addSortByFields(sort);
          var whole = actionNames(tree.actions("large", request.clone().setLimit(200)));
          assertThat(whole).as(sort.toString()).containsExactlyInAnyOrderElementsOf(everything);
          assertThat(actionPages(tree, request, 2)).as(sort.toString()).isEqualTo(whole);
        }
      }
      assertThat(actionPages(tree, ListRequest.newBuilder().addSortByFields(ascending("name")), 2))
          .isEqualTo(everything.stream().sorted().toList());
      assertThat(actions(tree, filter("parent_name", Function.EQUAL, "a0")))
          .containsExactlyInAnyOrder("t1", "t2", "t3", "trace", "approval");
      assertThat(actions(tree, filter("parent_name", Function.EQUAL, "t1")))
          .containsExactly("t1-below");
      assertThat(actions(tree, filter("parent_name", Function.NOT_EXISTS))).containsExactly("a0");
      assertThat(actions(tree, filter("group_name", Function.EQUAL, "map"))).containsExactly("t2");
      assertThat(actions(tree, filter("action_type", Function.EQUAL, "ACTION_TYPE_TRACE")))
          .containsExactly("trace");
      assertThat(actions(tree, filter("action_type", Function.VALUE_IN, "trace", "condition")))
          .containsExactlyInAnyOrder("trace", "approval");
      assertThat(actions(tree, filter("phase", Function.EQUAL, "PAUSED")))
          .containsExactly("approval");
      assertThat(actions(tree, filter("phase", Function.EQUAL, "RUNNING"))).containsExactly("t3");
      assertThat(actions(tree, filter("task_name", Function.EQUAL, "etl.t3")))
          .containsExactly("t3");
      assertThat(actions(tree, filter("function_name", Function.CONTAINS_CASE_INSENSITIVE, "T1")))
          .containsExactlyInAnyOrder("t1", "t1-below");
      assertThat(actions(tree, filter("name", Function.ENDS_WITH, "below")))
          .containsExactly("t1-below");
      assertThat(actions(tree, filter("run_name", Function.EQUAL, "large")))
          .hasSize(everything.size());
      assertThat(actions(tree, filter("labels.team", Function.EQUAL, "t1")))
          .hasSize(everything.size());
      assertThat(actions(tree, filter("ended_at", Function.EXISTS))).containsExactly("trace");
    }

    @Test
    void anActionInAListSaysWhatItIs() {
      var tree = calls.in("shown-tree");
      plantATree(tree);

      var listed =
          tree.actions("large", limit(1).addFilters(filter("name", Function.EQUAL, "t2")))
              .getActions(0);
      assertThat(listed).isEqualTo(actionAsDetailed(tree, "t2"));
      assertThat(listed.getMetadata().getTask().getId().getName()).isEqualTo("etl.t2");
      assertThat(listed.getMetadata().getFuntionName()).isEqualTo("t2");
      assertThat(listed.getMetadata().getParent()).isEqualTo("a0");
      assertThat(listed.getMetadata().getGroup()).isEqualTo("map");
      assertThat(listed.getStatus().hasStartTime()).isTrue();
      var root = calls.runs(limit(1).addFilters(filter("run_name", Function.EQUAL, "failed")));
      assertThat(root.getRuns(0).getLabelsMap()).containsEntry("team", "t0");
      assertThat(root.getRuns(0).getAction().getId()).isEqualTo(calls.actionId("failed", "a0"));
      assertThat(root.getRuns(0).getAction().getStatus().getDurationMs()).isPositive();
    }

    private static Action actionAsDetailed(RunCalls tree, String name) {
      var details = tree.action("large", name);
      return Action.newBuilder()
          .setId(details.getId())
          .setMetadata(details.getMetadata())
          .setStatus(details.getStatus())
          .build();
    }

    private static void plantATree(RunCalls tree) {
      tree.create(
          CreateRunRequest.newBuilder()
              .setRunId(tree.runId("large"))
              .setTaskId(tree.taskId("etl.load"))
              .setRunSpec(
                  RunSpec.newBuilder().setLabels(Labels.newBuilder().putValues("team", "t1"))));
      tree.record("large", "t1", "a0");
      tree.record(
          "large",
          "t2",
          RecordActionRequest.newBuilder()
              .setParent("a0")
              .setGroup("map")
              .setTask(TaskAction.newBuilder().setId(tree.taskId("etl.t2"))));
      tree.record("large", "t3", "a0");
      tree.record("large", "t1-below", "t1");
      tree.record(
          "large",
          "trace",
          RecordActionRequest.newBuilder()
              .setParent("a0")
              .setTrace(
                  TraceAction.newBuilder()
                      .setName("fetch")
                      .setStartTime(at(1))
                      .setEndTime(at(3))
                      .setSpec(TraceSpec.getDefaultInstance())));
      tree.recordCondition("large", "approval", SimpleType.BOOLEAN);
      tree.status("large", "t3", ActionPhase.ACTION_PHASE_RUNNING);
    }

    private static List<String> actions(RunCalls tree, Filter filter) {
      return actionPages(tree, ListRequest.newBuilder().addFilters(filter), 2);
    }

    private static List<String> actionPages(RunCalls tree, ListRequest.Builder request, int limit) {
      var names = new ArrayList<String>();
      var token = "";
      do {
        var page = tree.actions("large", request.clone().setLimit(limit).setToken(token));
        assertThat(page.getActionsCount()).isLessThanOrEqualTo(limit);
        names.addAll(actionNames(page));
        token = page.getToken();
      } while (!token.isEmpty());
      return names;
    }

    private List<String> pages(ListRequest.Builder request, int limit) {
      var names = new ArrayList<String>();
      var token = "";
      do {
        var page = calls.runs(request.clone().setLimit(limit).setToken(token));
        assertThat(page.getRunsCount()).isLessThanOrEqualTo(limit);
        names.addAll(runNames(page.getRunsList()));
        token = page.getToken();
      } while (!token.isEmpty());
      return names;
    }
  }
}
