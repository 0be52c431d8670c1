package dev.runs.adapters.rpc.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTest {

  @Test
  void noHeaderIsNoLimit() {
    assertThat(Timeouts.connect(null)).isEmpty();
    assertThat(Timeouts.grpc(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "9999999999,9999999999"})
  void connectCountsMilliseconds(String header, long millis) {
    assertThat(Timeouts.connect(header)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "10000000000", " 1", "1m"})
  void connectTakesOneToTenDigitsOnly(String header) {
    assertThatThrownBy(() -> Timeouts.connect(header))
        .isInstanceOfSatisfying(
            RpcException.class,
            refused -> assertThat(refused.code()).isEqualTo(RpcCode.INVALID_ARGUMENT))
        .hasMessageContaining("Connect-Timeout-Ms");
  }

  @ParameterizedTest
  @CsvSource({
    "0n,PT0S",
    "1n,PT0.000000001S",
    "2u,PT0.000002S",
    "3m,PT0.003S",
    "4S,PT4S",
    "5M,PT5M",
    "99999H,PT99999H"
  })
  void grpcNamesTheUnit(String header, Duration time) {
    assertThat(Timeouts.grpc(header)).contains(time);
  }

  @Test
  void whoWaitsForCenturiesWaitsForEver() {
    assertThat(Timeouts.grpc("99999999H")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "m", "123456789m", "1s", "-1m", "1.5S"})
  void grpcTakesOneToEightDigitsAndAUnitOnly(String header) {
    assertThatThrownBy(() -> Timeouts.grpc(header))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("grpc-timeout");
  }
}
