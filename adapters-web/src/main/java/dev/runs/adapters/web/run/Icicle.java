package dev.runs.adapters.web.run;

import dev.runs.application.tree.ShowBranches.Branch;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.RunId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The costs of a run and of what lies below it as slices, level under level: each as wide as its
 * part of the whole. What was taken back has no width.
 *
 * @param height of all levels together
 */
public record Icicle(List<Slice> slices, int height) {

  /** The height of one level. */
  static final int LEVEL = 28;

  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  /** In percent; a narrower slice is left out, for nobody could see it. */
  private static final BigDecimal NARROWEST = new BigDecimal("0.15");

  private static final int DECIMALS = 4;

  /**
   * A slice.
   *
   * @param x where it begins, in percent of the whole
   * @param width in percent of the whole
   * @param y from the top
   * @param run which run; null for a rest
   * @param name what it is called
   * @param kind {@code total}, {@code own} or {@code rest}
   */
  public record Slice(
      String x, String width, int y, @Nullable RunId run, String name, String kind, Money amount) {}

  public Icicle {
    slices = List.copyOf(slices);
  }

  static Icicle of(Branch root) {
    var slices = new ArrayList<Slice>();
    add(slices, root, BigDecimal.ZERO, WHOLE, 0);
    var deepest = slices.stream().mapToInt(Slice::y).max().orElse(0);
    return new Icicle(slices, deepest + LEVEL);
  }

  public int level() {
    return LEVEL;
  }

  private static void add(
      List<Slice> slices, Branch branch, BigDecimal x, BigDecimal width, int y) {
    if (width.compareTo(NARROWEST) < 0) {
      return;
    }
    var run = branch.run();
    slices.add(
        new Slice(text(x), text(width), y, run.id(), run.name().value(), "total", branch.total()));
    if (branch.children().isEmpty()) {
      return;
    }
    var whole = whole(branch);
    var at = x;
    for (var child : branch.children()) {
      var its = part(child.total(), whole, width);
      add(slices, child, at, its, y + LEVEL);
      at = at.add(its);
    }
    at = at.add(addRest(slices, branch.rest(), "others", "rest", at, whole, width, y + LEVEL));
    addRest(slices, branch.own(), "itself", "own", at, whole, width, y + LEVEL);
  }

  private static BigDecimal addRest(
      List<Slice> slices,
      Money amount,
      String name,
      String kind,
      BigDecimal x,
      BigDecimal whole,
      BigDecimal within,
      int y) {
    var width = part(amount, whole, within);
    if (width.compareTo(NARROWEST) >= 0) {
      slices.add(new Slice(text(x), text(width), y, null, name, kind, amount));
    }
    return width;
  }

  /** More than the total when something was taken back. */
  private static BigDecimal whole(Branch branch) {
    var whole = positive(branch.own()).add(positive(branch.rest()));
    for (var child : branch.children()) {
      whole = whole.add(positive(child.total()));
    }
    return whole;
  }

  private static BigDecimal part(Money amount, BigDecimal whole, BigDecimal width) {
    return whole.signum() == 0
        ? BigDecimal.ZERO
        : positive(amount).multiply(width).divide(whole, DECIMALS, RoundingMode.DOWN);
  }

  private static BigDecimal positive(Money amount) {
    return amount.cents().max(BigDecimal.ZERO);
  }

  private static String text(BigDecimal percent) {
    return percent.setScale(DECIMALS, RoundingMode.DOWN).toPlainString() + "%";
  }
}
