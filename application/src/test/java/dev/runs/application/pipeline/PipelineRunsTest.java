package dev.runs.application.pipeline;

import static dev.runs.application.validation.ValidationFixtures.EVENTS;
import static dev.runs.application.validation.ValidationFixtures.newValidation;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Caller;
import dev.runs.application.Counted;
import dev.runs.application.Receipt;
import dev.runs.application.UseCaseTest;
import dev.runs.application.run.EndedRuns;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.SuccessReports;
import dev.runs.application.secret.InputCheck;
import dev.runs.application.validation.EditContractPolicies;
import dev.runs.application.validation.RecordValidation;
import dev.runs.application.validation.ValidationWriter;
import dev.runs.domain.event.EventType;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.Input;
import dev.runs.domain.secret.SecretRejected;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationRejected;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The life of runs of pipelines and what validates them, over the world in memory. */
final class PipelineRunsTest extends UseCaseTest {

  private static final Input NOTHING = new Input.Members(Map.of());

  private final InputCheck inputCheck = new InputCheck(world.organizations());
  private final DescribePipelineRuns describe =
      new DescribePipelineRuns(world.validations(), world.contractPolicies());
  private final RecordPipelineRun recordPipelineRun =
      new RecordPipelineRun(
          newRunWriter(world.runs(), new SplittableRandom(1)),
          world.pipelineRuns(),
          describe,
          world.transactions(),
          clock);
  private final EditPipelineRun editPipelineRun =
      new EditPipelineRun(
          world.runs(),
          world.pipelineRuns(),
          new ReportWriter(
              world.runs(),
              world.ledger(),
              world.runEvents(),
              EndedRuns.UNHEARD,
              new SuccessReports(world.validations()),
              world.transactions()),
          describe,
          inputCheck,
          world.transactions(),
          clock);
  private final ShowPipelineRun showPipelineRun =
      new ShowPipelineRun(world.runs(), world.pipelineRuns(), describe, world.transactions());
  private final ListPipelineRuns listPipelineRuns =
      new ListPipelineRuns(world.pipelineRuns(), world.transactions());
  private final RecordValidation recordValidation =
      new RecordValidation(
          world.runs(),
          world.projects(),
          new ValidationWriter(world.validations(), world.runEvents(), ids),
          inputCheck,
          world.transactions(),
          clock);
  private final EditContractPolicies editContractPolicies =
      new EditContractPolicies(world.contractPolicies(), world.transactions(), auditor(), clock);

  // ---- recorded

  @Test
  void isARunOfItsPipelineFromItsBeginning() {
    var made = record(OF_ACME, new RunState.Running());

    assertThat(made.run().origin().service()).isEqualTo("pipelines");
    assertThat(made.run().origin().task()).isEqualTo("daily-etl");
    assertThat(made.run().stateName()).isEqualTo(StateName.RUNNING);
    assertThat(made.run().startedAt()).isEqualTo(NOON);
    assertThat(made.pipeline().createdBy()).isEqualTo(ACTOR);
    assertThat(made.gate()).isEqualTo(Gate.NONE);
    assertThat(showPipelineRun.show(OF_ACME, made.run().id())).isEqualTo(made);
    assertThat(toldTypes()).containsExactly(EventType.CREATED);
  }

  @Test
  void waitsUntilItStarts() {
    var made = record(OF_ACME, new RunState.Pending());
    clock.advance(Duration.ofMinutes(1));

    assertThat(made.run().startedAt()).isNull();
    var started = report(made.run(), _ -> new RunState.Running());

    assertThat(started.run().startedAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(report(made.run(), _ -> new RunState.Pending()).run()).isEqualTo(started.run());
  }

  @Test
  void canBeRecordedWhenItHasEnded() {
    var made = record(OF_ACME, new RunState.Succeeded(NOON));

    assertThat(made.run().endedAt()).isEqualTo(NOON);
    assertThat(made.run().startedAt()).isEqualTo(NOON);
    assertThat(report(made.run(), RunState.Succeeded::new).run()).isEqualTo(made.run());
  }

  @Test
  void isFoundByNobodyElse() {
    var made = record(OF_ACME, new RunState.Running());

    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> showPipelineRun.show(OF_GLOBEX, made.run().id()));
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(
            () -> editPipelineRun.edit(OF_GLOBEX, made.run().id(), keep("{}"), Receipt.none()));
    assertThat(listPipelineRuns.list(OF_GLOBEX, PipelineFilter.ALL, 10, 0))
        .isEqualTo(new Counted<>(List.of(), 0, false));
    assertThat(listPipelineRuns.list(OF_ACME, PipelineFilter.ALL, 10, 0).total()).isEqualTo(1);
  }

  // ---- told of

  @Test
  void keepsMetadataAndResultInOneStepWithItsEnd() {
    var made = record(OF_ACME, new RunState.Running());
    clock.advance(Duration.ofMinutes(2));

    var ended =
        editPipelineRun.edit(
            OF_ACME,
            made.run().id(),
            new EditPipelineRun.Edit(
                Optional.of(said(RunState.Succeeded::new)),
                _ -> new PipelineDocument("{\"rows\":5}"),
                Optional.of(new PipelineDocument("{\"ok\":true}")),
                NOTHING),
            Receipt.none());

    assertThat(ended.run().endedAt()).isEqualTo(NOON.plusSeconds(120));
    assertThat(ended.pipeline().metadata().json()).isEqualTo("{\"rows\":5}");
    assertThat(ended.pipeline().result()).contains(new PipelineDocument("{\"ok\":true}"));
    assertThat(showPipelineRun.show(OF_ACME, made.run().id())).isEqualTo(ended);
  }

  @Test
  void changesNothingWhenItIsToldTheSameAgain() {
    var made = record(OF_ACME, new RunState.Running());
    var ended = report(made.run(), RunState.Succeeded::new);

    assertThat(report(made.run(), RunState.Succeeded::new)).isEqualTo(ended);
    assertThat(toldTypes()).containsExactly(EventType.CREATED, EventType.SUCCEEDED);
  }

  @Test
  void keepsNothingOfAReportThatIsRefused() {
    var made = record(OF_ACME, new RunState.Running());
    report(made.run(), RunState.Succeeded::new);

    assertThatExceptionOfType(RunRejected.IllegalMove.class)
        .isThrownBy(() ->
            editPipelineRun.edit(
                OF_ACME,
                made.run().id(),
                new EditPipelineRun.Edit(
                    Optional.of(said(at -> new RunState.Failed(at, RunFailure.UNEXPLAINED))),
                    _ -> new PipelineDocument("{\"lost\":true}"),
                    Optional.empty(),
                    NOTHING),
                Receipt.none()));

    assertThat(showPipelineRun.show(OF_ACME, made.run().id()).pipeline().metadata())
        .isEqualTo(PipelineDocument.EMPTY);
  }

  @Test
  void letsAnyRunBecomeOneOfAPipeline() {
    var plain = root(1);
    add(plain);

    assertThat(showPipelineRun.show(OF_ACME, plain.id()).pipeline().facts().contract()).isEmpty();
    var edited = editPipelineRun.edit(OF_ACME, plain.id(), keep("{\"a\":1}"), Receipt.none());

    assertThat(edited.pipeline().version()).isEqualTo(1);
    assertThat(listPipelineRuns.list(OF_ACME, PipelineFilter.ALL, 10, 0).items()).hasSize(1);
  }

  @Test
  void refusesCredentialsInWhatIsToBeKept() {
    var made = record(OF_ACME, new RunState.Running());
    var given =
        new Input.Members(
            Map.of("metadata", new Input.Members(Map.of("password", new Input.Text("hunter2")))));

    assertThatExceptionOfType(SecretRejected.CredentialFound.class)
        .isThrownBy(() ->
            editPipelineRun.edit(
                OF_ACME,
                made.run().id(),
                new EditPipelineRun.Edit(
                    Optional.empty(), UnaryOperator.identity(), Optional.empty(), given),
                Receipt.none()));
  }

  // ---- validated

  @Test
  void showsWhatValidatedItAndTellsOfIt() {
    var made = record(OF_ACME, new RunState.Running());
    var validation = validate(made.run(), Verdict.PASSED);

    assertThat(validation.recordedBy()).isEqualTo(ACTOR);
    assertThat(showPipelineRun.show(OF_ACME, made.run().id()).validations())
        .containsExactly(validation);
    assertThat(told().getLast().event().details())
        .isEqualTo(
            Map.of(
                "validationId",
                validation.id().toString(),
                "contractId",
                "user-events-contract",
                "status",
                "passed"));
  }

  @Test
  void isValidatedOnlyWhereItIsThereForTheCaller() {
    var made = record(OF_ACME, new RunState.Running());

    assertThatExceptionOfType(ValidationRejected.RunNotFound.class)
        .isThrownBy(() ->
            recordValidation.record(
                OF_GLOBEX,
                newValidation(Optional.of(made.run()), EVENTS, Verdict.PASSED),
                Receipt.none()));
    var ofNone =
        recordValidation.record(
            OF_ACME, newValidation(Optional.empty(), EVENTS, Verdict.PASSED), Receipt.none());
    assertThat(ofNone.run()).isEmpty();
    assertThat(ofNone.organization()).isEqualTo(ACME.id());
  }

  // ---- gates

  @Test
  void succeedsWithoutAGateWhateverValidatedIt() {
    var made = record(OF_ACME, new RunState.Running());
    validate(made.run(), Verdict.FAILED);

    assertThat(report(made.run(), RunState.Succeeded::new).run().stateName())
        .isEqualTo(StateName.SUCCEEDED);
  }

  @Test
  void succeedsWithAWarningThatIsTold() {
    editContractPolicies.put(OF_ACME, EVENTS, Gate.WARN);
    var made = record(OF_ACME, new RunState.Running());
    var failed = validate(made.run(), Verdict.FAILED);

    assertThat(report(made.run(), RunState.Succeeded::new).run().stateName())
        .isEqualTo(StateName.SUCCEEDED);
    assertThat(told().getLast().event().details())
        .containsEntry(
            "reason",
            "Validation %s against contract user-events-contract failed.".formatted(failed.id()));
  }

  @Test
  void failsByVerdictWhenTheGateIsShutAndStaysSo() {
    editContractPolicies.put(OF_ACME, EVENTS, Gate.FAIL);
    var made = record(OF_ACME, new RunState.Running());
    validate(made.run(), Verdict.FAILED);

    var ended = report(made.run(), RunState.Succeeded::new);

    assertThat(ended.run().isRefusedByVerdict()).isTrue();
    assertThat(ended.gate()).isEqualTo(Gate.FAIL);
    assertThat(report(made.run(), RunState.Succeeded::new)).isEqualTo(ended);
    assertThat(toldTypes())
        .containsExactly(EventType.CREATED, EventType.VALIDATION_RECORDED, EventType.FAILED);
  }

  @Test
  void succeedsOnceALaterValidationHasPassed() {
    editContractPolicies.put(OF_ACME, EVENTS, Gate.FAIL);
    var made = record(OF_ACME, new RunState.Running());
    validate(made.run(), Verdict.FAILED);
    validate(made.run(), Verdict.PASSED);

    assertThat(report(made.run(), RunState.Succeeded::new).run().stateName())
        .isEqualTo(StateName.SUCCEEDED);
  }

  private PipelineRunView record(Caller caller, RunState state) {
    var facts =
        new PipelineFacts(
            Optional.of(EVENTS),
            Optional.empty(),
            Optional.empty(),
            Optional.of("daily-etl"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return recordPipelineRun.record(
        caller,
        new NewPipelineRun(
            facts, PipelineDocument.EMPTY, Optional.empty(), Optional.empty(), _ -> state, NOTHING),
        Receipt.none());
  }

  private PipelineRunView report(Run run, Function<Instant, RunState> state) {
    return editPipelineRun.edit(
        OF_ACME,
        run.id(),
        new EditPipelineRun.Edit(
            Optional.of(said(state)), UnaryOperator.identity(), Optional.empty(), NOTHING),
        Receipt.none());
  }

  private static Function<Instant, RunReport> said(Function<Instant, RunState> state) {
    return at -> RunReport.byClient(state.apply(at), Set.of(state.apply(at).name()), at);
  }

  private static EditPipelineRun.Edit keep(String metadata) {
    return new EditPipelineRun.Edit(
        Optional.empty(), _ -> new PipelineDocument(metadata), Optional.empty(), NOTHING);
  }

  private Validation validate(Run run, Verdict verdict) {
    return recordValidation.record(
        OF_ACME, newValidation(Optional.of(run), EVENTS, verdict), Receipt.none());
  }
}
