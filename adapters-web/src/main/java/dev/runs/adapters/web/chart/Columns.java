package dev.runs.adapters.web.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Columns beside one another, each of parts that stand on one another, and the lines behind them.
 *
 * @param width of the drawing; one unit is a pixel where there is room
 * @param height of the drawing with the labels below
 * @param left where the first column begins
 * @param bottom where the columns stand
 * @param labels below some of the columns
 */
public record Columns(
    int width,
    int height,
    int left,
    int bottom,
    List<Column> columns,
    List<Line> lines,
    List<Label> labels) {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 180;
  private static final int LEFT = 44;
  private static final int TOP = 8;
  private static final int BOTTOM = 156;
  private static final int MOST_LABELS = 6;
  private static final int HALF_A_LABEL = 24;

  public Columns {
    columns = List.copyOf(columns);
    lines = List.copyOf(lines);
    labels = List.copyOf(labels);
  }

  /**
   * What one column shows.
   *
   * @param label below it, where there is room
   * @param told in full, for who points at it or cannot see it
   * @param counts from the bottom up, none negative; as many as there are colours
   */
  public record Given(String label, String told, List<Long> counts) {

    public Given {
      counts = List.copyOf(counts);
    }

    long total() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * @param x where it begins
   * @param hit how wide the place is that belongs to it, also where it is low
   */
  public record Column(int x, int width, int hit, String told, List<Part> parts) {

    public Column {
      parts = List.copyOf(parts);
    }
  }

  /**
   * @param colour a class of the style sheet
   */
  public record Part(int y, int height, String colour) {}

  /** A line across, and the count at which it stands. */
  public record Line(int y, long count) {}

  /** A text whose middle is at {@code x}. */
  public record Label(int x, String text) {}

  /**
   * @param colours of the parts, as many as each column has counts
   */
  public static Columns of(List<Given> given, List<String> colours) {
    var most = given.stream().mapToLong(Given::total).max().orElse(0);
    var top = roundUp(most);
    var places = Math.max(1, given.size());
    var columns = new ArrayList<Column>();
    var labels = new ArrayList<Label>();
    var every = Math.max(1, (places + MOST_LABELS - 1) / MOST_LABELS);
    for (var i = 0; i < given.size(); i++) {
      var from = LEFT + (WIDTH - LEFT) * i / places;
      var to = LEFT + (WIDTH - LEFT) * (i + 1) / places;
      var gap = to - from > 4 ? 2 : 0;
      var one = given.get(i);
      columns.add(
          new Column(
              from, Math.max(1, to - from - gap), to - from, one.told(), parts(one, colours, top)));
      if (i % every == 0) {
        labels.add(new Label(Math.min(from + (to - from) / 2, WIDTH - HALF_A_LABEL), one.label()));
      }
    }
    var lines = List.of(new Line(TOP, top), new Line((TOP + BOTTOM) / 2, top / 2));
    return new Columns(WIDTH, HEIGHT, LEFT, BOTTOM, columns, most == 0 ? List.of() : lines, labels);
  }

  /** Each part ends where its sum does, so that rounding never moves those above it. */
  private static List<Part> parts(Given given, List<String> colours, long top) {
    var parts = new ArrayList<Part>();
    var below = 0L;
    for (var i = 0; i < given.counts().size(); i++) {
      var upTo = below + given.counts().get(i);
      var from = BOTTOM - height(below, top);
      // what is there is seen, however little it is
      var to = Math.min(BOTTOM - height(upTo, top), upTo > below ? from - 1 : from);
      if (upTo > below) {
        parts.add(new Part(to, from - to, colours.get(i)));
      }
      below = upTo;
    }
    return parts;
  }

  private static int height(long count, long top) {
    return Math.toIntExact((BOTTOM - TOP) * count / top);
  }

  /** The next even number of one digit and zeros: what stands at a line is easily read. */
  private static long roundUp(long most) {
    var step = 2L;
    while (step * 5 < most) {
      step *= 10;
    }
    return Math.max(2, (most + step - 1) / step * step);
  }
}
