package dev.runs.adapters.rest.registry;

import dev.runs.adapters.rest.request.Fields;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineFacts;
import java.util.Optional;

/** What runs and validations alike are known by. What is wrong is noted and reads as absent. */
public final class Facts {

  private static final String CONTRACT = "contract_id";
  private static final String PROJECT = "project_id";

  private Facts() {}

  /** A text of up to {@value PipelineFacts#MOST_CHARACTERS} characters. */
  public static Optional<String> text(Fields fields, String name) {
    return fields.made(name, fields.text(name), text -> checked(name, text));
  }

  /** The contract, which must be named. */
  public static Optional<ContractId> contract(Fields fields) {
    return fields.made(CONTRACT, fields.required(CONTRACT, fields.text(CONTRACT)), ContractId::new);
  }

  /** A project, by its id or slug; an empty text names none. */
  public static Optional<ProjectRef> project(Fields fields) {
    return fields.made(
        PROJECT, fields.text(PROJECT).filter(text -> !text.isEmpty()), ProjectRef::of);
  }

  private static String checked(String name, String text) {
    PipelineFacts.check(name, text);
    return text;
  }
}
