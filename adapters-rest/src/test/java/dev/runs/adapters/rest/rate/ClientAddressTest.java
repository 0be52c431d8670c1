package dev.runs.adapters.rest.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressTest {

  private static final List<AddressBlock> PROXIES =
      List.of(AddressBlock.parse("10.0.0.0/8"), AddressBlock.parse("2001:db8:ffff::/48"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.7        |                                    | 203.0.113.7
          203.0.113.7        | 198.51.100.1                       | 203.0.113.7
          10.0.0.1           |                                    | 10.0.0.1
          10.0.0.1           | 198.51.100.1                       | 198.51.100.1
          10.0.0.1           | 1.1.1.1, 198.51.100.1              | 198.51.100.1
          10.0.0.1           | 1.1.1.1, 198.51.100.1, 10.2.3.4    | 198.51.100.1
          10.0.0.1           | 1.1.1.1,10.9.9.9 , 198.51.100.1    | 198.51.100.1
          10.0.0.1           | 10.0.0.3, 10.0.0.2                 | 10.0.0.3
          10.0.0.1           | 198.51.100.1:4711                  | 198.51.100.1
          10.0.0.1           | [2001:db8::1]:4711                 | 2001:db8::1
          10.0.0.1           | [2001:db8::1]                      | 2001:db8::1
          10.0.0.1           | 2001:db8::1, 2001:db8:ffff::9      | 2001:db8::1
          [2001:db8:ffff::1] | 198.51.100.1                       | 198.51.100.1
          10.0.0.1           | 198.51.100.1, unknown              | 10.0.0.1
          10.0.0.1           | 198.51.100.1, unknown, 10.0.0.2    | 10.0.0.2
          10.0.0.1           | 198.51.100.1,                      | 10.0.0.1
          10.0.0.1           | localhost                          | 10.0.0.1
          10.0.0.1           | fe80::1%eth0                       | 10.0.0.1
          10.0.0.1           | 256.1.1.1                          | 10.0.0.1
          ::ffff:10.0.0.1    | 198.51.100.1                       | 198.51.100.1
          """)
  void isTheNearestThatIsNoTrustedProxy(String connection, String forwarded, String expected) {
    var request = request(connection, forwarded);

    assertThat(ClientAddress.find(request, PROXIES).text()).isEqualTo(expected);
    assertThat(ClientAddress.of(request).text()).isEqualTo(expected);
  }

  @Test
  void readsSeveralHeadersAsOne() {
    var request = request("10.0.0.1", "1.1.1.1");
    request.addHeader("X-Forwarded-For", "198.51.100.1, 10.0.0.2");

    assertThat(ClientAddress.find(request, PROXIES).text()).isEqualTo("198.51.100.1");
  }

  @Test
  void isTheOneOfTheConnectionWhenNobodyIsTrusted() {
    var request = request("10.0.0.1", "198.51.100.1");

    assertThat(ClientAddress.find(request, List.of()).text()).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7, true",
    "203.0.113.7, 203.0.113.8, false",
    "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
    "2001:db8:1:2::1, 2001:db8:1:3::1, false",
    "::ffff:203.0.113.7, 203.0.113.7, true",
    "'::', 0.0.0.0, false"
  })
  void isCountedAloneOrWithItsWhole64(String one, String other, boolean isSame) {
    assertThat(group(one).equals(group(other))).isEqualTo(isSame);
  }

  @Test
  void isCountedTogetherWhenItIsNone() {
    assertThat(group("a unix socket")).isEqualTo(group(""));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 203.0.113.7, true",
    "0.0.0.0/0, ::1, false",
    "::/0, ::1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false"
  })
  void isInABlockThatBeginsAlike(String block, String address, boolean isIn) {
    assertThat(AddressBlock.parse(block).contains(InetAddress.ofLiteral(address))).isEqualTo(isIn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "localhost",
        "10.0.0.1/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "::/129",
        "256.0.0.0"
      })
  void refusesABlockThatIsNone(String text) {
    assertThatThrownBy(() -> AddressBlock.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static AddressGroup group(String address) {
    return ClientAddress.find(request(address), List.of()).group();
  }

  private static MockHttpServletRequest request(String connection, String... forwarded) {
    var request = new MockHttpServletRequest();
    request.setRemoteAddr(connection);
    Arrays.stream(forwarded)
        .filter(line -> line != null)
        .forEach(line -> request.addHeader("X-Forwarded-For", line));
    return request;
  }
}
