package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place.Pointer;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRun.Owner;
import dev.runs.application.run.NewRun.Parent;

/** How the refusal of a new run reads in the form it was asked for in. */
final class RunRefusals {

  private static final String NO_PARENT = "run.parent_not_found";

  private RunRefusals() {}

  /** An unknown parent is bad input in the later form and something missing in the first. */
  static Problem asAskedFor(NewRun run, Problem problem) {
    var named =
        problem.withErrors(problem.errors().stream().map(error -> renamed(run, error)).toList());
    return named.code().equals(NO_PARENT) && run.owner() instanceof Owner.External
        ? named.withStatus(400)
        : named;
  }

  private static FieldError renamed(NewRun run, FieldError error) {
    if (!(error.place() instanceof Pointer(var pointer))) {
      return error;
    }
    var renamed = pointer;
    if (run.owner() instanceof Owner.External) {
      renamed = renamed.replaceFirst("/organizationId$", "/clerkOrgId");
    }
    if (run.parent().orElse(null) instanceof Parent.InBatch) {
      renamed = renamed.replaceFirst("/parentRunId$", "/parentRef");
    }
    return new FieldError(new Pointer(renamed), error.code(), error.message());
  }
}
