package dev.runs.adapters.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T12:34:56.789Z,2026-11-20T12:34:56.789Z",
    "2026-11-20T12:34:56.789123456Z,2026-11-20T12:34:56.789123456Z",
    "2026-11-20T12:34:56.7Z,2026-11-20T12:34:56.700Z",
    "2026-11-20T12:34:56Z,2026-11-20T12:34:56Z",
    "2026-11-20T12:34Z,2026-11-20T12:34:00Z",
    "2026-11-20T12:34:56.789+02:00,2026-11-20T10:34:56.789Z",
    "2026-11-20T12:34:56-05:30,2026-11-20T18:04:56Z",
    "2026-11-20T12:34:56,2026-11-20T12:34:56Z",
    "2026-11-20T12:34,2026-11-20T12:34:00Z",
    "2026-11-20t12:34:56z,2026-11-20T12:34:56Z",
    "2026-11-20,2026-11-20T00:00:00Z",
    "2026-11,2026-11-01T00:00:00Z",
    "2026,2026-01-01T00:00:00Z",
    "2024-02-29,2024-02-29T00:00:00Z",
    "0001,0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z,9999-12-31T23:59:59.999999Z",
    "' 2026 ',2026-01-01T00:00:00Z",
    "'Fri, 20 Nov 2026 12:34:56 GMT',2026-11-20T12:34:56Z",
    "'20 Nov 2026 12:34:56 +0200',2026-11-20T10:34:56Z"
  })
  void areReadInTheFormsOfIsoAndRfc1123(String text, Instant instant) {
    assertThat(Dates.read(text)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "5",
        "20261120",
        "2026-1-1",
        "2026-13",
        "2026-02-30",
        "2023-02-29",
        "2026-11-20T",
        "2026-11-20T12",
        "2026-11-20T25:00Z",
        "2026-11-20T12:60Z",
        "2026-11-20T12:34:56 02:00",
        "2026-11-20 12:34:56",
        "2026-11-20Z",
        "2026-11-20T12:34:56.Z.",
        "+02026-11-20",
        "10000-01-01T00:00:00Z",
        "0000",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59.999999-00:01",
        "Fri, 21 Nov 2026 12:34:56 GMT",
        "1795176896000"
      })
  void areNotReadInAnyOtherForm(String text) {
    assertThat(Dates.read(text)).isEmpty();
  }
}
