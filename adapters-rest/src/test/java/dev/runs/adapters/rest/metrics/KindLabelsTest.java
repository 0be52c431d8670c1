package dev.runs.adapters.rest.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.queue.Kind;
import org.junit.jupiter.api.Test;

class KindLabelsTest {

  @Test
  void namesTheFirstKindsAndNoOther() {
    var labels = new KindLabels();
    for (var i = 1; i <= KindLabels.MOST; i++) {
      assertThat(labels.of(new Kind("kind-" + i))).isEqualTo("kind-" + i);
    }

    assertThat(labels.of(new Kind("late"))).isEqualTo("other");
    assertThat(labels.of(new Kind("kind-200"))).isEqualTo("kind-200");
    assertThat(labels.of(new Kind("late"))).isEqualTo("other");
  }
}
