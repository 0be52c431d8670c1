package dev.runs.adapters.web.chart;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** From amounts to places in a drawing, exactly calculated and rounded once. */
final class Scale {

  private static final List<BigDecimal> NICE =
      List.of(BigDecimal.ONE, BigDecimal.TWO, BigDecimal.valueOf(5), BigDecimal.TEN);

  /** So many lines lie across a chart at most, beside the one at nothing. */
  private static final int MOST_LINES = 5;

  private final BigDecimal step;
  private final int lines;
  private final int height;

  private Scale(BigDecimal step, int lines, int height) {
    this.step = step;
    this.lines = lines;
    this.height = height;
  }

  /**
   * A scale from nothing up to the first round amount at which, or above which, the most lies.
   *
   * @param most what has to fit; of nothing or less, one
   * @param smallest the smallest distance of two lines, such as 1 for what is counted
   */
  static Scale upTo(BigDecimal most, BigDecimal smallest, int height) {
    var top = most.signum() > 0 ? most : BigDecimal.ONE;
    var step = nice(top.divide(BigDecimal.valueOf(MOST_LINES), 20, RoundingMode.UP)).max(smallest);
    var lines = top.divide(step, 0, RoundingMode.UP).max(BigDecimal.ONE).intValueExact();
    return new Scale(step.stripTrailingZeros(), lines, height);
  }

  /** The smallest of 1, 2, 5, 10, 20, 50 … that is not smaller. */
  private static BigDecimal nice(BigDecimal least) {
    var size = BigDecimal.ONE.scaleByPowerOfTen(least.precision() - least.scale() - 1);
    return NICE.stream()
        .map(size::multiply)
        .filter(it -> it.compareTo(least) >= 0)
        .findFirst()
        .orElseThrow();
  }

  /** At which amounts lines lie, from nothing up. */
  List<BigDecimal> marks() {
    var marks = new ArrayList<BigDecimal>();
    for (var line = 0; line <= lines; line++) {
      marks.add(step.multiply(BigDecimal.valueOf(line)));
    }
    return marks;
  }

  /** How high an amount reaches; what is below nothing reaches no height. */
  int heightOf(BigDecimal amount) {
    var top = step.multiply(BigDecimal.valueOf(lines));
    return amount
        .max(BigDecimal.ZERO)
        .multiply(BigDecimal.valueOf(height))
        .divide(top, 0, RoundingMode.HALF_UP)
        .intValueExact();
  }

  /** A part of a whole, as a part of a length. */
  static int part(long part, long whole, int length) {
    return BigInteger.valueOf(part)
        .multiply(BigInteger.valueOf(length))
        .divide(BigInteger.valueOf(whole))
        .intValueExact();
  }
}
