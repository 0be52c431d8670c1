package dev.runs.adapters.cli.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces secrets by their names, as in {@code [secret:db]}, wherever they stand as they are. What
 * is encoded in another way, in Base64 for example, is not recognized.
 */
public final class Masking {

  /** For runs without secrets. */
  public static final Masking NONE = new Masking(List.of());

  /** Characters of the shortest secret: replacing shorter ones would garble what is written. */
  public static final int SHORTEST = 4;

  /** A line of a secret of several lines is replaced too when it has so many characters. */
  private static final int SHORTEST_LINE = 8;

  private record Hidden(String text, String mask) {}

  private final List<Hidden> longestFirst;

  private Masking(List<Hidden> hidden) {
    this.longestFirst =
        hidden.stream()
            .distinct()
            .sorted(Comparator.comparingInt((Hidden one) -> one.text().length()).reversed())
            .toList();
  }

  /**
   * @param secrets by name, each at least {@value #SHORTEST} characters long
   */
  static Masking of(Map<String, String> secrets) {
    var hidden = new ArrayList<Hidden>();
    secrets.forEach((name, value) -> {
      var mask = "[secret:" + name + "]";
      hidden.add(new Hidden(value, mask));
      hidden.add(new Hidden(escaped(value), mask));
      value
          .lines()
          .map(String::strip)
          .filter(line -> line.length() >= SHORTEST_LINE && !line.equals(value))
          .forEach(line -> hidden.add(new Hidden(line, mask)));
    });
    return new Masking(hidden);
  }

  /** The text without secrets. */
  public String mask(String text) {
    var masked = text;
    for (var one : longestFirst) {
      masked = masked.replace(one.text(), one.mask());
    }
    return masked;
  }

  /** The document without secrets, in its texts, names and numbers. */
  public JsonNode mask(JsonNode document) {
    if (longestFirst.isEmpty()) {
      return document;
    }
    return switch (document) {
      case ObjectNode object -> {
        var copy = JsonNodeFactory.instance.objectNode();
        object.forEachEntry((name, value) -> copy.set(mask(name), mask(value)));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(value -> copy.add(mask(value)));
        yield copy;
      }
      default -> maskedLeaf(document);
    };
  }

  /**
   * A text of which the rest was cut off, without what may be the beginning of a secret at its end.
   */
  public String withoutHalfSecret(String cut) {
    var longest = longestFirst.stream().mapToInt(one -> halfAtEnd(cut, one.text())).max().orElse(0);
    return cut.substring(0, cut.length() - longest);
  }

  /** Characters of the longest secret; 0 when there is none. */
  public int longest() {
    return longestFirst.isEmpty() ? 0 : longestFirst.getFirst().text().length();
  }

  private static int halfAtEnd(String cut, String secret) {
    for (var length = Math.min(cut.length(), secret.length() - 1); length > 0; length--) {
      if (cut.endsWith(secret.substring(0, length))) {
        return length;
      }
    }
    return 0;
  }

  private JsonNode maskedLeaf(JsonNode leaf) {
    var text = leaf.isString() ? leaf.stringValue() : leaf.toString();
    var masked = mask(text);
    return masked.equals(text) ? leaf : JsonNodeFactory.instance.stringNode(masked);
  }

  /** As it stands within a JSON document. */
  private static String escaped(String value) {
    var quoted = JsonNodeFactory.instance.stringNode(value).toString();
    return quoted.substring(1, quoted.length() - 1);
  }

  /** Never shows what it hides. */
  @Override
  public String toString() {
    return longestFirst.size() + " hidden texts";
  }
}
