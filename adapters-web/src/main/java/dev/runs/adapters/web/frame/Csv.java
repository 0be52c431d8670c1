package dev.runs.adapters.web.frame;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of comma-separated values (RFC 4180) that spreadsheets do not take for formulas. */
public final class Csv {

  /** The content type of a file of such lines. */
  public static final String TYPE = "text/csv;charset=utf-8";

  /** The last four are what some spreadsheets take for the first four. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  private Csv() {}

  /** One line with its end. */
  public static String line(Object... fields) {
    return Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** A number stays a number; a text that begins like a formula gets an apostrophe before it. */
  private static String field(Object value) {
    // as it is kept, for a small decimal would otherwise be written with an exponent
    var text = value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    var isNumber = value instanceof Number;
    var harmless =
        !isNumber && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
            ? "'" + text
            : text;
    return harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
