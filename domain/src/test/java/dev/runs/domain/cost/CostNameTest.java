package dev.runs.domain.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CostNameTest {

  @Test
  void mayHaveTwoHundredCharactersAndNoMore() {
    assertThat(new CostName("x".repeat(200)).value()).hasSize(200);
    assertThatExceptionOfType(CostRejected.BadName.class)
        .isThrownBy(() -> new CostName("x".repeat(201)))
        .withMessageContaining("1 to 200 characters")
        .withMessageContaining("201");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void isNotBlank(String name) {
    assertThatExceptionOfType(CostRejected.BadName.class).isThrownBy(() -> new CostName(name));
  }
}
