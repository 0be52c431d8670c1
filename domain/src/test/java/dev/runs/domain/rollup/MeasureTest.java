package dev.runs.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.run.StateName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MeasureTest {

  @ParameterizedTest
  @ValueSource(strings = {"tokens", "a/b", "/", "cost/", "runs/running", "é𝄞 '\""})
  void comesBackFromItsKeyWhateverACostIsCalled(String name) {
    var cost = new Measure.Cost(new CostName(name));
    var used = new Measure.Used(new CostName(name));

    assertThat(Measure.ofKey(cost.key())).isEqualTo(cost);
    assertThat(Measure.ofKey(used.key())).isEqualTo(used);
    assertThat(cost.key()).isNotEqualTo(used.key());
  }

  @ParameterizedTest
  @EnumSource
  void comesBackFromItsKeyForEveryState(StateName state) {
    var runs = new Measure.Descendants(state);

    assertThat(Measure.ofKey(runs.key())).isEqualTo(runs);
  }

  @Test
  void isNotReadFromAnythingElse() {
    assertThatIllegalArgumentException().isThrownBy(() -> Measure.ofKey("price/x"));
    assertThatIllegalArgumentException().isThrownBy(() -> Measure.ofKey("x"));
  }

  @Test
  void hasTheDecimalsOfWhatItMeasures() {
    assertThat(new Measure.Cost(new CostName("x")).scale()).isEqualTo(10);
    assertThat(new Measure.Used(new CostName("x")).scale()).isEqualTo(6);
    assertThat(new Measure.Descendants(StateName.RUNNING).scale()).isZero();
  }
}
