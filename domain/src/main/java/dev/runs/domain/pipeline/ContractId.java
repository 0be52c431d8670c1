package dev.runs.domain.pipeline;

/**
 * Names the contract that data is held to. Contracts are kept elsewhere; here they are only named.
 *
 * @param value up to {@value PipelineFacts#MOST_CHARACTERS} characters but NUL; may be empty, as
 *     the registry's clients send it. <em>Source: the pipeline registry, which checks no more.</em>
 */
public record ContractId(String value) implements Comparable<ContractId> {

  /**
   * @throws PipelineRejected.BadText when it is longer, or has a NUL
   */
  public ContractId {
    PipelineFacts.check("contract_id", value);
  }

  @Override
  public int compareTo(ContractId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
