package dev.runs.domain.rollup;

import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.Seeded;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Rollup.Sum;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RollupTest {

  @Test
  void isEmptyWithoutSums() {
    assertThat(Rollup.of(List.of())).isEqualTo(Rollup.EMPTY);
    assertThat(Rollup.EMPTY.totalCost()).isEqualTo(Money.ZERO);
    assertThat(Rollup.EMPTY.ownCost()).isEqualTo(Money.ZERO);
    assertThat(Rollup.EMPTY.descendantCount()).isZero();
  }

  @Test
  void bringsTogetherWhatIsSaidOfOneName() {
    var rollup =
        Rollup.of(
            List.of(
                used(TOKENS, "2", "5"),
                cost(SEARCHES, "1", "4"),
                cost(TOKENS, "0.5", "1.25"),
                used(SEARCHES, "1", "1")));

    assertThat(rollup.costs())
        .containsExactly(
            total(SEARCHES, "1", "4", "1", "1"), total(TOKENS, "0.5", "1.25", "2", "5"));
    assertThat(rollup.ownCost()).isEqualTo(money("1.5"));
    assertThat(rollup.totalCost()).isEqualTo(money("5.25"));
    assertThat(rollup.childrenCost()).isEqualTo(money("3.75"));
    assertThat(rollup.costs().getLast().children()).isEqualTo(money("0.75"));
    assertThat(rollup.costs().getLast().childrenQuantity()).isEqualByComparingTo("3");
  }

  @Test
  void isTheSameInWhateverOrderTheSumsCome() {
    Seeded.check(
        50,
        random -> {
          var sums =
              new ArrayList<>(
                  List.of(
                      used(TOKENS, "2", "5"),
                      cost(SEARCHES, "1", "4"),
                      cost(TOKENS, "0.5", "1.25"),
                      used(SEARCHES, "1", "1"),
                      runs(StateName.FAILED, "3"),
                      runs(StateName.RUNNING, "1")));
          var inOrder = Rollup.of(sums);

          Collections.shuffle(sums, Random.from(random));

          assertThat(Rollup.of(sums)).isEqualTo(inOrder);
        });
  }

  @Test
  void leavesOutNamesOfWhichNothingIsLeft() {
    assertThat(Rollup.of(List.of(cost(TOKENS, "0", "0"), used(TOKENS, "0", "0"))))
        .isEqualTo(Rollup.EMPTY);
  }

  @Test
  void keepsANameThatWasUsedForNothing() {
    assertThat(Rollup.of(List.of(cost(TOKENS, "0", "0"), used(TOKENS, "0", "3"))).costs())
        .containsExactly(total(TOKENS, "0", "0", "0", "3"));
  }

  @Test
  void keepsANameWhoseOwnAndChildrenCancelOut() {
    assertThat(Rollup.of(List.of(cost(TOKENS, "-2", "0"))).costs()).hasSize(1);
  }

  @Test
  void countsRunsByStateAndLeavesOutStatesOfNone() {
    var rollup =
        Rollup.of(
            List.of(
                runs(StateName.SUCCEEDED, "2"),
                runs(StateName.RUNNING, "0"),
                runs(StateName.FAILED, "1")));

    assertThat(rollup.descendants())
        .isEqualTo(Map.of(StateName.SUCCEEDED, 2L, StateName.FAILED, 1L));
    assertThat(rollup.descendantCount()).isEqualTo(3);
  }

  private static Sum cost(CostName name, String own, String total) {
    return new Sum(new Measure.Cost(name), new BigDecimal(own), new BigDecimal(total));
  }

  private static Sum used(CostName name, String own, String total) {
    return new Sum(new Measure.Used(name), new BigDecimal(own), new BigDecimal(total));
  }

  private static Sum runs(StateName state, String total) {
    return new Sum(new Measure.Descendants(state), BigDecimal.ZERO, new BigDecimal(total));
  }

  private static CostTotal total(
      CostName name, String own, String total, String ownQuantity, String totalQuantity) {
    return new CostTotal(
        name, money(own), money(total), new BigDecimal(ownQuantity), new BigDecimal(totalQuantity));
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
