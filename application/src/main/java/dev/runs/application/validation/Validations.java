package dev.runs.application.validation;

import dev.runs.application.run.SuccessGate;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All validations there are. Those of a run go with it, and are there no more for anybody once it
 * is marked for deletion.
 */
public interface Validations extends SuccessGate {

  /**
   * @param onceKey of two validations of one organization with the same key only the first is
   *     added; up to 255 characters; nothing for one that has none
   * @return whether it was added
   */
  boolean add(Validation validation, Optional<String> onceKey);

  /** Finds nothing when it is beyond the caller's reach. */
  Optional<Validation> find(Reach reach, ValidationId id);

  /**
   * Removes some of an organization that are of no run, those first that were recorded first.
   *
   * @param verdicts any of these, at least one
   * @param before they were recorded before this
   * @param most how many at most, at least 1
   * @return how many were removed
   */
  int removeLoose(OrganizationId organization, Set<Verdict> verdicts, Instant before, int most);

  /** Those of a run, in the order in which they were recorded. */
  List<Validation> ofRun(RunId run, int most);

  /**
   * Recorded last first.
   *
   * @param limit 1 to {@value ListValidations#LARGEST_PAGE}
   * @param offset 0 to {@value ListValidations#FARTHEST_OFFSET}
   */
  List<Validation> newestFirst(Reach.Within reach, ValidationFilter filter, int limit, int offset);

  /**
   * How many there are, counted no further than {@code most}.
   *
   * @param most at least 1
   */
  int count(Reach.Within reach, ValidationFilter filter, int most);

  /**
   * The validations of a contract in a stretch of time, summed up by hour or by day of UTC, in
   * order; without the hours or days in which there was none.
   *
   * @param from included; the beginning of an hour
   * @param to not included
   * @param isByHour whether by hour instead of by day
   */
  Map<Instant, ValidationSum> sums(
      Reach.Within reach, ContractId contract, Instant from, Instant to, boolean isByHour);

  /**
   * The codes of errors that most validations of a contract found in a stretch of time, most of
   * them first.
   *
   * @param from included
   * @param to not included
   */
  List<CommonError> commonErrors(
      Reach.Within reach, ContractId contract, Instant from, Instant to, int most);
}
