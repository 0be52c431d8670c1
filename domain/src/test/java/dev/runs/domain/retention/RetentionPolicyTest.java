package dev.runs.domain.retention;

import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {

  @Test
  void usuallyKeepsWhatSucceededAMonthAndTheRestThree() {
    assertThat(RetentionPolicy.USUAL).isEqualTo(RetentionPolicy.ofDays(30, 90));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELED"})
  void countsTheDaysByTheStateOfTheRoot(StateName state) {
    var days = state == StateName.SUCCEEDED ? 3 : 7;

    assertThat(RetentionPolicy.ofDays(3, 7).endedBefore(state, NOON))
        .contains(NOON.minus(Duration.ofDays(days)));
  }

  @Test
  void keepsForEverWhatHasNoDays() {
    var policy = new RetentionPolicy(Optional.of(1), Optional.empty());

    assertThat(policy.endedBefore(StateName.FAILED, NOON)).isEmpty();
    assertThat(policy.endedBefore(StateName.SUCCEEDED, NOON)).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELED"})
  void saysNothingOfWhatHasNotEnded(StateName state) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetentionPolicy.USUAL.endedBefore(state, NOON));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3_650})
  void takesOneDayToTenYears(int days) {
    assertThat(RetentionPolicy.ofDays(days, days).otherDays()).contains(days);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3_651, Integer.MAX_VALUE})
  void refusesFewerDaysAndMore(int days) {
    assertThatExceptionOfType(RetentionRejected.BadDays.class)
        .isThrownBy(() -> RetentionPolicy.ofDays(days, 1))
        .withMessageContaining("succeededDays");
    assertThatExceptionOfType(RetentionRejected.BadDays.class)
        .isThrownBy(() -> RetentionPolicy.ofDays(1, days))
        .withMessageContaining("otherDays");
  }
}
