package dev.runs.domain.pipeline;

import java.util.Optional;

/**
 * What a run of a pipeline is known by, as its client says it; each text has up to {@value
 * #MOST_CHARACTERS} characters, none of them NUL, which no database keeps.
 *
 * @param contract what its data is held to; nothing when nobody named one
 * @param pipelineName such as {@code daily-etl}
 * @param pipelineId what the run is called where it is executed
 * @param trigger what set it off
 */
public record PipelineFacts(
    Optional<ContractId> contract,
    Optional<String> contractVersion,
    Optional<String> schemaName,
    Optional<String> pipelineName,
    Optional<String> pipelineId,
    Optional<String> environment,
    Optional<String> trigger) {

  /** The service of pipeline runs. */
  public static final String SERVICE = "pipelines";

  /** The most characters of each text. */
  public static final int MOST_CHARACTERS = 255;

  private static final String UNNAMED = "pipeline";

  /**
   * @throws PipelineRejected.BadText when one of the texts is longer, or has a NUL
   */
  public PipelineFacts {
    contractVersion.ifPresent(text -> check("contract_version", text));
    schemaName.ifPresent(text -> check("schema_name", text));
    pipelineName.ifPresent(text -> check("pipeline_name", text));
    pipelineId.ifPresent(text -> check("pipeline_id", text));
    environment.ifPresent(text -> check("environment", text));
    trigger.ifPresent(text -> check("trigger", text));
  }

  /** The task of the run: the first of its pipeline's name and its contract that is there. */
  public String task() {
    return pipelineName
        .filter(text -> !text.isEmpty())
        .or(() -> contract.map(ContractId::value).filter(text -> !text.isEmpty()))
        .orElse(UNNAMED);
  }

  /**
   * Checks one of the texts of a pipeline.
   *
   * @param field what its clients call it
   * @throws PipelineRejected.BadText when it is too long, or has a NUL
   */
  public static void check(String field, String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw PipelineRejected.BadText.tooLong(field, MOST_CHARACTERS, text.length());
    }
    if (text.indexOf('\0') >= 0) {
      throw PipelineRejected.BadText.withNul(field);
    }
  }
}
