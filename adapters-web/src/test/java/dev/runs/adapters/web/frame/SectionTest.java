package dev.runs.adapters.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SectionTest {

  @ParameterizedTest
  @EnumSource(Section.class)
  void holdsItsOwnPagesAndThoseOfNoOther(Section section) {
    assertThat(Arrays.stream(Section.values()).filter(it -> it.holds(section.path())))
        .containsExactly(section);
  }

  @Test
  void holdsWhatIsBelowItsPath() {
    assertThat(Section.RUNS.holds("/console/runs/1/costs")).isTrue();
    assertThat(Section.RUNS.holds("/console/runsomething")).isFalse();
    assertThat(Section.OVERVIEW.holds("/console/runs")).isFalse();
  }

  @Test
  void hasAKeyOfItsOwnForEach() {
    assertThat(Arrays.stream(Section.values()).map(Section::key)).doesNotHaveDuplicates();
  }
}
