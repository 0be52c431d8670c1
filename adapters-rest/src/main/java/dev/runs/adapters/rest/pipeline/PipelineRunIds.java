package dev.runs.adapters.rest.pipeline;

import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Rejections;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.request.UuidText;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.List;
import java.util.function.Function;

/** Runs as paths name them: by any text, for clients take ids as they come. */
final class PipelineRunIds {

  private PipelineRunIds() {}

  /**
   * Does something with the run that a path names.
   *
   * @throws RequestRefused when there is no such run
   */
  static <T> T with(String text, Function<RunId, T> work) {
    try {
      return work.apply(UuidText.read(text).map(RunId::new).orElseThrow(RunRejected.NotFound::new));
    } catch (RunRejected.NotFound e) {
      throw new RequestRefused(notFound(text, e));
    }
  }

  private static Problem notFound(String text, RunRejected.NotFound rejection) {
    return Rejections.problem(rejection)
        .withErrors(List.of())
        .withMessage("Run '%s' not found".formatted(text));
  }
}
