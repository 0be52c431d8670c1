package dev.runs.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.domain.Seeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AmountTest {

  private static final int TIMES = 2_000;
  private static final List<Integer> SCALES = List.of(6, 10);

  /** Of units, with the sign: the most that any {@code hi} can hold whatever {@code lo} is. */
  private static final int MOST_BITS = 92;

  @Test
  void comesBackAsTheDecimalItWasMadeFrom() {
    Seeded.check(
        TIMES,
        random -> {
          var scale = Seeded.oneOf(SCALES, random);
          var decimal = decimal(scale, random);
          var amount = Amount.of(decimal, scale);

          assertThat(amount.decimal(scale)).isEqualTo(decimal);
          assertThat(amount.lo()).isBetween(0L, 999_999_999L);
        });
  }

  @Test
  void addsUpToTheSumOfTheDecimals() {
    Seeded.check(
        TIMES,
        random -> {
          var scale = Seeded.oneOf(SCALES, random);
          var decimals =
              Stream.generate(() -> decimal(scale, random)).limit(random.nextInt(1, 50)).toList();
          var amounts = decimals.stream().map(it -> Amount.of(it, scale)).toList();

          assertThat(
                  Amount.decimal(
                      sum(amounts.stream().map(it -> BigDecimal.valueOf(it.hi()))),
                      sum(amounts.stream().map(it -> BigDecimal.valueOf(it.lo()))),
                      scale))
              .isEqualTo(sum(decimals.stream()).setScale(scale));
        });
  }

  @Test
  void keepsLoPositiveWhereTheDecimalIsNegative() {
    assertThat(Amount.of(new BigDecimal("-0.0000000001"), 10)).isEqualTo(new Amount(-1, 999999999));
    assertThat(Amount.of(new BigDecimal("-0.1"), 10)).isEqualTo(new Amount(-1, 0));
    assertThat(Amount.of(new BigDecimal("-0.0"), 10)).isEqualTo(new Amount(0, 0));
  }

  @Test
  void holdsFarMoreUnitsThanOneLong() {
    var decimal = new BigDecimal("999999999999.9999999999");

    assertThat(decimal.unscaledValue()).isGreaterThan(BigInteger.valueOf(Long.MAX_VALUE));
    assertThat(Amount.of(decimal, 10)).isEqualTo(new Amount(9_999_999_999_999L, 999_999_999));
    assertThat(Amount.of(decimal, 10).decimal(10)).isEqualTo(decimal);
  }

  @Test
  void holdsTheLargestAndTheSmallestAndNothingBeyond() {
    var largest = new Amount(Long.MAX_VALUE, 999_999_999).decimal(10);
    var smallest = new Amount(Long.MIN_VALUE, 0).decimal(10);
    var unit = BigDecimal.valueOf(1, 10);

    assertThat(Amount.of(largest, 10)).isEqualTo(new Amount(Long.MAX_VALUE, 999_999_999));
    assertThat(Amount.of(smallest, 10)).isEqualTo(new Amount(Long.MIN_VALUE, 0));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Amount.of(largest.add(unit), 10));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Amount.of(smallest.subtract(unit), 10));
  }

  @Test
  void refusesDecimalsThatItWouldHaveToRound() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Amount.of(new BigDecimal("0.00000000001"), 10));
  }

  private static BigDecimal sum(Stream<BigDecimal> decimals) {
    return decimals.reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Of every size, as often small as large, on both sides of zero. */
  private static BigDecimal decimal(int scale, RandomGenerator random) {
    var units = BigInteger.ZERO;
    for (var bits = random.nextInt(MOST_BITS + 1); bits > 0; bits--) {
      units = units.shiftLeft(1).add(random.nextBoolean() ? BigInteger.ONE : BigInteger.ZERO);
    }
    return new BigDecimal(random.nextBoolean() ? units : units.negate(), scale);
  }
}
