package dev.runs.adapters.web.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.web.chart.Columns.Column;
import dev.runs.adapters.web.chart.Columns.Given;
import dev.runs.adapters.web.chart.Columns.Line;
import dev.runs.adapters.web.chart.Columns.Part;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ColumnsTest {

  private static final List<String> COLOURS = List.of("good", "bad");

  @Test
  void standsPartsOnOneAnother() {
    var drawing = Columns.of(List.of(given(6, 2)), COLOURS);

    var parts = drawing.columns().getFirst().parts();
    assertThat(parts).extracting(Part::colour).containsExactly("good", "bad");
    assertThat(parts.getFirst().y() + parts.getFirst().height()).isEqualTo(drawing.bottom());
    assertThat(parts.getLast().y() + parts.getLast().height()).isEqualTo(parts.getFirst().y());
    assertThat(parts.getFirst().height()).isEqualTo(3 * parts.getLast().height());
  }

  @Test
  void leavesOutPartsOfWhichThereIsNothing() {
    assertThat(Columns.of(List.of(given(0, 2)), COLOURS).columns().getFirst().parts())
        .extracting(Part::colour)
        .containsExactly("bad");
  }

  @Test
  void showsTheLeastBesideTheMost() {
    var drawing = Columns.of(List.of(given(1_000_000_000, 0), given(0, 1)), COLOURS);

    assertThat(drawing.columns().getLast().parts()).extracting(Part::height).containsExactly(1);
  }

  @Test
  void drawsLinesAtNumbersThatAreEasilyRead() {
    assertThat(counts(0)).isEmpty();
    assertThat(counts(1)).containsExactly(2L, 1L);
    assertThat(counts(7)).containsExactly(8L, 4L);
    assertThat(counts(21)).containsExactly(40L, 20L);
    assertThat(counts(1_234)).containsExactly(2_000L, 1_000L);
  }

  @Test
  void keepsEveryColumnAndLabelWithinTheDrawing() {
    for (var many : new int[] {1, 2, 49, 365, 2_000}) {
      var drawing =
          Columns.of(IntStream.range(0, many).mapToObj(i -> given(i, 1)).toList(), COLOURS);

      assertThat(drawing.columns())
          .hasSize(many)
          .allMatch(column -> column.x() >= drawing.left())
          .allMatch(column -> column.x() + column.hit() <= drawing.width())
          .allMatch(column -> column.width() >= 1)
          .allMatch(ColumnsTest::standsAboveZero);
      assertThat(drawing.labels()).hasSizeBetween(1, 6);
    }
  }

  @Test
  void drawsNothingOfNothing() {
    var drawing = Columns.of(List.of(), COLOURS);

    assertThat(drawing.columns()).isEmpty();
    assertThat(drawing.lines()).isEmpty();
    assertThat(drawing.labels()).isEmpty();
  }

  private static boolean standsAboveZero(Column column) {
    return column.parts().stream().allMatch(part -> part.y() >= 0 && part.height() >= 1);
  }

  private static List<Long> counts(long most) {
    return Columns.of(List.of(given(most, 0)), COLOURS).lines().stream().map(Line::count).toList();
  }

  private static Given given(long good, long bad) {
    return new Given("now", "so many", List.of(good, bad));
  }
}
