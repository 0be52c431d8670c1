package dev.runs.adapters.rest.request;

import static java.time.temporal.ChronoField.DAY_OF_MONTH;
import static java.time.temporal.ChronoField.HOUR_OF_DAY;
import static java.time.temporal.ChronoField.MINUTE_OF_HOUR;
import static java.time.temporal.ChronoField.MONTH_OF_YEAR;
import static java.time.temporal.ChronoField.NANO_OF_SECOND;
import static java.time.temporal.ChronoField.OFFSET_SECONDS;
import static java.time.temporal.ChronoField.SECOND_OF_MINUTE;
import static java.time.temporal.ChronoField.YEAR;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Instants as clients write them: ISO 8601 from a whole year to a fraction of a second, with an
 * offset or in UTC, or as in RFC 1123. <em>Source: the cost tracker, whose dates were read by
 * JavaScript.</em>
 */
final class Dates {

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendValue(YEAR, 4)
          .appendPattern("[-MM[-dd['T'HH:mm[:ss")
          .appendFraction(NANO_OF_SECOND, 0, 9, true)
          .appendPattern("][XXX]]]]")
          .parseDefaulting(MONTH_OF_YEAR, 1)
          .parseDefaulting(DAY_OF_MONTH, 1)
          .parseDefaulting(HOUR_OF_DAY, 0)
          .parseDefaulting(MINUTE_OF_HOUR, 0)
          .parseDefaulting(SECOND_OF_MINUTE, 0)
          .parseDefaulting(NANO_OF_SECOND, 0)
          .parseDefaulting(OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final List<DateTimeFormatter> FORMS =
      List.of(ISO, DateTimeFormatter.RFC_1123_DATE_TIME);

  /** Years of four digits; others sort wrongly as text. */
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Dates() {}

  /** Finds nothing when the text is no instant between the years 1 and 9999. */
  static Optional<Instant> read(String text) {
    return FORMS.stream()
        .flatMap(form -> read(form, text.strip()).stream())
        .filter(instant -> !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST))
        .findFirst();
  }

  private static Optional<Instant> read(DateTimeFormatter form, String text) {
    try {
      return Optional.of(form.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
