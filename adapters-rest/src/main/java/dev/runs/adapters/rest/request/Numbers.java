package dev.runs.adapters.rest.request;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decimals that are written as text. */
final class Numbers {

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][+-]?\\d{1,9})?");

  private Numbers() {}

  /** Finds nothing when the text is no decimal number; never calculates with it. */
  static Optional<BigDecimal> read(String text) {
    var stripped = text.strip();
    return DECIMAL.matcher(stripped).matches()
        ? Optional.of(new BigDecimal(stripped))
        : Optional.empty();
  }
}
