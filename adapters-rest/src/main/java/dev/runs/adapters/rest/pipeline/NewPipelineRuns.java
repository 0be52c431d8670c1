package dev.runs.adapters.rest.pipeline;

import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.registry.Documents;
import dev.runs.adapters.rest.registry.Facts;
import dev.runs.adapters.rest.registry.RegistryStatus;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.request.UuidText;
import dev.runs.application.pipeline.NewPipelineRun;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.Optional;

/** Reads what clients say of a run that is to be recorded. What need not be given may be null. */
final class NewPipelineRuns {

  private static final String STATUS = "status";
  private static final String PARENT = "parent_run_id";

  private NewPipelineRuns() {}

  /**
   * @throws RequestRefused when something is wrong with it
   */
  static NewPipelineRun read(Body body) {
    var fields = Fields.of(body);
    var contract = Facts.contract(fields);
    var version = Facts.text(fields, "contract_version");
    var schema = Facts.text(fields, "schema_name");
    var name = Facts.text(fields, "pipeline_name");
    var id = Facts.text(fields, "pipeline_id");
    var environment = Facts.text(fields, "environment");
    var trigger = Facts.text(fields, "trigger");
    var status = status(fields).orElse(RegistryStatus.PENDING);
    var metadata = Documents.object(fields, "metadata").orElse(PipelineDocument.EMPTY);
    var project = Facts.project(fields);
    var parent = parent(fields);
    fields.faults().refuseIfAny();
    return new NewPipelineRun(
        new PipelineFacts(contract, version, schema, name, id, environment, trigger),
        metadata,
        parent,
        project,
        status::state,
        fields.input());
  }

  /** The status that is given; nothing when there is none, or when it is no status. */
  static Optional<RegistryStatus> status(Fields fields) {
    var word = fields.text(STATUS);
    var status = word.flatMap(RegistryStatus::ofWord);
    if (word.isPresent() && status.isEmpty()) {
      fields.refuse(STATUS, "status must be one of " + RegistryStatus.words());
    }
    return status;
  }

  private static Optional<RunId> parent(Fields fields) {
    var text = fields.text(PARENT);
    var id = text.flatMap(UuidText::read);
    if (text.isPresent() && id.isEmpty()) {
      var unknown = new RunRejected.ParentNotFound(text.get());
      fields.faults().add(new FieldError(fields.place(PARENT), unknown.code(), unknown.sentence()));
    }
    return id.map(RunId::new);
  }
}
