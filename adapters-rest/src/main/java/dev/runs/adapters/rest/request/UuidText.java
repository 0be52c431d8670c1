package dev.runs.adapters.rest.request;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** UuidText as they are written, in full; Java itself would take {@code 1-1-1-1-1}. */
public final class UuidText {

  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}");

  private UuidText() {}

  /** Finds nothing when the text is no UUID. */
  public static Optional<UUID> read(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }
}
