package dev.runs.domain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StateNameTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsNameOnTheWire(StateName name) {
    assertThat(StateName.ofWireName(name.wireName())).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "RUNNING", "done", " running"})
  void isNotFoundByAnotherName(String name) {
    assertThat(StateName.ofWireName(name)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isTheNameOfAStateThatHasIt(StateName name) {
    var state = RunFixtures.state(name, RunFixtures.NOON);

    assertThat(state.name()).isEqualTo(name);
    assertThat(state instanceof RunState.Terminal).isEqualTo(name.isTerminal());
    assertThat(state instanceof RunState.Live).isEqualTo(name.isLive());
  }

  @Test
  void makesNoLiveStateOfATerminalName() {
    assertThatIllegalArgumentException().isThrownBy(() -> RunState.live(StateName.SUCCEEDED));
  }
}
