package dev.runs.domain.cost;

import static dev.runs.domain.run.RunFixtures.price;
import static dev.runs.domain.run.RunFixtures.quantity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.domain.Seeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MoneyTest {

  @ParameterizedTest
  @CsvSource({
    "523633,       0.9703944519,          508130.5580317527",
    "0.1,          0.2,                   0.0200000000",
    "1,            0,                     0.0000000000",
    "0,            999999.9999999999,     0.0000000000",
    "0.5,          0.0000000001,          0.0000000001",
    "0.4999999999, 0.0000000001,          0.0000000000",
    "-0.5,         0.0000000001,          -0.0000000001",
    "3,            0.33333333333,         1.0000000000",
    "1e2,          1e-10,                 0.0000000100"
  })
  void isTheProductRoundedOnceHalfUp(String quantity, String price, String total) {
    assertThat(Money.of(quantity(quantity), price(price))).hasToString(total);
  }

  /** Rounded first, 0.0000005 would be 0.000001 and the product twice as much. */
  @Test
  void isCalculatedFromWhatWasWrittenAndNotFromWhatIsKept() {
    var quantity = quantity("0.0000005");

    assertThat(quantity.rounded()).isEqualTo(quantity("0.000001"));
    assertThat(Money.of(quantity, price("1"))).hasToString("0.0000005000");
  }

  /** Against integers, which round nowhere: (2·|n| + d) / 2d is |n| / d, half up. */
  @Test
  void isExactForWhateverIsMultiplied() {
    Seeded.check(
        500,
        random -> {
          var quantity = new Quantity(decimal(14, 24, true, random));
          var price = new UnitPrice(decimal(6, 32, false, random));

          assertThat(Money.of(quantity, price).cents().unscaledValue())
              .isEqualTo(product(quantity.value(), price.cents()));
        });
  }

  @Test
  void addsUpExactly() {
    var sum = Money.ZERO;
    for (var i = 0; i < 10; i++) {
      sum = sum.plus(new Money(new BigDecimal("0.1")));
    }

    assertThat(sum).isEqualTo(new Money(BigDecimal.ONE)).hasToString("1.0000000000");
    assertThat(sum.minus(sum)).isEqualTo(Money.ZERO);
    assertThat(Money.ZERO.minus(sum)).hasToString("-1.0000000000").isLessThan(Money.ZERO);
  }

  @Test
  void isWrittenWithTenDecimalsAndNoExponent() {
    assertThat(Money.ZERO).hasToString("0.0000000000");
    assertThat(new Money(new BigDecimal("1e15"))).hasToString("1000000000000000.0000000000");
    assertThat(new Money(new BigDecimal("1e-10"))).hasToString("0.0000000001");
  }

  @Test
  void equalsTheSameAmountWrittenDifferently() {
    assertThat(new Money(new BigDecimal("1.50"))).isEqualTo(new Money(new BigDecimal("15e-1")));
  }

  @Test
  void neverRoundsWhatItIsGiven() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new Money(new BigDecimal("0.00000000001")));
  }

  private static BigInteger product(BigDecimal one, BigDecimal other) {
    var scale = one.scale() + other.scale();
    var exact = one.unscaledValue().multiply(other.unscaledValue());
    if (scale <= Money.SCALE) {
      return exact.multiply(BigInteger.TEN.pow(Money.SCALE - scale));
    }
    var divisor = BigInteger.TEN.pow(scale - Money.SCALE);
    var rounded = exact.abs().shiftLeft(1).add(divisor).divide(divisor.shiftLeft(1));
    return exact.signum() < 0 ? rounded.negate() : rounded;
  }

  /** So many digits before the point at most, so many behind it. */
  private static BigDecimal decimal(
      int before, int behind, boolean isSigned, RandomGenerator random) {
    var scale = random.nextInt(behind + 1);
    var digits = new StringBuilder();
    for (var i = random.nextInt(1, Math.min(38, before + scale) + 1); i > 0; i--) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    var decimal = new BigDecimal(new BigInteger(digits.toString()), scale);
    return isSigned && random.nextBoolean() ? decimal.negate() : decimal;
  }
}
