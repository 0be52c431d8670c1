package dev.runs.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TraceContextTest {

  @Test
  void namesATreeByItsRootAndARunByTheEndOfItsId() {
    var trace =
        new TraceContext(
            new RunId(UUID.fromString("018f0a1b-0000-7abc-8def-0123456789ab")),
            new RunId(UUID.fromString("018f0a1b-1111-7abc-80ef-0000000000cd")));

    assertThat(trace.traceId()).isEqualTo("018f0a1b00007abc8def0123456789ab");
    assertThat(trace.spanId()).isEqualTo("80ef0000000000cd");
    assertThat(trace.traceparent())
        .isEqualTo("00-018f0a1b00007abc8def0123456789ab-80ef0000000000cd-01");
  }
}
