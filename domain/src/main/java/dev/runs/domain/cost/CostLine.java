package dev.runs.domain.cost;

import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run used of one thing, at the price of the moment. Lines are never changed; what was wrong
 * is corrected by a further, negative line.
 *
 * @param quantity with six decimals
 * @param unitPrice with ten decimals
 * @param corrects the line that this one takes back, wholly or in part; null on most lines
 */
public record CostLine(
    CostLineId id,
    RunId run,
    CostName name,
    Quantity quantity,
    UnitPrice unitPrice,
    Money total,
    @Nullable CostLineId corrects,
    Instant createdAt) {

  /** The total of a line is below this many cents, whatever its sign. */
  public static final BigDecimal BOUND = BigDecimal.TEN.pow(12);

  /**
   * A line at a price of today.
   *
   * @param quantity as the caller wrote it; the total is calculated from it before it is rounded
   * @throws CostRejected.OutOfRange when the total is 10¹² cents or more
   * @throws CostRejected.CorrectionNamesNoLine when the run is strict and the quantity not positive
   */
  public static CostLine priced(
      CostLineId id, Run run, CostName name, Quantity quantity, UnitPrice price, Instant now) {
    if (run.isOfLaterForm() && !quantity.isPositive()) {
      throw new CostRejected.CorrectionNamesNoLine();
    }
    return line(id, run.id(), name, quantity, price, null, now);
  }

  /**
   * A line that takes another one back, at that line's own price, so that a full correction leaves
   * exactly nothing.
   *
   * @throws CostRejected.CorrectionNotNegative when the quantity is not negative
   * @throws CostRejected.CorrectedLineNotFound when the other line is another run's or has another
   *     name
   */
  public static CostLine correction(
      CostLineId id, Run run, CostName name, Quantity quantity, CostLine corrected, Instant now) {
    if (!quantity.isNegative()) {
      throw new CostRejected.CorrectionNotNegative();
    }
    if (!corrected.run().equals(run.id()) || !corrected.name().equals(name)) {
      throw new CostRejected.CorrectedLineNotFound(corrected.id().toString());
    }
    return line(id, run.id(), name, quantity, corrected.unitPrice(), corrected.id(), now);
  }

  private static CostLine line(
      CostLineId id,
      RunId run,
      CostName name,
      Quantity quantity,
      UnitPrice price,
      @Nullable CostLineId corrects,
      Instant now) {
    var total = Money.of(quantity, price);
    if (total.cents().abs().compareTo(BOUND) >= 0) {
      throw new CostRejected.OutOfRange("totalCostInUsdCents", BOUND);
    }
    return new CostLine(id, run, name, quantity.rounded(), price.rounded(), total, corrects, now);
  }
}
