package dev.runs.bootstrap.settings;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as Go writes them ({@code 1h30m}, {@code 500ms}, {@code 0}) and as ISO 8601 does. */
final class Durations {

  private static final Pattern PART =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(h|ms|m|s|us|µs|ns)");

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private Durations() {}

  static Duration parse(String text) throws BadValue {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (text.startsWith("P") || text.startsWith("p")) {
      return iso(text);
    }
    return go(text);
  }

  private static Duration iso(String text) throws BadValue {
    try {
      return Duration.parse(text);
    } catch (DateTimeException _) {
      throw new BadValue("is not a duration");
    }
  }

  private static Duration go(String text) throws BadValue {
    var part = PART.matcher(text);
    var sum = Duration.ZERO;
    var end = 0;
    while (end < text.length()) {
      if (!part.find(end) || part.start() != end) {
        throw new BadValue(
            text.chars().allMatch(Character::isDigit) ? "has no unit" : "is not a duration");
      }
      sum = sum.plusNanos(nanos(part.group(1), part.group(2)));
      end = part.end();
    }
    return sum;
  }

  private static long nanos(String number, String unit) {
    var each =
        switch (unit) {
          case "h" -> Duration.ofHours(1).toNanos();
          case "m" -> Duration.ofMinutes(1).toNanos();
          case "s" -> Duration.ofSeconds(1).toNanos();
          case "ms" -> Duration.ofMillis(1).toNanos();
          case "ns" -> 1;
          default -> 1_000;
        };
    return new BigDecimal(number).multiply(BigDecimal.valueOf(each)).min(MOST).longValue();
  }
}
