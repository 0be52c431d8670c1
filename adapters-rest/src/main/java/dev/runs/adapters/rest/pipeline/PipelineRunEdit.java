package dev.runs.adapters.rest.pipeline;

import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.registry.Documents;
import dev.runs.adapters.rest.registry.RegistryStatus;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.pipeline.EditPipelineRun.Edit;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.secret.Input;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client says of a run that is there.
 *
 * @param isCancellation whether the run and all below it are to be canceled
 * @param edit everything else that is said
 */
record PipelineRunEdit(boolean isCancellation, Edit edit) {

  private static final String STATUS = "status";
  private static final String METADATA = "metadata";
  private static final String RESULT = "result";

  /**
   * An empty result does not take the place of the one there is. <em>Source: the pipeline
   * registry.</em>
   *
   * @throws RequestRefused when something is wrong with it
   */
  static PipelineRunEdit read(Body body) {
    var fields = Fields.of(body);
    if (isNothingSaid(fields)) {
      fields.requireAs(STATUS, "status, metadata or result is required");
    }
    var status = NewPipelineRuns.status(fields);
    var metadata = Documents.object(fields, METADATA).flatMap(_ -> fields.object(METADATA));
    var result =
        Documents.object(fields, RESULT).filter(given -> !given.equals(PipelineDocument.EMPTY));
    fields.faults().refuseIfAny();
    var report = status.filter(said -> said != RegistryStatus.CANCELLED);
    return new PipelineRunEdit(
        status.isPresent() && report.isEmpty(),
        new Edit(
            report.map(said -> said::report),
            metadata.map(Fields::object).map(PipelineRunEdit::merging).orElse(kept -> kept),
            result,
            fields.input()));
  }

  /** An edit that changes nothing. */
  static Edit nothing() {
    return new Edit(Optional.empty(), kept -> kept, Optional.empty(), new Input.Members(Map.of()));
  }

  private static boolean isNothingSaid(Fields fields) {
    return isAbsent(fields, STATUS) && isAbsent(fields, METADATA) && isAbsent(fields, RESULT);
  }

  private static boolean isAbsent(Fields fields, String name) {
    return !fields.has(name) || fields.isNull(name);
  }

  private static UnaryOperator<PipelineDocument> merging(ObjectNode change) {
    return document -> {
      try {
        return Documents.merged(document, change);
      } catch (PipelineRejected.DocumentTooLarge e) {
        throw new RequestRefused(
            Problem.invalid(new FieldError(Place.BODY.member(METADATA), e.code(), e.sentence())));
      }
    };
  }
}
