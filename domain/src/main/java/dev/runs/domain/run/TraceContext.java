package dev.runs.domain.run;

import java.util.HexFormat;

/**
 * How a run is named in traces. A tree of runs is one trace, which has the root's id; the span of a
 * run has the last eight bytes of the run's id, which are random. <em>Source: W3C Trace
 * Context.</em>
 */
public record TraceContext(RunId root, RunId run) {

  private static final HexFormat HEX = HexFormat.of();

  /** 32 hexadecimal digits in lower case. */
  public String traceId() {
    return HEX.toHexDigits(root.value().getMostSignificantBits())
        + HEX.toHexDigits(root.value().getLeastSignificantBits());
  }

  /** 16 hexadecimal digits in lower case. */
  public String spanId() {
    return HEX.toHexDigits(run.value().getLeastSignificantBits());
  }

  /** The header {@code traceparent} under which what the run does belongs to its span. */
  public String traceparent() {
    return "00-" + traceId() + "-" + spanId() + "-01";
  }
}
