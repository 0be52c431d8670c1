package dev.runs.domain.rollup;

import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeltaTest {

  private final Run root = root(1);
  private final Run child = child(root, 2);

  @Test
  void bringsTheCostAndTheQuantityOfALineToItsRun() {
    assertThat(Delta.ofLine(child.path(), line(1, child, TOKENS, "3", "0.5")))
        .containsExactly(
            delta(child.path(), true, new Measure.Cost(TOKENS), "1.5"),
            delta(child.path(), true, new Measure.Used(TOKENS), "3"));
  }

  @Test
  void countsANewRunForThoseAboveItAndARootForNobody() {
    assertThat(Delta.ofCreated(root)).isEmpty();
    assertThat(Delta.ofCreated(child))
        .containsExactly(descendants(root.path(), StateName.RUNNING, "1"));
  }

  @Test
  void movesARunFromStateToState() {
    var failed = ended(child, StateName.FAILED);

    assertThat(Delta.ofMove(child, failed))
        .containsExactly(
            descendants(root.path(), StateName.RUNNING, "-1"),
            descendants(root.path(), StateName.FAILED, "1"));
    assertThat(Delta.ofMove(child, child)).isEmpty();
    assertThat(Delta.ofMove(root, ended(root, StateName.FAILED))).isEmpty();
  }

  @Test
  void takesARemovedRunFromThoseAboveIt() {
    assertThat(Delta.ofRemoved(child.path(), StateName.RUNNING))
        .isEqualTo(Delta.ofCreated(child).stream().map(Delta::reversed).toList());
    assertThat(Delta.ofRemoved(root.path(), StateName.RUNNING)).isEmpty();
  }

  @Test
  void isMergedByRunAndMeasure() {
    var deltas = new ArrayList<>(Delta.ofLine(child.path(), line(1, child, TOKENS, "1", "1")));
    deltas.addAll(Delta.ofLine(root.path(), line(2, root, TOKENS, "1", "2")));
    deltas.addAll(Delta.ofLine(child.path(), line(3, child, TOKENS, "2", "1")));
    deltas.addAll(Delta.ofLine(child.path(), line(4, child, SEARCHES, "1", "1")));

    assertThat(Delta.merged(deltas))
        .containsExactlyInAnyOrder(
            delta(child.path(), true, new Measure.Cost(TOKENS), "3"),
            delta(child.path(), true, new Measure.Used(TOKENS), "3"),
            delta(root.path(), true, new Measure.Cost(TOKENS), "2"),
            delta(root.path(), true, new Measure.Used(TOKENS), "1"),
            delta(child.path(), true, new Measure.Cost(SEARCHES), "1"),
            delta(child.path(), true, new Measure.Used(SEARCHES), "1"));
  }

  @Test
  void vanishesWhenItComesToNothingAndIsNobodysOwn() {
    var there = Delta.ofCreated(child);
    var back = Delta.ofRemoved(child.path(), StateName.RUNNING);

    assertThat(Delta.merged(List.of(there.getFirst(), back.getFirst()))).isEmpty();
  }

  /** For it tells that there is a line, though one that costs nothing. */
  @Test
  void staysWhenItComesToNothingAndIsARunsOwn() {
    assertThat(Delta.merged(Delta.ofLine(child.path(), line(1, child, TOKENS, "0", "1"))))
        .hasSize(2)
        .allMatch(delta -> delta.amount().signum() == 0);
  }

  @Test
  void hasNoMoreDecimalsThanItsMeasure() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> delta(root.path(), true, new Measure.Used(TOKENS), "0.0000001"));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> descendants(root.path(), StateName.RUNNING, "0.5"));
  }

  private static Delta descendants(RunPath path, StateName state, String amount) {
    return delta(path, false, new Measure.Descendants(state), amount);
  }

  private static Delta delta(RunPath path, boolean own, Measure measure, String amount) {
    return new Delta(path, own, measure, new BigDecimal(amount));
  }
}
