package dev.runs.adapters.web.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SparklineTest {

  @Test
  void goesFromTheEarliestOnTheLeftToTheLatestOnTheRight() {
    var spark = Sparkline.of(List.of(0L, 5L, 10L));

    assertThat(spark.line()).isEqualTo("M0 37L10 20L20 3");
    assertThat(spark.area()).isEqualTo("M0 37L10 20L20 3L20 40L0 40Z");
    assertThat(spark.viewBox()).isEqualTo("0 0 20 40");
  }

  @Test
  void liesAtTheBottomWhereNothingHappened() {
    assertThat(Sparkline.of(List.of(0L, 0L)).line()).isEqualTo("M0 37L10 37");
  }
}
