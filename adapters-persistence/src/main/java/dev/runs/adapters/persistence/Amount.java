package dev.runs.adapters.persistence;

import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.inline;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jooq.Field;

/**
 * A decimal as both databases keep it: {@code hi · 10⁹ + lo} of the smallest unit. Each of the two
 * can be added up in SQL as an integer, exactly, and what comes out is put together here, in
 * whatever size it has.
 *
 * @param hi may be negative
 * @param lo 0 to 999,999,999
 */
public record Amount(long hi, long lo) {

  /** How many of the smallest units one {@code hi} is. */
  public static final long LO_UNITS = 1_000_000_000L;

  private static final BigInteger UNITS = BigInteger.valueOf(LO_UNITS);

  /**
   * @throws ArithmeticException when the decimal has more decimals than the scale, or is beyond
   *     what the columns hold
   */
  public static Amount of(BigDecimal decimal, int scale) {
    var parts = decimal.setScale(scale).unscaledValue().divideAndRemainder(UNITS);
    return parts[1].signum() < 0
        ? new Amount(
            parts[0].subtract(BigInteger.ONE).longValueExact(),
            parts[1].add(UNITS).longValueExact())
        : new Amount(parts[0].longValueExact(), parts[1].longValueExact());
  }

  /** The decimal of sums over many amounts, of which {@code lo} may be of any size. */
  public static BigDecimal decimal(BigDecimal hi, BigDecimal lo, int scale) {
    var units = hi.toBigIntegerExact().multiply(UNITS).add(lo.toBigIntegerExact());
    return new BigDecimal(units, scale);
  }

  /** What {@code hi} becomes when a row meets one that was to be added, with what is carried. */
  public static Field<Long> carried(Field<Long> hi, Field<Long> lo) {
    return hi.plus(excluded(hi)).plus(lo.plus(excluded(lo)).div(inline(LO_UNITS)));
  }

  /** What {@code lo} becomes when a row meets one that was to be added. */
  public static Field<Long> rest(Field<Long> lo) {
    return lo.plus(excluded(lo)).mod(inline(LO_UNITS));
  }

  public BigDecimal decimal(int scale) {
    return decimal(BigDecimal.valueOf(hi), BigDecimal.valueOf(lo), scale);
  }
}
