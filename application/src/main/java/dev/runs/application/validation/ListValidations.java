package dev.runs.application.validation;

import dev.runs.application.Caller;
import dev.runs.application.Counted;
import dev.runs.application.Transactions;
import dev.runs.domain.validation.Validation;
import java.util.List;

/** Lists the validations of the organization in which the caller acts. */
public final class ListValidations {

  /** How many a page has at most. <em>Source: the pipeline registry.</em> */
  public static final int LARGEST_PAGE = 100;

  /** How far the list can be leafed through. */
  public static final int FARTHEST_OFFSET = 100_000;

  private final Validations validations;
  private final Transactions transactions;

  public ListValidations(Validations validations, Transactions transactions) {
    this.validations = validations;
    this.transactions = transactions;
  }

  /**
   * Recorded last first.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @param offset 0 to {@value #FARTHEST_OFFSET}
   */
  public Counted<Validation> list(Caller caller, ValidationFilter filter, int limit, int offset) {
    return caller
        .reach()
        .in(caller.organization())
        .map(reach ->
            transactions.inSnapshot(() ->
                Counted.of(
                    validations.newestFirst(reach, filter, limit, offset),
                    validations.count(reach, filter, Counted.FARTHEST + 1))))
        .orElse(new Counted<>(List.of(), 0, false));
  }
}
