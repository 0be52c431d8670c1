package dev.runs.domain.cost;

import static dev.runs.domain.run.RunFixtures.price;
import static dev.runs.domain.run.RunFixtures.quantity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of quantities and prices. */
final class DigitsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999999.999999999999999999999999",
        "-99999999999999.999999999999999999999999",
        "0.00000000000000000000000000000000000001",
        "0",
        "0e37",
        "9.9e13"
      })
  void takesAQuantityUpToItsEdge(String quantity) {
    assertThatNoException().isThrownBy(() -> quantity(quantity));
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000000000000", "-100000000000000", "1e14", "-1e37"})
  void refusesAQuantityThatIsTooLarge(String quantity) {
    assertThatExceptionOfType(CostRejected.OutOfRange.class)
        .isThrownBy(() -> quantity(quantity))
        .withMessage("quantity lies between -100000000000000 and 100000000000000, both excluded.");
  }

  /** Each is written in a few characters, and adding one to it would fill the memory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "0e999999999",
        "0e-2147483647",
        "1e2147483647",
        "1e39",
        "0.000000000000000000000000000000000000001",
        "1.00000000000000000000000000000000000001"
      })
  void refusesTooManyDigitsBeforeItCalculates(String decimal) {
    assertThatExceptionOfType(CostRejected.TooManyDigits.class)
        .isThrownBy(() -> quantity(decimal))
        .withMessage("quantity has at most 38 significant digits and an exponent of at most 38.");
    assertThatExceptionOfType(CostRejected.TooManyDigits.class)
        .isThrownBy(() -> price(decimal))
        .withMessageStartingWith("costPerUnitInUsdCents has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "999999.99999999999999999999999999999999", "1e-38"})
  void takesAPriceUpToItsEdge(String cents) {
    assertThatNoException().isThrownBy(() -> price(cents));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000", "1e6", "1e20"})
  void refusesAPriceThatIsTooLarge(String cents) {
    assertThatExceptionOfType(CostRejected.OutOfRange.class).isThrownBy(() -> price(cents));
  }

  @Test
  void refusesANegativePrice() {
    assertThatExceptionOfType(CostRejected.NegativePrice.class)
        .isThrownBy(() -> price("-0.0000000001"));
  }

  @Test
  void keepsSixDecimalsOfAQuantityAndTenOfAPriceHalfUp() {
    assertThat(quantity("1.0000005").rounded().value()).hasToString("1.000001");
    assertThat(quantity("-1.0000005").rounded().value()).hasToString("-1.000001");
    assertThat(quantity("1.00000049").rounded().value()).hasToString("1.000000");
    assertThat(price("0.00000000005").rounded().cents()).hasToString("1E-10");
    assertThat(price("2").rounded().cents()).hasToString("2.0000000000");
  }

  /** Rounded up they would lie outside, so they are refused like everything that does. */
  @Test
  void refusesWhatRoundingTakesBeyondTheEdge() {
    assertThatExceptionOfType(CostRejected.OutOfRange.class)
        .isThrownBy(() -> quantity("99999999999999.9999995").rounded());
    assertThatExceptionOfType(CostRejected.OutOfRange.class)
        .isThrownBy(() -> price("999999.99999999995").rounded());
  }

  @Test
  void knowsTheSignOfAQuantity() {
    assertThat(quantity("0.1").isPositive()).isTrue();
    assertThat(quantity("-0.1").isNegative()).isTrue();
    assertThat(quantity("0").isPositive()).isFalse();
    assertThat(quantity("0").isNegative()).isFalse();
  }
}
