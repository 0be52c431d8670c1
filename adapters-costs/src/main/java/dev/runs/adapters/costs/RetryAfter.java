package dev.runs.adapters.costs;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** How long a service asks to be left alone. Source: RFC 9110, Retry-After. */
final class RetryAfter {

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  /** More digits than this are some centuries, and soon more than a long holds. */
  private static final int MOST_DIGITS = 10;

  private RetryAfter() {}

  /**
   * @param value seconds, or an HTTP date
   * @return never negative: a date that is over means now; nothing when the value is neither, for
   *     then the service has said nothing
   */
  static Optional<Duration> of(String value, Instant now) {
    var trimmed = value.strip();
    return SECONDS.matcher(trimmed).matches()
        ? Optional.of(seconds(trimmed))
        : date(trimmed)
            .map(then -> then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
  }

  private static Duration seconds(String digits) {
    return Duration.ofSeconds(
        digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(digits));
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
    } catch (DateTimeParseException neither) {
      return Optional.empty();
    }
  }
}
