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
import static dev.runs.domain.run.RunFixtures.rootOf;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.Run;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.FailedValidation;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of validations promises. */
public abstract class ValidationsContract extends StoresContract {

  private static final Reach.Within OF_ACME = Reach.within(ACME.id());
  private static final Instant TOMORROW = NOON.plus(1, ChronoUnit.DAYS);

  private final Run run = root(1);
  private final Run other = root(2);

  // ---- kept as they were recorded

  @Test
  void givesBackEverythingThatWasRecorded() {
    add(run);
    var full =
        with(
            ofRun(run, 10, EVENTS, Verdict.FAILED, Optional.of("events")),
            List.of(error("NULL_VALUE", 3), error("RANGE", 0)),
            new RowCounts(Long.MAX_VALUE, Optional.of(97L), Optional.of(3L), 5),
            Optional.of(Duration.ofNanos(1_234_567_000)));
    record(full);

    assertThat(validations().find(OF_ACME, full.id())).contains(full);
    assertThat(validations().ofRun(run.id(), 10)).containsExactly(full);
  }

  @Test
  void givesBackWhatSaysNothing() {
    var empty = validation(10, EVENTS, Verdict.SKIPPED);
    record(empty);

    assertThat(validations().find(Reach.everywhere(), empty.id())).contains(empty);
  }

  @Test
  void findsNothingBeyondReach() {
    var known = validation(10, EVENTS, Verdict.PASSED);
    record(known);

    assertThat(validations().find(Reach.within(GLOBEX.id()), known.id())).isEmpty();
    var elsewhere = new Reach.Within(ACME.id(), Set.of(new Slug("elsewhere")));
    assertThat(validations().find(elsewhere, known.id())).isEmpty();
    assertThat(validations().newestFirst(elsewhere, ValidationFilter.ALL, 10, 0)).isEmpty();
    assertThat(validations().find(OF_ACME, new ValidationId(uuid(11)))).isEmpty();
  }

  @Test
  void keepsOfTwoWithTheSameKeyOnlyTheFirst() {
    var first = validation(10, EVENTS, Verdict.PASSED);
    var second = validation(11, EVENTS, Verdict.FAILED);

    assertThat(recordOnce(first, "k")).isTrue();
    assertThat(recordOnce(second, "k")).isFalse();
    assertThat(recordOnce(second, "other")).isTrue();
    assertThat(validations().newestFirst(OF_ACME, ValidationFilter.ALL, 10, 0))
        .containsExactly(second, first);
  }

  @Test
  void keepsOfManyWithTheSameKeyAtOnceOnlyOne() {
    var added =
        AtOnce.with(
            8, number -> recordOnce(validation(100 + number, EVENTS, Verdict.PASSED), "same"));

    assertThat(added).filteredOn(its -> its).hasSize(1);
    assertThat(validations().count(OF_ACME, ValidationFilter.ALL, 10)).isEqualTo(1);
  }

  // ---- lists

  @Test
  void listsTheNewestFirst() {
    var early = at(NOON.minusSeconds(5), 12, Verdict.PASSED);
    var late = at(NOON, 10, Verdict.PASSED);
    var latest = at(NOON, 11, Verdict.PASSED);
    record(late, early, latest);

    assertThat(validations().newestFirst(OF_ACME, ValidationFilter.ALL, 2, 0))
        .containsExactly(latest, late);
    assertThat(validations().newestFirst(OF_ACME, ValidationFilter.ALL, 2, 2))
        .containsExactly(early);
    assertThat(validations().newestFirst(Reach.within(GLOBEX.id()), ValidationFilter.ALL, 2, 0))
        .isEmpty();
  }

  @Test
  void listsThoseThatEachFilterMeans() {
    add(run);
    var ofRun = ofRun(run, 10, EVENTS, Verdict.FAILED, Optional.of("events"));
    var passed = validation(11, ORDERS, Verdict.PASSED);
    var warned = validation(12, ORDERS, Verdict.WARNING);
    record(ofRun, passed, warned);

    assertThat(matching(filter(Optional.of("orders"), Set.of()))).containsExactly(warned, passed);
    assertThat(matching(filter(Optional.empty(), Set.of(Verdict.PASSED, Verdict.WARNING))))
        .containsExactly(warned, passed);
    assertThat(
            matching(
                new ValidationFilter(
                    Optional.empty(),
                    Optional.of(run.id()),
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty())))
        .containsExactly(ofRun);
    assertThat(
            matching(
                new ValidationFilter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("events"),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty())))
        .containsExactly(ofRun);
    assertThat(matching(recorded(NOON.plusSeconds(10), TOMORROW))).containsExactly(ofRun);
    assertThat(matching(recorded(NOON.minusSeconds(1), NOON))).containsExactly(warned, passed);
  }

  @Test
  void countsNoFurtherThanAsked() {
    for (var number = 10; number < 15; number++) {
      record(validation(number, EVENTS, Verdict.PASSED));
    }

    assertThat(validations().count(OF_ACME, ValidationFilter.ALL, 3)).isEqualTo(3);
    assertThat(validations().count(OF_ACME, ValidationFilter.ALL, 10)).isEqualTo(5);
    assertThat(validations().count(OF_ACME, filter(Optional.of("none"), Set.of()), 10)).isZero();
  }

  @Test
  void showsNoneOfARunThatIsBeingDeleted() {
    add(run, other);
    var gone = ofRun(run, 10, EVENTS, Verdict.PASSED);
    var kept = ofRun(other, 11, EVENTS, Verdict.PASSED);
    record(gone, kept);
    mark(run);

    assertThat(validations().find(Reach.everywhere(), gone.id())).isEmpty();
    assertThat(validations().newestFirst(OF_ACME, ValidationFilter.ALL, 10, 0))
        .containsExactly(kept);
    assertThat(sumOf(NOON.minusSeconds(1), TOMORROW).total()).isEqualTo(1);
  }

  @Test
  void losesThoseOfARunThatIsRemovedAndNoOthers() {
    add(run, other);
    record(
        with(
            ofRun(run, 10, EVENTS, Verdict.FAILED),
            List.of(error("NULL_VALUE", 1)),
            new RowCounts(1, Optional.empty(), Optional.empty(), 1),
            Optional.empty()));
    var kept = ofRun(other, 11, EVENTS, Verdict.PASSED);
    record(kept);
    mark(run);
    sweep(run, 100);

    assertThat(validations().ofRun(run.id(), 10)).isEmpty();
    assertThat(validations().ofRun(other.id(), 10)).containsExactly(kept);
  }

  @Test
  void removesTheOldestOfNoRunFirst() {
    add(run);
    var ofRun = ofRun(run, 9, EVENTS, Verdict.PASSED);
    var oldest =
        with(
            at(NOON.minusSeconds(9), 10, Verdict.PASSED),
            List.of(error("RANGE", 1)),
            new RowCounts(1, Optional.empty(), Optional.empty(), 1),
            Optional.empty());
    var old = at(NOON.minusSeconds(8), 11, Verdict.WARNING);
    var failed = at(NOON.minusSeconds(7), 12, Verdict.FAILED);
    var young = at(NOON, 13, Verdict.PASSED);
    record(ofRun, oldest, old, failed, young);

    assertThat(removeLoose(GLOBEX.id(), NOON.plusSeconds(60), 10)).isZero();
    assertThat(removeLoose(ACME.id(), NOON, 1)).isEqualTo(1);
    assertThat(matching(ValidationFilter.ALL)).containsExactly(ofRun, young, failed, old);
    assertThat(removeLoose(ACME.id(), NOON, 10)).isEqualTo(1);
    assertThat(matching(ValidationFilter.ALL)).containsExactly(ofRun, young, failed);
    assertThat(
            validations()
                .commonErrors(OF_ACME, EVENTS, NOON.minusSeconds(60), NOON.plusSeconds(60), 10))
        .isEmpty();
  }

  // ---- sums

  @Test
  void sumsUpByHourAndByDayOfUtc() {
    var start = Instant.parse("2026-03-01T23:59:59.999999Z");
    record(
        with(
            at(start, 10, Verdict.FAILED),
            List.of(),
            new RowCounts(50, Optional.empty(), Optional.empty(), 5),
            Optional.of(Duration.ofMillis(30))),
        at(start.plusNanos(1_000), 11, Verdict.PASSED),
        at(start.plusSeconds(3_601), 12, Verdict.WARNING),
        at(start.plusSeconds(3_602), 13, Verdict.SKIPPED),
        validation(14, ORDERS, Verdict.PASSED));

    var failed = new ValidationSum(0, 1, 0, 0, 50, 5, 1, 30_000);
    assertThat(sums(true))
        .isEqualTo(
            Map.of(
                Instant.parse("2026-03-01T23:00:00Z"), failed,
                Instant.parse("2026-03-02T00:00:00Z"), ofEach(1, 0, 0, 100),
                Instant.parse("2026-03-02T01:00:00Z"), ofEach(0, 1, 1, 200)));
    assertThat(sums(false))
        .isEqualTo(
            Map.of(
                Instant.parse("2026-03-01T00:00:00Z"),
                failed,
                Instant.parse("2026-03-02T00:00:00Z"),
                ofEach(1, 1, 1, 300)));
  }

  @Test
  void sumsUpFromTheFirstMomentToBeforeTheLast() {
    record(at(NOON, 10, Verdict.PASSED), at(NOON.plusSeconds(1), 11, Verdict.PASSED));

    assertThat(sumOf(NOON, NOON.plusSeconds(1)).total()).isEqualTo(1);
    assertThat(sumOf(NOON.plusNanos(1_000), TOMORROW).total()).isEqualTo(1);
    assertThat(sumOf(TOMORROW, TOMORROW.plusSeconds(1)).total()).isZero();
  }

  @Test
  void tellsTheErrorsThatMostValidationsFound() {
    var counts = new RowCounts(10, Optional.empty(), Optional.empty(), 2);
    record(
        with(
            validation(10, EVENTS, Verdict.FAILED),
            List.of(error("NULL_VALUE", 3), error("NULL_VALUE", 4), error("RANGE", 1)),
            counts,
            Optional.empty()),
        with(
            validation(11, EVENTS, Verdict.FAILED),
            List.of(error("NULL_VALUE", 5), error("TYPE", 2)),
            counts,
            Optional.empty()));

    assertThat(validations().commonErrors(OF_ACME, EVENTS, NOON, TOMORROW, 2))
        .containsExactly(
            new CommonError("NULL_VALUE", "NULL_VALUE was found", 2, 12),
            new CommonError("RANGE", "RANGE was found", 1, 1));
    assertThat(validations().commonErrors(OF_ACME, ORDERS, NOON, TOMORROW, 2)).isEmpty();
  }

  // ---- what stands against success

  @Test
  void tellsWhatStandsAgainstTheSuccessOfRuns() {
    add(run, other);
    gate(EVENTS, Gate.WARN);
    gate(ORDERS, Gate.FAIL);
    record(
        ofRun(run, 10, EVENTS, Verdict.FAILED),
        ofRun(run, 11, ORDERS, Verdict.FAILED),
        ofRun(other, 12, EVENTS, Verdict.WARNING));

    assertThat(validations().failedOf(Set.of(run.id(), other.id())))
        .isEqualTo(
            Map.of(
                run.id(),
                List.of(
                    new FailedValidation(run.id(), new ValidationId(uuid(11)), ORDERS, Gate.FAIL),
                    new FailedValidation(
                        run.id(), new ValidationId(uuid(10)), EVENTS, Gate.WARN))));
    assertThat(validations().failedOf(List.of())).isEmpty();
  }

  @Test
  void countsOfEachContractAndSchemaOnlyTheLastValidation() {
    add(run);
    gate(EVENTS, Gate.FAIL);
    record(
        ofRun(run, 10, EVENTS, Verdict.FAILED),
        ofRun(run, 11, EVENTS, Verdict.FAILED, Optional.of("clicks")),
        ofRun(run, 12, EVENTS, Verdict.PASSED));

    assertThat(validations().failedOf(Set.of(run.id())).get(run.id()))
        .extracting(FailedValidation::validation)
        .containsExactly(new ValidationId(uuid(11)));
    record(ofRun(run, 13, EVENTS, Verdict.SKIPPED, Optional.of("clicks")));
    assertThat(validations().failedOf(Set.of(run.id()))).isEmpty();
  }

  @Test
  void letsRunsSucceedWhoseContractsHaveNoGate() {
    add(run);
    gate(EVENTS, Gate.NONE);
    record(ofRun(run, 10, EVENTS, Verdict.FAILED), ofRun(run, 11, ORDERS, Verdict.FAILED));

    assertThat(validations().failedOf(Set.of(run.id()))).isEmpty();
  }

  @Test
  void takesThePolicyOfTheOrganizationOfTheRun() {
    var ofGlobex = rootOf(GLOBEX.id(), 3);
    add(ofGlobex);
    gate(EVENTS, Gate.FAIL);
    record(ofRun(ofGlobex, 10, EVENTS, Verdict.FAILED));

    assertThat(validations().failedOf(Set.of(ofGlobex.id()))).isEmpty();
  }

  private int removeLoose(OrganizationId organization, Instant before, int most) {
    return stores()
        .transactions()
        .inTransaction(() ->
            validations()
                .removeLoose(
                    organization,
                    Set.of(Verdict.PASSED, Verdict.WARNING, Verdict.SKIPPED),
                    before,
                    most));
  }

  private static ValidationSum ofEach(long passed, long warning, long skipped, long rows) {
    return new ValidationSum(passed, 0, warning, skipped, rows, 0, 0, 0);
  }

  private void gate(ContractId contract, Gate gate) {
    stores()
        .write(() ->
            stores().contractPolicies().save(new ContractPolicy(ACME.id(), contract, gate, NOON)));
  }

  private Map<Instant, ValidationSum> sums(boolean isByHour) {
    return validations()
        .sums(
            OF_ACME,
            EVENTS,
            NOON.minus(30, ChronoUnit.DAYS),
            NOON.plus(30, ChronoUnit.DAYS),
            isByHour);
  }

  private ValidationSum sumOf(Instant from, Instant to) {
    return validations().sums(OF_ACME, EVENTS, from, to, false).values().stream()
        .reduce(ValidationSum.NONE, ValidationSum::plus);
  }

  private List<Validation> matching(ValidationFilter filter) {
    var found = validations().newestFirst(OF_ACME, filter, 100, 0);
    assertThat(validations().count(OF_ACME, filter, 100)).isEqualTo(found.size());
    return found;
  }

  private static ValidationFilter filter(Optional<String> contract, Set<Verdict> verdicts) {
    return new ValidationFilter(
        contract, Optional.empty(), Optional.empty(), verdicts, Optional.empty(), Optional.empty());
  }

  private static ValidationFilter recorded(Instant from, Instant to) {
    return new ValidationFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.of(from),
        Optional.of(to));
  }

  private void record(Validation... some) {
    stores()
        .write(() -> Arrays.asList(some).forEach(one -> validations().add(one, Optional.empty())));
  }

  private boolean recordOnce(Validation validation, String key) {
    return stores()
        .transactions()
        .inTransaction(() -> validations().add(validation, Optional.of(key)));
  }

  private Validations validations() {
    return stores().validations();
  }
}
