package dev.runs.adapters.web.frame;

import dev.runs.domain.cost.Money;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How amounts, times and states are said on pages. Templates know it as {@code say}. */
@Component("say")
public final class Wording {

  private static final BigDecimal CENTS_OF_A_DOLLAR = BigDecimal.valueOf(100);

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

  /** Below it, an amount is shown with more than cents. */
  private static final BigDecimal SMALL = BigDecimal.ONE;

  private static final DecimalFormatSymbols SYMBOLS = DecimalFormatSymbols.getInstance(Locale.ROOT);
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final InstantSource clock;

  Wording(InstantSource clock) {
    this.clock = clock;
  }

  /** In dollars: {@code $1,234.50}; small amounts with three significant digits. */
  public String money(Money amount) {
    var dollars = amount.cents().divide(CENTS_OF_A_DOLLAR);
    var size = dollars.abs();
    var text =
        size.signum() == 0 || size.compareTo(SMALL) >= 0
            ? decimals("#,##0.00").format(dollars.abs().setScale(2, RoundingMode.HALF_UP))
            : small(size);
    return (dollars.signum() < 0 ? "-$" : "$") + text;
  }

  private static String small(BigDecimal dollars) {
    var rounded = dollars.round(new MathContext(3, RoundingMode.HALF_UP)).stripTrailingZeros();
    return rounded.scale() < 2
        ? rounded.setScale(2, RoundingMode.UNNECESSARY).toPlainString()
        : rounded.toPlainString();
  }

  /** The amount as it is kept, in cents. */
  public String exactly(Money amount) {
    return amount.cents().stripTrailingZeros().toPlainString() + " US cents";
  }

  /** As below; templates cannot choose between the other two for a small number. */
  public String number(int count) {
    return number((long) count);
  }

  /** With commas between thousands. */
  public String number(long count) {
    return decimals("#,##0").format(count);
  }

  /** Without zeros at its end, with commas between thousands. */
  public String number(BigDecimal number) {
    return decimals("#,##0.######").format(number);
  }

  /** A count that went no further than a cap: {@code 1,000+}. */
  public String capped(long count, long cap) {
    return count > cap ? number(cap) + "+" : number(count);
  }

  /** A count with its noun: {@code 1 run}, {@code 12 runs}. */
  public String count(long count, String one, String many) {
    return number(count) + " " + (count == 1 ? one : many);
  }

  /** A part of a whole, in percent; a dash when there is no whole. */
  public String percent(long part, long whole) {
    if (whole == 0) {
      return "–";
    }
    var tenths =
        BigDecimal.valueOf(part * 1000).divide(BigDecimal.valueOf(whole), RoundingMode.HALF_UP);
    var isRound = part == 0 || part == whole;
    return isRound
        ? (part == 0 ? "0%" : "100%")
        : decimals("0.0").format(tenths.movePointLeft(1)) + "%";
  }

  /** How much room something takes, in units of a thousand: {@code 1.2 MB}. */
  public String bytes(long count) {
    var units = List.of("bytes", "kB", "MB", "GB", "TB");
    var size = BigDecimal.valueOf(count);
    var unit = 0;
    while (size.compareTo(THOUSAND) >= 0 && unit < units.size() - 1) {
      size = size.divide(THOUSAND);
      unit++;
    }
    return decimals(unit == 0 ? "0" : "0.0").format(size) + " " + units.get(unit);
  }

  /** How long something took: {@code 1.2 s}, {@code 3 min 4 s}, {@code 2 d 3 h}. */
  public String duration(Duration time) {
    var millis = Math.max(0, time.toMillis());
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return decimals("0.0")
              .format(BigDecimal.valueOf(millis).movePointLeft(3).setScale(1, RoundingMode.DOWN))
          + " s";
    }
    if (time.toHours() < 1) {
      return two(time.toMinutes(), "min", time.toSecondsPart(), "s");
    }
    return time.toDays() < 1
        ? two(time.toHours(), "h", time.toMinutesPart(), "min")
        : two(time.toDays(), "d", time.toHoursPart(), "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /** How long it took, or takes until now; a dash for what has not begun. */
  public String took(@Nullable Instant start, @Nullable Instant end) {
    return start == null
        ? "–"
        : duration(Duration.between(start, end == null ? clock.instant() : end));
  }

  /** How long ago: {@code 5 min ago}; in how long, for what will be; the day, beyond a month. */
  public String ago(Instant at) {
    var passed = Duration.between(at, clock.instant());
    if (passed.abs().toDays() > 30) {
      return DAY.format(at);
    }
    if (passed.abs().toSeconds() < 1) {
      return "now";
    }
    return passed.isNegative() ? "in " + rough(passed.negated()) : rough(passed) + " ago";
  }

  private static String rough(Duration time) {
    if (time.toMinutes() < 1) {
      return time.toSeconds() + " s";
    }
    if (time.toHours() < 1) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 1 ? time.toHours() + " h" : time.toDays() + " d";
  }

  /** The exact instant, to the millisecond. */
  public String exactly(Instant at) {
    return EXACT.format(at);
  }

  /** The word for a state. */
  public String state(StateName state) {
    return word(state);
  }

  /** As above, for what is no page. */
  public static String word(StateName state) {
    return state.wireName().replace('_', ' ');
  }

  /** The shape of the icon of a state, drawn with a pen on a square of 16 by 16. */
  public String icon(StateName state) {
    return switch (state) {
      case PENDING -> "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11Z";
      case QUEUED -> "M3 4.5h10M3 8h10M3 11.5h6";
      case WAITING_FOR_RESOURCES -> "M4 2.5h8L8 8l4 5.5H4L8 8Z";
      case INITIALIZING -> "M8 2.5v3M8 10.5v3M2.5 8h3M10.5 8h3";
      case RUNNING -> "M5 3.5l7.5 4.5L5 12.5Z";
      case PAUSED -> "M5.5 3.5v9M10.5 3.5v9";
      case SUCCEEDED -> "M3 8.5l3.5 3.5L13 4.5";
      case FAILED -> "M4 4l8 8M12 4l-8 8";
      case TIMED_OUT -> "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11ZM8 5v3l2 1.5";
      case CANCELED -> "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11ZM4.2 11.8l7.6-7.6";
    };
  }

  /** The beginning of an id that is enough to tell it from its neighbours. */
  public String shortly(Object id) {
    var text = String.valueOf(id);
    return text.length() <= 12 ? text : "…" + text.substring(text.length() - 8);
  }

  /** What an optional value holds, for templates; null when it is empty. */
  public <T> @Nullable T orNull(Optional<T> value) {
    return value.orElse(null);
  }

  /** Cut off behind so many characters. */
  public String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }

  private static DecimalFormat decimals(String pattern) {
    var format = new DecimalFormat(pattern, SYMBOLS);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format;
  }
}
