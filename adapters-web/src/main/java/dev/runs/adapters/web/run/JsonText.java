package dev.runs.adapters.web.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** JSON as people like to read it. */
final class JsonText {

  /** A longer text is shown as it is, and only so much of it. */
  static final int MOST_CHARACTERS = 512_000;

  /** What lies deeper is indented no further, or brackets alone would grow without end. */
  private static final int DEEPEST_STEP = 40;

  private static final String STEP = "  ";

  private JsonText() {}

  /**
   * The same text with a line for each member; a very long one as it is, up to {@value
   * #MOST_CHARACTERS} characters and a sentence that says so.
   *
   * @param json a JSON text
   */
  static String indented(String json) {
    if (json.length() > MOST_CHARACTERS) {
      return beginning(json);
    }
    var out = new StringBuilder(json.length() + json.length() / 2);
    var depth = 0;
    for (var i = 0; i < json.length(); i++) {
      var c = json.charAt(i);
      switch (c) {
        case '"' -> {
          var end = endOfString(json, i);
          out.append(json, i, end);
          i = end - 1;
        }
        case '{', '[' -> {
          var close = nextVisible(json, i + 1);
          out.append(c);
          if (close < json.length() && (json.charAt(close) == '}' || json.charAt(close) == ']')) {
            out.append(json.charAt(close));
            i = close;
          } else {
            newLine(out, ++depth);
          }
        }
        case '}', ']' -> {
          newLine(out, Math.max(0, --depth));
          out.append(c);
        }
        case ',' -> {
          out.append(c);
          newLine(out, depth);
        }
        case ':' -> out.append(": ");
        case ' ', '\t', '\n', '\r' -> {
          // only what stands in strings matters
        }
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static String beginning(String json) {
    var isWithinPair = Character.isHighSurrogate(json.charAt(MOST_CHARACTERS - 1));
    var end = isWithinPair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
    return String.format(
        Locale.ROOT,
        "%s\n\nThese are the first %,d of %,d characters, as they came.",
        json.substring(0, end),
        end,
        json.length());
  }

  /**
   * A value as JSON, a line for each member.
   *
   * @param value maps, lists, numbers, booleans and null are what they are; all else is its text
   */
  static String of(@Nullable Object value) {
    return indented(compact(value));
  }

  private static String compact(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> quoted(entry.getKey().toString()) + ":" + compact(entry.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list ->
          list.stream().map(JsonText::compact).collect(Collectors.joining(",", "[", "]"));
      case Number number -> number.toString();
      case Boolean truth -> truth.toString();
      default -> quoted(value.toString());
    };
  }

  private static String quoted(String text) {
    var out = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
              if (c < ' ') {
                out.append("\\u%04x".formatted(c));
              } else {
                out.append((char) c);
              }
            }
          }
        });
    return out.append('"').toString();
  }

  /** What a string of JSON holds, without its quotes. */
  static String unescaped(String text) {
    var out = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        out.append(c);
        continue;
      }
      var escaped = text.charAt(++i);
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
          i += 4;
        }
        default -> out.append(escaped);
      }
    }
    return out.toString();
  }

  private static int endOfString(String json, int start) {
    var i = start + 1;
    while (i < json.length() && json.charAt(i) != '"') {
      i += json.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(json.length(), i + 1);
  }

  private static int nextVisible(String json, int from) {
    var i = from;
    while (i < json.length() && Character.isWhitespace(json.charAt(i))) {
      i++;
    }
    return i;
  }

  private static void newLine(StringBuilder out, int depth) {
    out.append('\n').append(STEP.repeat(Math.min(depth, DEEPEST_STEP)));
  }
}
