package dev.runs.application.validation;

import dev.runs.domain.access.Reach;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is known of contracts: what was validated against them, by day of UTC and at last, and which
 * pipelines ran for them. Read at a cost that does not grow with the number of validations.
 */
public interface Contracts {

  /** The run of a pipeline that was made last. */
  record LastRun(RunId run, Optional<String> pipelineName, StateName state, Instant createdAt) {}

  /** The validation that was recorded last. */
  record LastValidation(
      ValidationId id, Verdict verdict, Optional<RunId> run, Instant recordedAt) {}

  /**
   * Those that were validated against, that a run of a pipeline names, or of which something is
   * said, by the order of their names in UTF-8.
   *
   * @param after the last of the page before; nothing for the first page
   */
  List<ContractId> page(Reach.Within reach, Optional<ContractId> after, int limit);

  /**
   * How many validations were recorded on each day, also those that are there no more; by the
   * beginning of the day, without the days on which there was none.
   *
   * @param from the beginning of a day, included
   */
  Map<ContractId, SortedMap<Instant, VerdictCounts>> days(
      Reach.Within reach, Collection<ContractId> contracts, Instant from);

  /** Without contracts that have none. */
  Map<ContractId, LastValidation> lastValidations(
      Reach.Within reach, Collection<ContractId> contracts);

  /** Without contracts that have none. */
  Map<ContractId, LastRun> lastRuns(Reach.Within reach, Collection<ContractId> contracts);

  /**
   * The codes of errors that most of the last validations found, most of them first.
   *
   * @param last how many validations are looked at, those recorded last
   * @param most how many codes at most
   */
  List<CommonError> recentErrors(Reach.Within reach, ContractId contract, int last, int most);
}
