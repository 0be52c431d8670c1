package dev.runs.application.run;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.report;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import dev.runs.domain.validation.FailedValidation;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.ValidationId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SuccessReportsTest {

  private final Run run = root(1);

  @Test
  void letsARunSucceedAgainstWhichNothingStands() {
    var weighed = new SuccessReports(SuccessGate.OPEN).weigh(run, report(StateName.SUCCEEDED));

    assertThat(weighed.report()).isEqualTo(report(StateName.SUCCEEDED));
    assertThat(weighed.reason()).isEmpty();
  }

  @Test
  void tellsOfAFailedValidationAndLetsTheRunSucceed() {
    var weighed = against(Gate.WARN).weigh(run, report(StateName.SUCCEEDED));

    assertThat(weighed.report()).isEqualTo(report(StateName.SUCCEEDED));
    assertThat(weighed.reason())
        .contains("Validation " + uuid(7) + " against contract orders failed.");
  }

  @Test
  void letsTheRunFailByVerdictWhenTheGateIsShut() {
    var weighed = against(Gate.FAIL).weigh(run, report(StateName.SUCCEEDED));
    var failed = run.report(weighed.report());

    assertThat(failed.state())
        .isEqualTo(
            new RunState.Failed(
                NOON.plusSeconds(60),
                new RunFailure(
                    RunFailure.Kind.VERDICT,
                    "Validation " + uuid(7) + " against contract orders failed.")));
    assertThat(failed.isRefusedByVerdict()).isTrue();
  }

  @Test
  void answersTheSameReportAgainAsItDidBefore() {
    var reports = against(Gate.FAIL);
    var failed = run.report(reports.weigh(run, report(StateName.SUCCEEDED)).report());

    var again = reports.weigh(failed, report(StateName.SUCCEEDED));

    assertThat(failed.report(again.report())).isSameAs(failed);
    assertThat(again.reason()).isEmpty();
  }

  @Test
  void leavesWhatHasEndedAndWhatDoesNotSucceedAlone() {
    var reports = against(Gate.FAIL);
    for (var state : List.of(StateName.SUCCEEDED, StateName.FAILED, StateName.CANCELED)) {
      assertThat(reports.weigh(ended(run, state), report(StateName.SUCCEEDED)).report())
          .isEqualTo(report(StateName.SUCCEEDED));
    }
    assertThat(reports.weigh(run, report(StateName.FAILED)).report())
        .isEqualTo(report(StateName.FAILED));
    assertThat(reports.weigh(run, report(StateName.PAUSED)).report())
        .isEqualTo(report(StateName.PAUSED));
  }

  private SuccessReports against(Gate gate) {
    var failed =
        new FailedValidation(run.id(), new ValidationId(uuid(7)), new ContractId("orders"), gate);
    return new SuccessReports(runs -> Map.of(run.id(), List.of(failed)));
  }
}
