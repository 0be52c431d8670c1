package dev.runs.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.runs.application.CountingIds;
import dev.runs.application.SettableClock;
import dev.runs.application.action.ActionsWorld;
import dev.runs.application.validation.ValidationFixtures;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.action.ActionEvent;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.AttemptLog;
import dev.runs.domain.action.ClusterEvent;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.cost.UnitPrice;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people and reporting tools read of the database. */
class ReportingViewsTest {

  @Nested
  class OnSqlite extends Contract {
    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    EmptyDatabase database() {
      return DATABASE;
    }
  }

  @Nested
  class OnPostgres extends Contract {
    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    EmptyDatabase database() {
      return DATABASE;
    }
  }

  abstract static class Contract {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final OrganizationId ACME = new OrganizationId(id(1));

    private final Run root = tracked(RunPath.ofRoot(new RunId(id(2))), "nightly");
    private final Run child = tracked(root.path().child(new RunId(id(3))), "load");
    private final Run grandchild = tracked(child.path().child(new RunId(id(4))), "clean");

    abstract EmptyDatabase database();

    @BeforeEach
    void aTreeOfThreeRuns() {
      var stores = database().stores();
      stores
          .transactions()
          .inTransaction(() -> {
            stores
                .organizations()
                .addUnlessThere(Organization.made(ACME, new ExternalId("acme"), NOON));
            stores.runs().addAll(List.of(root, child, grandchild));
            stores.runs().save(ended(child, new RunState.Succeeded(NOON)));
            stores.runs().save(ended(grandchild, new RunState.Canceled(NOON)));
            return true;
          });
    }

    @Test
    void runsAreToldInTheTrackersWords() {
      assertThat(rows("select task_name, status, state from runs order by depth"))
          .containsExactly(
              "nightly running running", "load completed succeeded", "clean failed canceled");
    }

    @Test
    void theQueryThatInspectsRunsWorks() {
      assertThat(
              rows(
                  "SELECT id, org, project, domain, name, root_action_name FROM runs"
                      + " ORDER BY created_at DESC, depth"))
          .startsWith(id(2) + " acme default production nightly a0");
    }

    @Test
    void actionsAreToldInTheWordsOfTheRunService() {
      assertThat(
              rows(
                  "SELECT org, project, domain, run_name, name, phase, action_type FROM actions"
                      + " ORDER BY created_at DESC, id"))
          .containsExactly(
              "acme default production nightly a0 PHASE_RUNNING task",
              "acme default production nightly load PHASE_SUCCEEDED task",
              "acme default production nightly clean PHASE_ABORTED task");
      assertThat(rows("select name, coalesce(parent_action_name, 'none') from actions order by id"))
          .containsExactly("a0 none", "load a0", "clean load");
    }

    @Test
    void attemptsAreToldWithTheirRuns() {
      assertThat(
              rows(
                  "select action_id, attempt_number, phase from action_attempts order by action_id"))
          .containsExactly(
              id(2) + " 1 PHASE_RUNNING", id(3) + " 1 PHASE_SUCCEEDED", id(4) + " 1 PHASE_ABORTED");
    }

    @Test
    void attemptsAreToldWithTheirOutputs() {
      var stores = database().stores();
      var attempt =
          Attempt.begunBy("worker-1", root, NOON).ended(StateName.RUNNING, null, "s3://é", NOON);
      stores
          .transactions()
          .inTransaction(() -> {
            stores.runs().saveAll(List.of(), List.of(attempt));
            return true;
          });

      assertThat(
              rows("select cast(outputs as text) from action_attempts where outputs is not null"))
          .singleElement(STRING)
          .contains("\"outputUri\"", "\"s3://é\"");
    }

    @Test
    void actionsAreToldWithAllThatExecutorsSaid() {
      var stores = database().stores();
      var world =
          new ActionsWorld(
              stores, new CountingIds(90_000), new SettableClock(NOON.plusSeconds(90)));
      var caller = ActionsWorld.callerOf(ACME);
      var run = new RunAddress(ACME, "shop", "development", "weekly");
      world.startRun().start(caller, ActionsWorld.run(run, ActionsWorld.task("etl")));
      world
          .reports()
          .record(
              caller,
              ActionsWorld.of(
                  run.action("gate"), ActionType.CONDITION, new Document("{\"name\":\"gate\"}")));
      world.reports().record(caller, ActionsWorld.action(run.action("a1"), "gate"));
      world
          .reports()
          .events(
              caller,
              List.of(
                  event(run, ActionPhase.RUNNING, 0, 1),
                  event(run, ActionPhase.WAITING_FOR_RESOURCES, 0, 2),
                  event(run, ActionPhase.RUNNING, 1, 3),
                  event(run, ActionPhase.RUNNING, 2, 4),
                  event(run, ActionPhase.SUCCEEDED, 0, 5)));

      assertThat(
              rows(
                  "select name, created_by_principal, cast(run_spec as text), root_action_name"
                      + " from runs where project = 'shop' and parent_run_id is null"))
          .containsExactly("weekly ada {\"queue\":\"fast\"} a0");
      assertThat(
              rows(
                  "select name, coalesce(parent_action_name, 'none'), action_type, phase, cast(task_spec as text),"
                      + " cast(condition_spec as text), input_uri"
                      + " from actions where run_name = 'weekly' order by created_at, id"))
          .containsExactly(
              "a0 none task PHASE_QUEUED " + ActionsWorld.SPEC.json() + " null s3://inputs",
              "gate a0 condition PHASE_PAUSED null {\"name\":\"gate\"} null",
              "a1 gate task PHASE_SUCCEEDED " + ActionsWorld.SPEC.json() + " null s3://a1");
      assertThat(
              rows(
                  "select cast(metadata as text) from actions"
                      + " where run_name = 'weekly' and name = 'a1'"))
          .singleElement(STRING)
          .contains("\"group\"", "\"shortName\"", "\"environmentName\"")
          .doesNotContain("\"source\"");
      assertThat(
              rows(
                  "select attempt_number, attempt.phase, cast(outputs as text),"
                      + " cast(log_info as text), cluster"
                      + " from action_attempts attempt join actions on actions.id = action_id"
                      + " where name = 'a1'"))
          .containsExactly(
              "1 PHASE_SUCCEEDED {\"outputUri\":\"s3://out\"} [{\"uri\":\"l\"}] cluster-1");
      assertThat(rows("select message, reason, count from cluster_events order by occurred_at"))
          .containsExactly(
              "pulled Pulled 1",
              "pulled Pulled 2",
              "pulled Pulled 3",
              "pulled Pulled 4",
              "pulled Pulled 5");
      assertThat(
              rows(
                  "select transition.phase, transition.state, end_time is null"
                      + " from phase_transitions transition order by start_time"))
          .satisfiesExactly(
              row -> assertThat(row).startsWith("PHASE_RUNNING running"),
              row ->
                  assertThat(row).startsWith("PHASE_WAITING_FOR_RESOURCES waiting_for_resources"),
              row -> assertThat(row).startsWith("PHASE_RUNNING running"),
              row -> assertThat(row).startsWith("PHASE_SUCCEEDED succeeded"))
          .allSatisfy(row -> assertThat(row).matches(".* (0|false)"));
    }

    private static ActionEvent event(RunAddress run, ActionPhase phase, int version, int seconds) {
      return ActionsWorld.event(
          run.action("a1"),
          1,
          phase,
          version,
          NOON.plusSeconds(seconds),
          List.of(new AttemptLog("l", new Document("{\"uri\":\"l\"}"))),
          List.of(
              new ClusterEvent(
                  NOON.plusSeconds(seconds), "pulled", null, "Pulled", null, seconds)));
    }

    @Test
    void everyColumnOfTheRunServiceIsThere() {
      for (var query :
          List.of(
              "select id, org, project, domain, name, root_action_name, trigger_org,"
                  + " trigger_project, trigger_domain, trigger_name, run_spec,"
                  + " created_by_principal, created_by_k8s_service_account, created_at,"
                  + " updated_at from runs",
              "select id, org, project, domain, run_name, name, run_id, parent_action_name,"
                  + " action_type, phase, task_spec, trace_spec, condition_spec, input_uri,"
                  + " metadata, created_at, updated_at from actions",
              "select id, action_id, attempt_number, phase, start_time, end_time, outputs,"
                  + " log_info, log_context, created_at, updated_at from action_attempts",
              "select id, attempt_id, occurred_at, message, created_at from cluster_events",
              "select id, attempt_id, phase, start_time, end_time, created_at"
                  + " from phase_transitions",
              "SELECT id, org, project, domain, name, root_action_name, created_at\n"
                  + "FROM runs\nORDER BY created_at DESC",
              "SELECT id, org, project, domain, run_name, name, phase, action_type\n"
                  + "FROM actions\nORDER BY created_at DESC")) {
        assertThat(rows(query)).as(query).isNotNull();
      }
      assertThat(rows("select id from cluster_events")).isEmpty();
    }

    @Test
    void runsOfPipelinesAreToldInTheRegistrysWords() {
      var stores = database().stores();
      var facts =
          new PipelineFacts(
              Optional.of(new ContractId("orders")),
              Optional.empty(),
              Optional.empty(),
              Optional.of("daily-etl"),
              Optional.empty(),
              Optional.empty(),
              Optional.of("scheduler"));
      stores.write(() -> {
        for (var run : List.of(root, child, grandchild)) {
          stores
              .pipelineRuns()
              .add(
                  run,
                  new PipelineRun(
                      run.id(),
                      facts,
                      PipelineDocument.EMPTY,
                      Optional.empty(),
                      new Principal("key:etl"),
                      1));
        }
      });

      assertThat(
              rows(
                  "select contract_id, pipeline_name, \"trigger\", status, state, created_by, org,"
                      + " cast(metadata as text), started_at is null from pipeline_runs order by id"))
          .satisfiesExactly(
              row ->
                  assertThat(row)
                      .startsWith("orders daily-etl scheduler running running key:etl acme {}"),
              row -> assertThat(row).contains(" completed succeeded "),
              row -> assertThat(row).contains(" cancelled canceled "))
          .allSatisfy(row -> assertThat(row).matches(".* (0|false)"));
      assertThat(
              rows(
                  "select id, contract_version, schema_name, pipeline_id, environment, result,"
                      + " created_at, updated_at, completed_at, parent_run_id, root_run_id,"
                      + " project from pipeline_runs"))
          .hasSize(3);
    }

    @Test
    void validationsAreToldWithTheirRates() {
      var stores = database().stores();
      stores.write(() -> {
        stores
            .validations()
            .add(
                ValidationFixtures.with(
                    ValidationFixtures.ofRun(root, 50, new ContractId("orders"), Verdict.FAILED),
                    List.of(ValidationFixtures.error("NULL_VALUE", 2)),
                    new RowCounts(3, Optional.of(1L), Optional.of(2L), 2),
                    Optional.of(Duration.ofMillis(1_500))),
                Optional.empty());
        stores
            .validations()
            .add(
                ValidationFixtures.with(
                    ValidationFixtures.ofRun(root, 51, new ContractId("orders"), Verdict.WARNING),
                    List.of(),
                    new RowCounts(0, Optional.empty(), Optional.empty(), 0),
                    Optional.empty()),
                Optional.empty());
      });

      assertThat(
              rows(
                  "select contract_id, status, row_count, rows_passed, rows_failed, error_count,"
                      + " cast(error_rate as text), cast(duration_ms as text), org, recorded_by"
                      + " from validations order by id"))
          .satisfiesExactly(
              row ->
                  assertThat(row)
                      .startsWith("orders failed 3 1 2 2 0.666667 1500.0")
                      .endsWith(" acme key:recorder"),
              row -> assertThat(row).startsWith("orders warning 0 null null 0 0.0 null"));
      assertThat(rows("select id from validations where passed and run_id = '" + id(2) + "'"))
          .hasSize(1);
      assertThat(
              rows(
                  "select contract_version, schema_name, environment, pipeline_id, sample_errors,"
                      + " metadata, recorded_at, project from validations"))
          .hasSize(2);
    }

    @Test
    void amountsAreShownWithAllTheirDecimals() {
      line(5, "1", "0.0000000001");
      line(6, "-1", "0.0000000001");
      line(7, "-1234567.89", "1");
      line(8, "99999999999999.999999", "0.0099999999");
      line(9, "523633", "0.9703944519");

      assertThat(
              rows(
                  "select cast(quantity as text), cast(unit_cost_in_usd_cents as text),"
                      + " cast(total_cost_in_usd_cents as text) from runs_costs order by id"))
          .containsExactly(
              "1.000000 0.0000000001 0.0000000001",
              "-1.000000 0.0000000001 -0.0000000001",
              "-1234567.890000 1.0000000000 -1234567.8900000000",
              "99999999999999.999999 0.0099999999 999999989999.9999999900",
              "523633.000000 0.9703944519 508130.5580317527");
    }

    @Test
    void organizationsAreToldByTheirExternalIds() {
      assertThat(rows("select id, external_id from organizations")).containsExactly(ACME + " acme");
      assertThat(rows("select * from users")).isEmpty();
    }

    private void line(int number, String quantity, String price) {
      var stores = database().stores();
      var line =
          CostLine.priced(
              new CostLineId(id(number)),
              root,
              new CostName("tokens"),
              new Quantity(new BigDecimal(quantity)),
              new UnitPrice(new BigDecimal(price)),
              NOON);
      stores
          .transactions()
          .inTransaction(() -> {
            stores.costLines().addAll(List.of(line));
            return true;
          });
    }

    private List<String> rows(String sql) {
      return database().database().db().fetch(sql).stream()
          .map(row -> row.intoList().stream().map(String::valueOf).toList())
          .map(values -> String.join(" ", values))
          .toList();
    }

    private static Run ended(Run run, RunState end) {
      return run.report(RunReport.byClient(end, Set.of(end.name(), StateName.FAILED), NOON));
    }

    private static Run tracked(RunPath path, String name) {
      return Run.tracked(
          path,
          ACME,
          RunSpace.DEFAULT,
          new RunName(name),
          new RunOrigin("etl", name),
          RunLabels.NONE,
          null,
          NOON);
    }

    private static UUID id(int number) {
      return new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
    }
  }
}
