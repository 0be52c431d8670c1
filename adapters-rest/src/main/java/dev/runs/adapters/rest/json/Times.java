package dev.runs.adapters.rest.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Instants as they are written: ISO 8601 in UTC, to the millisecond. */
public final class Times {

  private static final DateTimeFormatter MILLISECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  public static String written(Instant instant) {
    return MILLISECONDS.format(instant);
  }

  public static @Nullable String writtenOrNull(@Nullable Instant instant) {
    return instant == null ? null : written(instant);
  }
}
