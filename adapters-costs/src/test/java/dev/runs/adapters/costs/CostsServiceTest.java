package dev.runs.adapters.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostsServiceTest {

  private static final URI BASE = URI.create("http://costs:8091");

  @Test
  void isAskedFourTimesWithinSomeSecondsByDefault() {
    assertThat(CostsService.defaults(BASE, "k"))
        .isEqualTo(
            new CostsService(
                BASE,
                "k",
                Duration.ofSeconds(10),
                List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "HTTPS://costs.example.com/",
        "http://[::1]:1",
        "http://c:65535/a/b"
      })
  void isAnywhereOnTheWeb(String base) {
    assertThat(CostsService.defaults(URI.create(base), null).base()).isEqualTo(URI.create(base));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ftp://costs            | begins with http:// or https://
          /costs                 | begins with http:// or https://
          http:costs             | has a host of letters, digits, hyphens and dots
          http://costs_service   | has a host of letters, digits, hyphens and dots
          http://costs:0         | has a port from 1 to 65535
          http://costs:65536     | has a port from 1 to 65535
          http://me:pw@costs     | has no user and password
          http://costs?a=b       | has no query and no fragment
          http://costs/#a        | has no query and no fragment
          """)
  void isRefusedWithAnAddressThatCannotWork(String base, String why) {
    assertThatThrownBy(() -> CostsService.defaults(URI.create(base), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The address of the costs-service " + why + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "schlüssel", "tab\t", "del\u007f"})
  void isRefusedWithAKeyThatNoHeaderCarriesAndDoesNotRepeatIt(String key) {
    assertThatThrownBy(() -> CostsService.defaults(BASE, key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The key of the costs-service consists of printable ASCII characters.");
  }

  @Test
  void isRefusedWithTimesThatMakeNoSense() {
    assertThatThrownBy(() -> service(Duration.ZERO, Duration.ZERO, Duration.ZERO, second()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> service(second(), Duration.ZERO, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> service(second(), second().negated(), Duration.ZERO, second()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> service(second(), Duration.ZERO, second().negated(), second()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotShowItsKey() {
    assertThat(CostsService.defaults(BASE, "k-secret"))
        .hasToString("CostsService[http://costs:8091, with a key]");
    assertThat(CostsService.defaults(BASE, ""))
        .hasToString("CostsService[http://costs:8091, no key]");
  }

  private static CostsService service(
      Duration timeout, Duration pause, Duration longestRetryAfter, Duration circuitRest) {
    return new CostsService(BASE, null, timeout, List.of(pause), longestRetryAfter, circuitRest);
  }

  private static Duration second() {
    return Duration.ofSeconds(1);
  }
}
