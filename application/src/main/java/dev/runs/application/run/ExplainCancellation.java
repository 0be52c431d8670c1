package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.run.EndReasons.EndReason;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.util.List;
import java.util.Optional;

/** Says why a run was canceled, and by whom. */
public final class ExplainCancellation {

  private final EndReasons endReasons;

  public ExplainCancellation(EndReasons endReasons) {
    this.endReasons = endReasons;
  }

  /**
   * Nothing when the run was not canceled, nobody said why, or it is beyond the caller's reach.
   *
   * @param run as it is now
   */
  public Optional<EndReason> explain(Caller caller, Run run) {
    var isMeant =
        run.stateName() == StateName.CANCELED
            && caller.reach().includes(run.organization(), run.space().project());
    return isMeant
        ? Optional.ofNullable(endReasons.findAll(List.of(run.id())).get(run.id()))
        : Optional.empty();
  }
}
