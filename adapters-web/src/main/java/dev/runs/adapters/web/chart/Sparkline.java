package dev.runs.adapters.web.chart;

import java.util.List;

/**
 * How a number went, as a small line without axes. The page says the numbers in words beside it.
 *
 * @param width of the drawing; it is stretched to the place it gets
 * @param height of the drawing
 * @param line the line itself, as SVG writes a path
 * @param area what lies below it
 */
public record Sparkline(int width, int height, String line, String area) {

  private static final int STEP = 10;
  private static final int HEIGHT = 40;
  private static final int MARGIN = 3;

  /**
   * @param values from the earliest to the latest, at least two, none below 0
   */
  public static Sparkline of(List<Long> values) {
    var most = Math.max(1, values.stream().mapToLong(Long::longValue).max().orElse(1));
    var width = (values.size() - 1) * STEP;
    var line = new StringBuilder();
    for (var place = 0; place < values.size(); place++) {
      line.append(place == 0 ? 'M' : 'L')
          .append(place * STEP)
          .append(' ')
          .append(HEIGHT - MARGIN - Scale.part(values.get(place), most, HEIGHT - 2 * MARGIN));
    }
    return new Sparkline(
        width, HEIGHT, line.toString(), line + "L" + width + " " + HEIGHT + "L0 " + HEIGHT + "Z");
  }

  /** Its corner and size, as SVG writes them. */
  public String viewBox() {
    return "0 0 " + width + " " + height;
  }
}
