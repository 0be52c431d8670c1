package dev.runs.application.retention;

import static dev.runs.application.validation.ValidationFixtures.at;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.UseCaseTest;
import dev.runs.application.validation.ValidationFilter;
import dev.runs.domain.access.Reach;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.Verdict;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SweepLooseValidationsTest extends UseCaseTest {

  private final Validation passed = at(NOON.minus(31, ChronoUnit.DAYS), 1, Verdict.PASSED);
  private final Validation warned = at(NOON.minus(29, ChronoUnit.DAYS), 2, Verdict.WARNING);
  private final Validation failed = at(NOON.minus(91, ChronoUnit.DAYS), 3, Verdict.FAILED);
  private final Validation lately = at(NOON.minus(89, ChronoUnit.DAYS), 4, Verdict.FAILED);

  @Test
  void removesWhatIsOlderThanItsVerdictIsKept() {
    record(passed, warned, failed, lately);

    sweep(RetentionPolicy.USUAL);

    assertThat(left()).containsExactly(warned, lately);
  }

  @Test
  void goesByWhatTheOrganizationHasSaid() {
    record(passed, warned, failed, lately);
    world.write(() ->
        world
            .retentionPolicies()
            .save(ACME.id(), new RetentionPolicy(Optional.empty(), Optional.of(1))));

    sweep(RetentionPolicy.USUAL);

    assertThat(left()).containsExactly(warned, passed);
  }

  @Test
  void removesMoreThanFitsInOneStep() {
    for (var number = 10; number < 15; number++) {
      record(at(NOON.minus(40, ChronoUnit.DAYS), number, Verdict.PASSED));
    }

    sweep(RetentionPolicy.USUAL);

    assertThat(left()).isEmpty();
  }

  private void sweep(RetentionPolicy usual) {
    var sweep =
        new SweepLooseValidations(
                world.retentionPolicies(),
                world.validations(),
                world.organizations(),
                world.transactions(),
                clock,
                usual,
                2)
            .begin();
    while (sweep.step()) {
      // until nothing is left
    }
  }

  private void record(Validation... some) {
    world.write(
        () -> Arrays.asList(some).forEach(one -> world.validations().add(one, Optional.empty())));
  }

  private List<Validation> left() {
    return world.validations().newestFirst(Reach.within(ACME.id()), ValidationFilter.ALL, 100, 0);
  }
}
