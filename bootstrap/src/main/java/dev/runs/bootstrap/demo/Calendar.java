package dev.runs.bootstrap.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * When the company works, in UTC, and when it had trouble: on one day of the month the service that
 * answers its models hardly answered.
 */
final class Calendar {

  private static final LocalTime TROUBLE_BEGINS = LocalTime.of(10, 5);
  private static final Duration TROUBLE_LASTS = Duration.ofHours(3);
  private static final int OFFICE_OPENS = 7 * 60;
  private static final int OFFICE_CLOSES = 18 * 60;

  private final LocalDate first;
  private final LocalDate last;
  private final Instant troubleFrom;

  /**
   * @param days how many days before the end it begins; at least 1
   */
  Calendar(Instant end, int days) {
    this.last = LocalDate.ofInstant(end, ZoneOffset.UTC);
    this.first = last.minusDays(days);
    this.troubleFrom =
        workdayBefore(last.minusDays(days / 4)).atTime(TROUBLE_BEGINS).toInstant(ZoneOffset.UTC);
  }

  /** The moment at which the month begins. */
  Instant begin() {
    return at(first, LocalTime.MIDNIGHT);
  }

  /** Every day of the month, the one on which it ends included. */
  List<LocalDate> days() {
    return first.datesUntil(last.plusDays(1)).toList();
  }

  boolean isWorkday(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  /** How much of something there is on a day: all of it on workdays, a part on others. */
  int amount(LocalDate day, int onWorkdays) {
    return isWorkday(day) ? onWorkdays : onWorkdays / 5;
  }

  /** Whether something that begins at this moment falls into the time of trouble. */
  boolean isTrouble(Instant moment) {
    return !moment.isBefore(troubleFrom) && moment.isBefore(troubleFrom.plus(TROUBLE_LASTS));
  }

  /** The day of the trouble. */
  LocalDate dayOfTrouble() {
    return LocalDate.ofInstant(troubleFrom, ZoneOffset.UTC);
  }

  /** The last workday before a day, or, on short calendars, the first day. */
  LocalDate workdayBefore(LocalDate day) {
    var found = day.minusDays(1);
    while (!isWorkday(found) && found.isAfter(first)) {
      found = found.minusDays(1);
    }
    return found.isBefore(first) ? first : found;
  }

  /** The last day of the month. */
  LocalDate last() {
    return last;
  }

  /** A moment while people are at work, most often around noon. */
  Instant officeMoment(LocalDate day, Dice dice) {
    return at(day, LocalTime.MIDNIGHT)
        .plus(Duration.ofMinutes(dice.around(OFFICE_OPENS, OFFICE_CLOSES)))
        .plusMillis(dice.between(0, 59_999));
  }

  /** A moment of the trouble. */
  Instant troubledMoment(Dice dice) {
    return troubleFrom.plusSeconds(dice.between(0, (int) TROUBLE_LASTS.toSeconds() - 1));
  }

  /** Any moment of a day. */
  Instant anyMoment(LocalDate day, Dice dice) {
    return at(day, LocalTime.MIDNIGHT).plusMillis(dice.between(0, 24 * 60 * 60 * 1_000 - 1));
  }

  /** A time of a day. */
  static Instant at(LocalDate day, LocalTime time) {
    return day.atTime(time).toInstant(ZoneOffset.UTC);
  }
}
