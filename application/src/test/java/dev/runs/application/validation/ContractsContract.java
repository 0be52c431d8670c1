package dev.runs.application.validation;

import static dev.runs.application.validation.ValidationFixtures.EVENTS;
import static dev.runs.application.validation.ValidationFixtures.ORDERS;
import static dev.runs.application.validation.ValidationFixtures.at;
import static dev.runs.application.validation.ValidationFixtures.error;
import static dev.runs.application.validation.ValidationFixtures.ofRun;
import static dev.runs.application.validation.ValidationFixtures.validation;
import static dev.runs.application.validation.ValidationFixtures.with;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.validation.Contracts.LastRun;
import dev.runs.application.validation.Contracts.LastValidation;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What everybody promises who knows contracts. */
public abstract class ContractsContract extends StoresContract {

  private static final Reach.Within OF_ACME = Reach.within(ACME.id());
  private static final Reach.Within ELSEWHERE =
      new Reach.Within(ACME.id(), Set.of(new Slug("elsewhere")));
  private static final Instant TODAY = NOON.truncatedTo(ChronoUnit.DAYS);
  private static final ContractId NAMED = new ContractId("only/named ? &");
  private static final ContractId SAID = new ContractId("z");

  private final Run run = root(1);
  private final Run later = root(2);

  @Test
  void areKnownFromValidationsFromRunsAndFromWhatIsSaid() {
    record(validation(10, EVENTS, Verdict.PASSED), validation(11, EVENTS, Verdict.FAILED));
    runFor(run, Optional.of(NAMED));
    runFor(later, Optional.empty());
    stores()
        .write(() ->
            stores().contractPolicies().save(new ContractPolicy(ACME.id(), SAID, Gate.WARN, NOON)));

    assertThat(page(OF_ACME, Optional.empty(), 2)).containsExactly(NAMED, EVENTS);
    assertThat(page(OF_ACME, Optional.of(EVENTS), 2)).containsExactly(SAID);
    assertThat(page(OF_ACME, Optional.of(SAID), 2)).isEmpty();
    assertThat(page(Reach.within(GLOBEX.id()), Optional.empty(), 2)).isEmpty();
  }

  @Test
  void mayHaveNoName() {
    var nameless = new ContractId("");
    record(validation(10, nameless, Verdict.PASSED), validation(11, EVENTS, Verdict.PASSED));

    assertThat(page(OF_ACME, Optional.empty(), 9)).containsExactly(nameless, EVENTS);
    assertThat(page(OF_ACME, Optional.of(nameless), 9)).containsExactly(EVENTS);
  }

  @Test
  void areNotKnownBeyondReach() {
    record(validation(10, EVENTS, Verdict.PASSED));
    runFor(run, Optional.of(NAMED));

    assertThat(page(ELSEWHERE, Optional.empty(), 9)).isEmpty();
    assertThat(contracts().days(ELSEWHERE, List.of(EVENTS), Instant.EPOCH)).isEmpty();
    assertThat(contracts().lastValidations(ELSEWHERE, List.of(EVENTS))).isEmpty();
    assertThat(contracts().lastRuns(ELSEWHERE, List.of(NAMED))).isEmpty();
    assertThat(contracts().recentErrors(ELSEWHERE, EVENTS, 9, 9)).isEmpty();
    var here = new Reach.Within(ACME.id(), Set.of(Slug.DEFAULT));
    assertThat(page(here, Optional.empty(), 9)).containsExactly(NAMED, EVENTS);
  }

  @Test
  void countValidationsByDayAndVerdict() {
    record(
        at(TODAY, 10, Verdict.PASSED),
        at(TODAY.plusMillis(86_399_999), 11, Verdict.PASSED),
        at(NOON, 12, Verdict.FAILED),
        at(NOON, 13, Verdict.WARNING),
        at(NOON, 14, Verdict.SKIPPED),
        at(TODAY.minusMillis(1), 15, Verdict.FAILED),
        validation(16, ORDERS, Verdict.PASSED));

    var yesterday = TODAY.minus(1, ChronoUnit.DAYS);
    assertThat(contracts().days(OF_ACME, List.of(EVENTS), yesterday))
        .isEqualTo(
            Map.of(
                EVENTS,
                Map.of(
                    yesterday,
                    new VerdictCounts(0, 1, 0, 0),
                    TODAY,
                    new VerdictCounts(2, 1, 1, 1))));
    assertThat(contracts().days(OF_ACME, List.of(EVENTS, ORDERS), TODAY))
        .containsOnlyKeys(EVENTS, ORDERS)
        .extractingByKey(EVENTS)
        .isEqualTo(Map.of(TODAY, new VerdictCounts(2, 1, 1, 1)));
    assertThat(contracts().days(OF_ACME, List.of(), TODAY)).isEmpty();
  }

  @Test
  void countEachOfManyThatAreRecordedAtOnce() {
    AtOnce.with(
        16,
        number -> {
          record(validation(100 + number, EVENTS, Verdict.PASSED));
          return number;
        });

    assertThat(contracts().days(OF_ACME, List.of(EVENTS), TODAY))
        .isEqualTo(Map.of(EVENTS, Map.of(TODAY, new VerdictCounts(16, 0, 0, 0))));
  }

  @Test
  void countWhatIsRecordedOnceOnlyOnce() {
    stores()
        .write(() -> {
          stores().validations().add(validation(10, EVENTS, Verdict.PASSED), Optional.of("k"));
          stores().validations().add(validation(11, EVENTS, Verdict.PASSED), Optional.of("k"));
        });

    assertThat(contracts().days(OF_ACME, List.of(EVENTS), TODAY).get(EVENTS))
        .isEqualTo(Map.of(TODAY, new VerdictCounts(1, 0, 0, 0)));
  }

  @Test
  void stillCountWhatWentWithItsRun() {
    add(run);
    record(ofRun(run, 10, EVENTS, Verdict.FAILED));
    mark(run);
    sweep(run, 5);

    assertThat(contracts().days(OF_ACME, List.of(EVENTS), TODAY)).hasSize(1);
    assertThat(page(OF_ACME, Optional.empty(), 9)).containsExactly(EVENTS);
    assertThat(contracts().lastValidations(OF_ACME, List.of(EVENTS))).isEmpty();
  }

  @Test
  void haveALastValidation() {
    add(run);
    var last = ofRun(run, 20, EVENTS, Verdict.FAILED);
    record(at(NOON, 21, Verdict.PASSED), last, validation(22, ORDERS, Verdict.WARNING));

    assertThat(contracts().lastValidations(OF_ACME, List.of(EVENTS, ORDERS, NAMED)))
        .isEqualTo(
            Map.of(
                EVENTS,
                new LastValidation(
                    last.id(), Verdict.FAILED, Optional.of(run.id()), last.recordedAt()),
                ORDERS,
                new LastValidation(
                    validation(22, ORDERS, Verdict.WARNING).id(),
                    Verdict.WARNING,
                    Optional.empty(),
                    NOON)));
    assertThat(contracts().lastValidations(OF_ACME, List.of())).isEmpty();
    mark(run);
    assertThat(contracts().lastValidations(OF_ACME, List.of(EVENTS)).values())
        .extracting(LastValidation::verdict)
        .containsExactly(Verdict.PASSED);
  }

  @Test
  void haveALastRun() {
    runFor(run, Optional.of(EVENTS));
    runFor(later, Optional.of(EVENTS));

    assertThat(contracts().lastRuns(OF_ACME, List.of(EVENTS, ORDERS)))
        .isEqualTo(
            Map.of(
                EVENTS,
                new LastRun(runId(2), Optional.of("daily"), later.stateName(), later.createdAt())));
    assertThat(contracts().lastRuns(OF_ACME, List.of())).isEmpty();
    mark(later);
    assertThat(contracts().lastRuns(OF_ACME, List.of(EVENTS)).values())
        .extracting(LastRun::run)
        .containsExactly(runId(1));
  }

  @Test
  void tellTheCommonErrorsOfTheLastValidations() {
    record(
        failing(at(NOON, 10, Verdict.FAILED), "OLD"),
        failing(at(NOON.plusSeconds(1), 11, Verdict.FAILED), "RANGE"),
        failing(at(NOON.plusSeconds(2), 12, Verdict.FAILED), "NULL_VALUE"),
        failing(at(NOON.plusSeconds(3), 13, Verdict.FAILED), "NULL_VALUE"));

    assertThat(contracts().recentErrors(OF_ACME, EVENTS, 3, 9))
        .containsExactly(
            new CommonError("NULL_VALUE", "NULL_VALUE was found", 2, 6),
            new CommonError("RANGE", "RANGE was found", 1, 3));
    assertThat(contracts().recentErrors(OF_ACME, EVENTS, 3, 1)).hasSize(1);
    assertThat(contracts().recentErrors(OF_ACME, ORDERS, 3, 9)).isEmpty();
  }

  private static Validation failing(Validation plain, String code) {
    return with(
        plain,
        List.of(error(code, 3)),
        new RowCounts(10, Optional.empty(), Optional.empty(), 3),
        Optional.empty());
  }

  private void record(Validation... validations) {
    stores()
        .write(() ->
            Arrays.asList(validations)
                .forEach(one -> stores().validations().add(one, Optional.empty())));
  }

  private void runFor(Run made, Optional<ContractId> contract) {
    add(made);
    var facts =
        new PipelineFacts(
            contract,
            Optional.empty(),
            Optional.empty(),
            Optional.of("daily"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    stores()
        .write(() ->
            stores()
                .pipelineRuns()
                .add(
                    made,
                    new PipelineRun(
                        made.id(),
                        facts,
                        PipelineDocument.EMPTY,
                        Optional.empty(),
                        new Principal("key:test"),
                        1)));
  }

  private List<ContractId> page(Reach.Within reach, Optional<ContractId> after, int limit) {
    return contracts().page(reach, after, limit);
  }

  private Contracts contracts() {
    return stores().contracts();
  }
}
