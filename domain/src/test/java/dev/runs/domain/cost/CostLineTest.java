package dev.runs.domain.cost;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.lineId;
import static dev.runs.domain.run.RunFixtures.price;
import static dev.runs.domain.run.RunFixtures.quantity;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.domain.Seeded;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunSpace;
import java.math.BigDecimal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CostLineTest {

  private final Run run = root(1);

  @Test
  void keepsTheExactTotalBesideTheRoundedQuantityAndPrice() {
    var line = line(1, run, TOKENS, "1000000.0000004", "0.00000000006");

    assertThat(line.quantity()).isEqualTo(quantity("1000000.000000"));
    assertThat(line.unitPrice()).isEqualTo(price("0.0000000001"));
    assertThat(line.total()).hasToString("0.0000600000");
    assertThat(line.corrects()).isNull();
  }

  @Test
  void mayCostUpToTenToTheTwelfthCentsAndNotThatMuch() {
    assertThat(line(1, run, TOKENS, "99999999999999", "0.009999999").total())
        .isLessThan(new Money(CostLine.BOUND));

    assertThatExceptionOfType(CostRejected.OutOfRange.class)
        .isThrownBy(() -> line(1, run, TOKENS, "10000000000000", "0.1"))
        .withMessageStartingWith("totalCostInUsdCents");
    assertThatExceptionOfType(CostRejected.OutOfRange.class)
        .isThrownBy(() -> line(1, run, TOKENS, "-10000000000000", "0.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1"})
  void mayBeNothingOrNegativeOnARunOfTheFirstForm(String quantity) {
    assertThat(line(1, run, TOKENS, quantity, "2").quantity().isPositive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "-0.0000001"})
  void isMoreThanNothingOnARunOfTheLaterForm(String quantity) {
    assertThatExceptionOfType(CostRejected.CorrectionNamesNoLine.class)
        .isThrownBy(() -> line(1, ofLaterForm(), TOKENS, quantity, "2"));
  }

  @Nested
  final class ACorrection {

    private final CostLine corrected = line(1, run, TOKENS, "3", "0.3333333333");

    @Test
    void takesThePriceOfTheLineItCorrects() {
      var correction = correction(run, TOKENS, "-3");

      assertThat(correction.unitPrice()).isEqualTo(corrected.unitPrice());
      assertThat(correction.corrects()).isEqualTo(corrected.id());
      assertThat(correction.total().plus(corrected.total())).isEqualTo(Money.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void takesSomethingBack(String quantity) {
      assertThatExceptionOfType(CostRejected.CorrectionNotNegative.class)
          .isThrownBy(() -> correction(run, TOKENS, quantity));
    }

    @Test
    void correctsALineOfItsOwnRunAndName() {
      assertThatExceptionOfType(CostRejected.CorrectedLineNotFound.class)
          .isThrownBy(() -> correction(root(2), TOKENS, "-1"));
      assertThatExceptionOfType(CostRejected.CorrectedLineNotFound.class)
          .isThrownBy(() -> correction(run, SEARCHES, "-1"));
    }

    @Test
    void isTakenOnARunOfTheLaterFormToo() {
      var strict = ofLaterForm();
      var line = line(1, strict, TOKENS, "2", "1");

      var correction = CostLine.correction(lineId(2), strict, TOKENS, quantity("-1"), line, NOON);

      assertThat(correction.total()).hasToString("-1.0000000000");
    }

    /** Of what was written: the kept quantity and price, which a correction can name. */
    @Test
    void leavesNothingWhenItTakesAllBack() {
      Seeded.check(
          300,
          random -> {
            var line =
                line(
                    1,
                    run,
                    TOKENS,
                    BigDecimal.valueOf(random.nextLong(1, 1_000_000_000L), 6).toPlainString(),
                    BigDecimal.valueOf(random.nextLong(1, 10_000_000_000L), 10).toPlainString());

            var back =
                CostLine.correction(
                    lineId(2),
                    run,
                    TOKENS,
                    quantity(line.quantity().value().negate().toPlainString()),
                    line,
                    NOON);

            assertThat(line.total().plus(back.total())).isEqualTo(Money.ZERO);
          });
    }

    private CostLine correction(Run of, CostName name, String quantity) {
      return CostLine.correction(lineId(2), of, name, quantity(quantity), corrected, NOON);
    }
  }

  private static Run ofLaterForm() {
    return Run.tracked(
        root(1).path(),
        ACME.id(),
        RunSpace.DEFAULT,
        new RunName("r"),
        SEARCH,
        new RunLabels("app", null, null),
        null,
        NOON);
  }
}
