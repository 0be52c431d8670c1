package dev.runs.adapters.web.frame;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Days and moments as people and fields write them, in UTC; of the years 1970 to 9999. */
public final class WrittenTime {

  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9999;

  private WrittenTime() {}

  /**
   * Such as {@code 2026-11-22}.
   *
   * @throws DateTimeException when it is no day, or one of another year
   */
  public static LocalDate day(String text) {
    return checked(LocalDate.parse(text));
  }

  /**
   * A day, which means its beginning, or a moment such as {@code 2026-11-22T14:30}, with or without
   * a Z at its end.
   *
   * @throws DateTimeException when it is neither, or of another year
   */
  public static Instant moment(String text) {
    if (text.indexOf('T') < 0) {
      return day(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    var time =
        LocalDateTime.parse(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text);
    checked(time.toLocalDate());
    return time.toInstant(ZoneOffset.UTC);
  }

  private static LocalDate checked(LocalDate day) {
    if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
      throw new DateTimeException("the year " + day.getYear());
    }
    return day;
  }
}
