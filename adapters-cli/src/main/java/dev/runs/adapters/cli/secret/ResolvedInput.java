package dev.runs.adapters.cli.secret;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run is given, with the secrets that it refers to.
 *
 * <p>A reference is a whole text {@code secret://name}, or one behind the name of a scheme as in
 * {@code Bearer secret://name}: what the service lets through where it would refuse a credential.
 *
 * @param masking keeps the secrets out of what is written
 */
public record ResolvedInput(JsonNode input, Masking masking) {

  private static final Pattern REFERENCE =
      Pattern.compile("((?:[A-Za-z]{1,20} )?)secret://([A-Za-z0-9._/-]{1,200})");

  /**
   * @throws UnusableSecrets when one is unknown, or too short to be kept out of what is written
   */
  public static ResolvedInput of(JsonNode input, SecretSource source) {
    var used = new LinkedHashMap<String, String>();
    var resolved = resolved(input, source, used);
    return new ResolvedInput(resolved, Masking.of(used));
  }

  private static JsonNode resolved(JsonNode node, SecretSource source, Map<String, String> used) {
    return switch (node) {
      case ObjectNode object -> {
        var copy = JsonNodeFactory.instance.objectNode();
        object.forEachEntry((name, value) -> copy.set(name, resolved(value, source, used)));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(value -> copy.add(resolved(value, source, used)));
        yield copy;
      }
      default -> node.isString() ? text(node, source, used) : node;
    };
  }

  private static JsonNode text(JsonNode node, SecretSource source, Map<String, String> used) {
    var reference = REFERENCE.matcher(node.stringValue());
    if (!reference.matches()) {
      return node;
    }
    var name = reference.group(2);
    var value =
        source
            .find(name)
            .orElseThrow(() ->
                new UnusableSecrets("The secret '%s' is not known here.".formatted(name), null));
    if (value.length() < Masking.SHORTEST) {
      throw new UnusableSecrets(
          "The secret '%s' has fewer than %d characters; so short a text cannot be kept out of what is written."
              .formatted(name, Masking.SHORTEST),
          null);
    }
    used.put(name, value);
    return JsonNodeFactory.instance.stringNode(reference.group(1) + value);
  }

  /** Never shows what it holds. */
  @Override
  public String toString() {
    return "an input with " + masking;
  }
}
