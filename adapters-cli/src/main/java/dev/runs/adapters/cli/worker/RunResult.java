package dev.runs.adapters.cli.worker;

import java.util.Optional;

/**
 * What the work on a run has brought.
 *
 * @param output a JSON document of at most 256 KiB
 * @param outputRef where the output lies, when it is kept elsewhere
 */
public record RunResult(Optional<String> output, Optional<String> outputRef) {

  /** The work is done and there is nothing to keep. */
  public static RunResult nothing() {
    return new RunResult(Optional.empty(), Optional.empty());
  }

  /**
   * @param json a JSON document of at most 256 KiB
   */
  public static RunResult of(String json) {
    return new RunResult(Optional.of(json), Optional.empty());
  }

  /** The output lies there. */
  public static RunResult at(String outputRef) {
    return new RunResult(Optional.empty(), Optional.of(outputRef));
  }
}
