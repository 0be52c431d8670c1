package dev.runs.bootstrap.demo;

import dev.runs.application.Receipt;
import dev.runs.application.pipeline.EditPipelineRun.Edit;
import dev.runs.application.pipeline.NewPipelineRun;
import dev.runs.application.validation.NewValidation;
import dev.runs.bootstrap.demo.Company.Service;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Role;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunState;
import dev.runs.domain.secret.Input;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Verdict;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Pipelines that bring data in, by the clock, and validate it against contracts. For a few days
 * after the trouble the product feed comes in another form, and its contract lets nothing through.
 */
final class DataPipelines implements Work {

  private static final Input NOTHING = new Input.Members(Map.of());
  private static final int DAYS_OF_DRIFT = 3;

  /** One pipeline. */
  private enum Flow {
    ORDERS("orders-daily", "orders", "2.1.0", Gate.WARN, 48_000, 3),
    PRODUCTS("product-feed", "products", "1.4.2", Gate.FAIL, 9_500, 2, 8, 14, 20),
    CUSTOMERS("crm-sync", "customers", "3.0.0", Gate.FAIL, 3_100, 5),
    EVENTS("shop-events", "shop-events", "1.0.7", Gate.NONE, 260_000, 0, 6, 12, 18);

    private final String pipeline;
    private final ContractId contract;
    private final String version;
    private final Gate gate;
    private final int rows;
    private final int[] hours;

    Flow(String pipeline, String contract, String version, Gate gate, int rows, int... hours) {
      this.pipeline = pipeline;
      this.contract = new ContractId(contract);
      this.version = version;
      this.gate = gate;
      this.rows = rows;
      this.hours = hours;
    }
  }

  private final Stage stage;
  private final Tracking tracking;
  private final Tracking.Order order;
  private final Dice dice;

  DataPipelines(Stage stage, Tracking tracking) {
    this.stage = stage;
    this.tracking = tracking;
    this.dice = stage.dice("pipelines");
    this.order =
        new Tracking.Order(
            () -> stage.company().as(Service.SCHEDULER),
            Company.DATA,
            RunLabels.NONE,
            Optional.empty());
  }

  /** Says what is to follow from validations of each contract. */
  void prepare() {
    for (var flow : Flow.values()) {
      stage
          .platform()
          .pipelines()
          .editContractPolicies()
          .put(stage.company().as(Role.ADMIN), flow.contract, flow.gate);
    }
  }

  @Override
  public void plan(LocalDate day) {
    for (var flow : Flow.values()) {
      for (var hour : flow.hours) {
        var moment = Calendar.at(day, LocalTime.of(hour, dice.between(5, 9)));
        stage.time().at(moment, () -> begin(flow, day));
      }
    }
  }

  private void begin(Flow flow, LocalDate day) {
    var rows = dice.around(flow.rows * 8 / 10, flow.rows * 12 / 10);
    var recorded =
        stage
            .platform()
            .pipelines()
            .recordPipelineRun()
            .record(
                stage.company().as(Service.SCHEDULER),
                new NewPipelineRun(
                    facts(flow, day),
                    new PipelineDocument(
                        "{\"execution_date\":\"%s\",\"source\":\"s3://lumen-landing/%s\"}"
                            .formatted(day, flow.contract)),
                    Optional.empty(),
                    Optional.of(new ProjectRef.BySlug(Company.DATA)),
                    _ -> new RunState.Running(),
                    NOTHING),
                Receipt.none());
    stage.made().add(1);
    var run = recorded.run().id();
    if (dice.chance(3)) {
      stage
          .time()
          .in(
              dice.seconds(20, 200),
              () -> end(run, now -> new RunState.Failed(now, sourceAway()), rows));
    } else {
      stage.time().in(dice.seconds(90, 600), () -> validate(flow, run, rows));
    }
  }

  private static RunFailure sourceAway() {
    return new RunFailure(
        RunFailure.Kind.SYSTEM, "could not connect to the source: connection refused");
  }

  private void validate(Flow flow, RunId run, int rows) {
    var verdict = verdict(flow);
    var bad = verdict == Verdict.PASSED ? 0 : dice.around(3, Math.max(4, rows / 40));
    stage
        .platform()
        .pipelines()
        .recordValidation()
        .record(
            stage.company().as(Service.SCHEDULER),
            new NewValidation(
                Optional.of(run),
                Optional.empty(),
                flow.contract,
                Optional.of(flow.version),
                Optional.of(flow.contract.value()),
                Optional.of("production"),
                Optional.empty(),
                verdict,
                new RowCounts(rows, Optional.of((long) rows - bad), Optional.of((long) bad), bad),
                Optional.of(dice.seconds(3, 40)),
                verdict == Verdict.FAILED ? findings(flow, bad) : List.of(),
                verdict == Verdict.WARNING ? findings(flow, bad) : List.of(),
                Optional.empty(),
                PipelineDocument.EMPTY,
                NOTHING),
            Receipt.none());
    stage.time().in(dice.seconds(20, 120), () -> end(run, RunState.Succeeded::new, rows - bad));
  }

  private Verdict verdict(Flow flow) {
    if (flow == Flow.PRODUCTS && isDrifting()) {
      return Verdict.FAILED;
    }
    if (dice.chance(4)) {
      return Verdict.FAILED;
    }
    return dice.chance(9) ? Verdict.WARNING : Verdict.PASSED;
  }

  private boolean isDrifting() {
    var today = LocalDate.ofInstant(stage.time().instant(), ZoneOffset.UTC);
    var from = stage.calendar().dayOfTrouble();
    return today.isAfter(from) && !today.isAfter(from.plusDays(DAYS_OF_DRIFT));
  }

  private List<Finding> findings(Flow flow, int bad) {
    if (flow == Flow.PRODUCTS && isDrifting()) {
      return List.of(
          new Finding(
              "TYPE_MISMATCH",
              "price is a text such as \"12,90 €\" where a number is expected",
              Optional.of("$.price"),
              Optional.of((long) bad)),
          new Finding(
              "MISSING_FIELD", "gtin is missing", Optional.of("$.gtin"), Optional.of(bad / 2L)));
    }
    return List.of(
        switch (dice.between(0, 2)) {
          case 0 ->
              new Finding(
                  "NULL_VALUE",
                  "customer_id is empty",
                  Optional.of("$.customer_id"),
                  Optional.of((long) bad));
          case 1 ->
              new Finding(
                  "OUT_OF_RANGE",
                  "quantity is negative",
                  Optional.of("$.lines[*].quantity"),
                  Optional.of((long) bad));
          default ->
              new Finding(
                  "STALE_DATA",
                  "updated_at is older than two days",
                  Optional.of("$.updated_at"),
                  Optional.of((long) bad));
        });
  }

  private void end(RunId run, Function<Instant, RunState> state, int kept) {
    tracking.book(order, run, List.of(Price.CPU.times(dice.around(60, 900))));
    stage
        .platform()
        .pipelines()
        .editPipelineRun()
        .edit(
            stage.company().as(Service.SCHEDULER),
            run,
            new Edit(
                Optional.of(now -> {
                  var ended = state.apply(now);
                  return RunReport.byClient(ended, Set.of(ended.name()), now);
                }),
                UnaryOperator.identity(),
                Optional.of(new PipelineDocument("{\"rows_written\":%d}".formatted(kept))),
                NOTHING),
            Receipt.none());
  }

  private static PipelineFacts facts(Flow flow, LocalDate day) {
    return new PipelineFacts(
        Optional.of(flow.contract),
        Optional.of(flow.version),
        Optional.of(flow.contract.value()),
        Optional.of(flow.pipeline),
        Optional.of("scheduled__%s".formatted(day)),
        Optional.of("production"),
        Optional.of("schedule"));
  }
}
