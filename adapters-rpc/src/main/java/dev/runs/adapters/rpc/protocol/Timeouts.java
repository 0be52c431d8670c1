package dev.runs.adapters.rpc.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how long a client will wait. */
final class Timeouts {

  static final String CONNECT = "Connect-Timeout-Ms";
  static final String GRPC = "grpc-timeout";

  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,10}");
  private static final Pattern WITH_UNIT = Pattern.compile("([0-9]{1,8})([HMSmun])");

  /** Who will wait longer waits for ever; it also fits into a long of nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Timeouts() {}

  /**
   * @param text of the header; nothing is no limit
   * @throws RpcException when it is malformed
   */
  static Optional<Duration> connect(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    if (!MILLIS.matcher(text).matches()) {
      throw malformed(CONNECT, "1 to 10 digits");
    }
    return Optional.of(Duration.ofMillis(Long.parseLong(text)));
  }

  /**
   * @param text of the header; nothing is no limit
   * @throws RpcException when it is malformed
   */
  static Optional<Duration> grpc(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    var parts = WITH_UNIT.matcher(text);
    if (!parts.matches()) {
      throw malformed(GRPC, "1 to 8 digits and one of H, M, S, m, u, n");
    }
    var count = Long.parseLong(parts.group(1));
    var time =
        switch (parts.group(2)) {
          case "H" -> Duration.ofHours(count);
          case "M" -> Duration.ofMinutes(count);
          case "S" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMillis(count);
          case "u" -> Duration.ofNanos(count * 1_000);
          default -> Duration.ofNanos(count);
        };
    return time.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(time);
  }

  private static RpcException malformed(String header, String form) {
    return new RpcException(RpcCode.INVALID_ARGUMENT, header + " must be " + form);
  }
}
