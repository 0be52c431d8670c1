package dev.runs.bootstrap.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 1048576}, {@code 512KB}, {@code 1 MiB}. */
final class ByteSize {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([KMG]?)I?B?");

  private ByteSize() {}

  /** In bytes; a K is 1,024 of them, with or without the i. */
  static long parse(String text) throws BadValue {
    var form = FORM.matcher(text.toUpperCase(Locale.ROOT));
    if (!form.matches()) {
      throw new BadValue("is not a size");
    }
    var number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "K" -> number << 10;
      case "M" -> number << 20;
      case "G" -> number << 30;
      default -> number;
    };
  }
}
