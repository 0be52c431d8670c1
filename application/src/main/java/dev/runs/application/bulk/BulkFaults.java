package dev.runs.application.bulk;

import dev.runs.domain.run.RunId;

/** Is told of runs to which a bulk operation could not be done for a fault of the service. */
@FunctionalInterface
public interface BulkFaults {

  /** Nobody wants to know. */
  BulkFaults UNHEARD = (_, _, _) -> {};

  void tell(BulkId operation, RunId run, RuntimeException fault);
}
