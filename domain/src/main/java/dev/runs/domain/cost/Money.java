package dev.runs.domain.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount in US cents, exact to ten decimals.
 *
 * @param cents always with ten decimals
 */
public record Money(BigDecimal cents) implements Comparable<Money> {

  /** The decimals of every amount. */
  public static final int SCALE = 10;

  public static final Money ZERO = new Money(BigDecimal.ZERO);

  /**
   * @throws ArithmeticException when the amount has more than ten decimals
   */
  public Money {
    cents = cents.setScale(SCALE);
  }

  /** The price of so much, calculated exactly and rounded once, half up. */
  public static Money of(Quantity quantity, UnitPrice price) {
    return new Money(
        quantity.value().multiply(price.cents()).setScale(SCALE, RoundingMode.HALF_UP));
  }

  public Money plus(Money other) {
    return new Money(cents.add(other.cents));
  }

  public Money minus(Money other) {
    return new Money(cents.subtract(other.cents));
  }

  @Override
  public int compareTo(Money other) {
    return cents.compareTo(other.cents);
  }

  /** Ten decimals, no exponent: {@code 0.3000000000}. */
  @Override
  public String toString() {
    return cents.toPlainString();
  }
}
