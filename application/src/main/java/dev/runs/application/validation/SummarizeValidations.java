package dev.runs.application.validation;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.domain.pipeline.ContractId;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sums up how the validations of a contract went in the last days. */
public final class SummarizeValidations {

  /** The most days that are looked back. <em>Source: the pipeline registry.</em> */
  public static final int MOST_DAYS = 365;

  /** The most days that are summed up by hour. */
  public static final int MOST_DAYS_BY_HOUR = 31;

  /** How many common errors are told at most. */
  public static final int MOST_ERRORS = 10;

  /** Over which stretches of UTC validations are summed up; weeks begin on Mondays. */
  public enum Granularity {
    HOUR,
    DAY,
    WEEK;

    private Instant startOf(Instant moment) {
      return switch (this) {
        case HOUR -> moment.truncatedTo(ChronoUnit.HOURS);
        case DAY -> moment.truncatedTo(ChronoUnit.DAYS);
        case WEEK ->
            moment
                .atOffset(ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .truncatedTo(ChronoUnit.DAYS)
                .toInstant();
      };
    }
  }

  /**
   * How it went.
   *
   * @param from included
   * @param to not included
   * @param whole all of it
   * @param parts what there was, by the beginning of its hour, day or week
   * @param commonErrors found by most validations first
   */
  public record Summary(
      Instant from,
      Instant to,
      ValidationSum whole,
      SortedMap<Instant, ValidationSum> parts,
      List<CommonError> commonErrors) {

    public Summary {
      parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
      commonErrors = List.copyOf(commonErrors);
    }
  }

  private final Validations validations;
  private final Transactions transactions;
  private final InstantSource clock;

  public SummarizeValidations(
      Validations validations, Transactions transactions, InstantSource clock) {
    this.validations = validations;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Of the last days up to now. The first part may be cut off.
   *
   * @param days 1 to {@value #MOST_DAYS}; by hour up to {@value #MOST_DAYS_BY_HOUR}
   */
  public Summary summarize(Caller caller, ContractId contract, int days, Granularity granularity) {
    var to = clock.instant();
    var from = to.minus(days, ChronoUnit.DAYS);
    return caller
        .reach()
        .in(caller.organization())
        .map(reach ->
            transactions.inSnapshot(() -> {
              var sums =
                  validations.sums(reach, contract, from, to, granularity == Granularity.HOUR);
              var errors = validations.commonErrors(reach, contract, from, to, MOST_ERRORS);
              return summary(from, to, sums, granularity, errors);
            }))
        .orElse(summary(from, to, Map.of(), granularity, List.of()));
  }

  private static Summary summary(
      Instant from,
      Instant to,
      Map<Instant, ValidationSum> sums,
      Granularity granularity,
      List<CommonError> errors) {
    var parts = new TreeMap<Instant, ValidationSum>();
    sums.forEach((start, sum) -> parts.merge(granularity.startOf(start), sum, ValidationSum::plus));
    var whole = parts.values().stream().reduce(ValidationSum.NONE, ValidationSum::plus);
    return new Summary(from, to, whole, parts, errors);
  }
}
