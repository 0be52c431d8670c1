package dev.runs.adapters.web.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Amounts in a row, each as a bar of parts that stand on each other. What is below nothing has no
 * height; the table beside the chart says it.
 *
 * @param lines across the chart, with the amounts at which they lie
 * @param bars from left to right
 * @param words below the bars, where there is place for them
 */
public record StackedBars(
    int width, int height, Area area, List<Line> lines, List<Bar> bars, List<Word> words) {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 260;
  private static final Area AREA = new Area(76, 12, 872, 216);

  /** So many words stand below the bars at most. */
  private static final int MOST_WORDS = 8;

  /** Part of the place of a bar that stays empty: one of so many. */
  private static final int GAP = 5;

  private static final int WIDEST = 48;

  public StackedBars {
    lines = List.copyOf(lines);
    bars = List.copyOf(bars);
    words = List.copyOf(words);
  }

  /** Where the bars are, within the drawing. */
  public record Area(int left, int top, int width, int height) {

    public int right() {
      return left + width;
    }

    public int bottom() {
      return top + height;
    }
  }

  /** A line across the chart, with what it says. */
  public record Line(int y, String label) {}

  /** What stands below a bar. */
  public record Word(int x, String text) {}

  /**
   * A part of a bar.
   *
   * @param series the class of its colour
   */
  public record Part(int y, int height, String series) {}

  /**
   * One bar.
   *
   * @param title what it says to who points at it
   */
  public record Bar(int x, int width, String title, List<Part> parts) {

    public Bar {
      parts = List.copyOf(parts);
    }
  }

  /**
   * What a bar is made from.
   *
   * @param name what may stand below it
   * @param title what it says to who points at it
   * @param amounts of each series, from the bottom up
   */
  public record Column(String name, String title, List<BigDecimal> amounts) {

    public Column {
      amounts = List.copyOf(amounts);
    }

    /** Of what is counted. */
    public static Column ofCounts(String name, String title, long... counts) {
      return new Column(name, title, Arrays.stream(counts).mapToObj(BigDecimal::valueOf).toList());
    }

    private BigDecimal height() {
      return amounts.stream()
          .map(it -> it.max(BigDecimal.ZERO))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }

  /**
   * @param columns at least one, each with as many amounts as there are series
   * @param series the classes of their colours
   * @param smallest the smallest distance of two lines, such as 1 for what is counted
   * @param label how an amount beside a line is said
   */
  public static StackedBars of(
      List<Column> columns,
      List<String> series,
      BigDecimal smallest,
      Function<BigDecimal, String> label) {
    var most = columns.stream().map(Column::height).reduce(BigDecimal.ZERO, BigDecimal::max);
    var scale = Scale.upTo(most, smallest, AREA.height());
    var bars = new ArrayList<Bar>();
    var words = new ArrayList<Word>();
    var every = (columns.size() + MOST_WORDS - 1) / MOST_WORDS;
    for (var place = 0; place < columns.size(); place++) {
      var column = columns.get(place);
      var from = AREA.left() + Scale.part(place, columns.size(), AREA.width());
      var to = AREA.left() + Scale.part(place + 1L, columns.size(), AREA.width());
      var width = Math.clamp(to - from - (to - from) / GAP, 1, WIDEST);
      var x = from + (to - from - width) / 2;
      bars.add(new Bar(x, width, column.title(), parts(column, series, scale)));
      if (place % every == 0) {
        words.add(new Word((from + to) / 2, column.name()));
      }
    }
    var lines =
        scale.marks().stream()
            .map(mark -> new Line(AREA.bottom() - scale.heightOf(mark), label.apply(mark)))
            .toList();
    return new StackedBars(WIDTH, HEIGHT, AREA, lines, bars, words);
  }

  /** As above, of what is counted. */
  public static StackedBars ofCounts(List<Column> columns, List<String> series) {
    return of(
        columns,
        series,
        BigDecimal.ONE,
        mark -> String.format(Locale.ROOT, "%,d", mark.toBigInteger()));
  }

  /** Its corner and size, as SVG writes them. */
  public String viewBox() {
    return "0 0 " + width + " " + height;
  }

  /** Each part ends where the sum up to it does, so that no rounding adds up. */
  private static List<Part> parts(Column column, List<String> series, Scale scale) {
    var parts = new ArrayList<Part>();
    var sum = BigDecimal.ZERO;
    var bottom = 0;
    for (var place = 0; place < series.size(); place++) {
      var amount = column.amounts().get(place).max(BigDecimal.ZERO);
      sum = sum.add(amount);
      // what is there is seen, however little it is
      var least = Math.min(AREA.height(), bottom + amount.signum());
      var top = Math.max(scale.heightOf(sum), least);
      if (top > bottom) {
        parts.add(new Part(AREA.bottom() - top, top - bottom, series.get(place)));
      }
      bottom = top;
    }
    return parts;
  }
}
