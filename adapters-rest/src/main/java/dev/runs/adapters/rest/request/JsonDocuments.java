package dev.runs.adapters.rest.request;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which JSON documents can be kept as they are. */
public final class JsonDocuments {

  /** The most digits of a number, its zeros counted. */
  static final int MOST_DIGITS = 1_000;

  private JsonDocuments() {}

  /** What is wrong with a document, as the end of a sentence; nothing when it can be kept. */
  public static Optional<String> fault(JsonNode value) {
    if (value.isString()) {
      return fault(value.stringValue());
    }
    if (value.isNumber()) {
      return digits(value) > MOST_DIGITS
          ? Optional.of("holds a number of more than %,d digits".formatted(MOST_DIGITS))
          : Optional.empty();
    }
    var inNames =
        value.isObject()
            ? value.properties().stream()
                .map(member -> fault(member.getKey()))
                .flatMap(Optional::stream)
                .findFirst()
            : Optional.<String>empty();
    return inNames.or(() ->
        value.values().stream().map(JsonDocuments::fault).flatMap(Optional::stream).findFirst());
  }

  private static Optional<String> fault(String text) {
    return Texts.isUnstorable(text)
        ? Optional.of("holds a text with a NUL or half a surrogate pair")
        : Optional.empty();
  }

  /** How many digits the number has when it is written without an exponent. */
  private static long digits(JsonNode number) {
    var decimal = number.decimalValue();
    long scale = decimal.scale();
    return Math.max(Math.max(decimal.precision(), scale), decimal.precision() - scale);
  }
}
