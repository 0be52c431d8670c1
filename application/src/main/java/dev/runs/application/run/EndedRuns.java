package dev.runs.application.run;

import dev.runs.domain.run.Run;
import java.util.Optional;

/**
 * Is told of each run that ends, on the node where it ends and only when that is durable; answers
 * at once and throws nothing. A run that is opened again and ends again is told again.
 */
@FunctionalInterface
public interface EndedRuns {

  /** Nobody wants to know. */
  EndedRuns UNHEARD = (_, _) -> {};

  /**
   * @param run in a terminal state
   * @param worker who executed it last; nothing when no worker did
   */
  void add(Run run, Optional<String> worker);
}
