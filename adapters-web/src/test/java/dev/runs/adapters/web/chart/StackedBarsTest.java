package dev.runs.adapters.web.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.web.chart.StackedBars.Bar;
import dev.runs.adapters.web.chart.StackedBars.Column;
import dev.runs.adapters.web.chart.StackedBars.Line;
import dev.runs.adapters.web.chart.StackedBars.Part;
import dev.runs.adapters.web.chart.StackedBars.Word;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StackedBarsTest {

  private static final List<String> TWO = List.of("series-1", "series-2");

  @Test
  void standPartOnPartUpToTheirSum() {
    var chart = drawn(column("a", 3, 1), column("b", 0, 2));
    var bottom = chart.area().bottom();
    var height = chart.area().height();

    assertThat(chart.bars().getFirst().parts())
        .containsExactly(
            new Part(bottom - height * 3 / 4, height * 3 / 4, "series-1"),
            new Part(bottom - height, height / 4, "series-2"));
    assertThat(chart.bars().getLast().parts())
        .containsExactly(new Part(bottom - height / 2, height / 2, "series-2"));
  }

  @Test
  void showTheLeastBesideTheMost() {
    var chart = drawn(column("a", 1_000_000_000, 0), column("b", 0, 1));

    assertThat(chart.bars().getLast().parts()).extracting(Part::height).containsExactly(1);
  }

  @Test
  void haveLinesAtRoundAmountsFromNothingUp() {
    assertThat(drawn(column("a", 43, 0)).lines())
        .extracting(Line::label)
        .containsExactly("0", "10", "20", "30", "40", "50");
    assertThat(drawn(column("a", 3, 0)).lines())
        .extracting(Line::label)
        .containsExactly("0", "1", "2", "3");
    assertThat(drawn(column("a", 0, 0)).lines()).extracting(Line::label).containsExactly("0", "1");
  }

  @Test
  void giveNoHeightToWhatIsBelowNothing() {
    var chart = drawn(column("a", -5, 2), column("b", 4, 0));

    assertThat(chart.bars().getFirst().parts())
        .containsExactly(
            new Part(
                chart.area().bottom() - chart.area().height() / 2,
                chart.area().height() / 2,
                "series-2"));
  }

  @Test
  void lieBesideEachOtherWithinTheChartHoweverManyThereAre() {
    var columns = new ArrayList<Column>();
    for (var day = 0; day < 400; day++) {
      columns.add(column("d" + day, day, 1));
    }
    var chart = drawn(columns.toArray(Column[]::new));

    var right = chart.area().left();
    for (var bar : chart.bars()) {
      assertThat(bar.x()).isGreaterThanOrEqualTo(right);
      right = bar.x() + bar.width();
    }
    assertThat(right).isLessThanOrEqualTo(chart.area().right());
    assertThat(chart.bars()).hasSize(400).allMatch(bar -> bar.width() >= 1);
    assertThat(chart.words()).hasSize(8).extracting(Word::text).startsWith("d0", "d50");
  }

  @Test
  void sayWhatTheyMean() {
    assertThat(drawn(column("a", 1, 1)).bars()).extracting(Bar::title).containsExactly("title a");
  }

  private static StackedBars drawn(Column... columns) {
    return StackedBars.of(Arrays.asList(columns), TWO, BigDecimal.ONE, BigDecimal::toPlainString);
  }

  private static Column column(String name, long first, long second) {
    return new Column(
        name, "title " + name, List.of(BigDecimal.valueOf(first), BigDecimal.valueOf(second)));
  }
}
