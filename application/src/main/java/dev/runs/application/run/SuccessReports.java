package dev.runs.application.run;

import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.StateName;
import dev.runs.domain.validation.FailedValidation;
import dev.runs.domain.validation.Gate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Weighs reports of success against what validated the runs. */
public final class SuccessReports {

  private final SuccessGate gate;

  public SuccessReports(SuccessGate gate) {
    this.gate = gate;
  }

  /**
   * A report as it counts.
   *
   * @param reason what its event tells besides; nothing when there is nothing to tell
   */
  public record Weighed(RunReport report, Optional<String> reason) {}

  /** What stands against the success of some runs, in one query for all. */
  public Map<RunId, List<FailedValidation>> against(Collection<RunId> runs) {
    return runs.isEmpty() ? Map.of() : gate.failedOf(runs);
  }

  /** A report on one run. */
  public Weighed weigh(Run run, RunReport report) {
    return weigh(
        run,
        report,
        isQuestion(run, report)
            ? against(List.of(run.id())).getOrDefault(run.id(), List.of())
            : List.of());
  }

  /**
   * A report on a run of which is known what stands against its success.
   *
   * @param against as {@link #against} found it
   */
  public static Weighed weigh(Run run, RunReport report, List<FailedValidation> against) {
    if (report.state().name() != StateName.SUCCEEDED) {
      return new Weighed(report, Optional.empty());
    }
    if (run.isRefusedByVerdict() && report.attempt() <= run.attempt()) {
      // the answer was given already, to this very report
      return new Weighed(report.heldBack(""), Optional.empty());
    }
    if (run.stateName().isTerminal() || against.isEmpty()) {
      return new Weighed(report, Optional.empty());
    }
    var why = Optional.of(sentence(against));
    return isStopped(against)
        ? new Weighed(report.heldBack(why.get()), why)
        : new Weighed(report, why);
  }

  /** Whether what stands against a success stops it. */
  public static boolean isStopped(List<FailedValidation> against) {
    return against.stream().anyMatch(failed -> failed.gate() == Gate.FAIL);
  }

  /** Everything that stands against a success, for a person. */
  public static String sentence(List<FailedValidation> against) {
    return against.stream().map(FailedValidation::sentence).collect(Collectors.joining(" "));
  }

  private static boolean isQuestion(Run run, RunReport report) {
    return report.state().name() == StateName.SUCCEEDED && run.stateName().isLive();
  }
}
