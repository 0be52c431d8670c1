package dev.runs.adapters.rest.json;

import dev.runs.domain.secret.Input;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON, read and written the same way everywhere: members in the order of their declaration, nulls
 * kept, decimals read exactly, nothing read that is written twice.
 */
public final class Json {

  public static final String MEDIA_TYPE = "application/json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Json() {}

  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  public static String text(Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  /**
   * @throws JacksonException when the bytes are not one JSON value; a MismatchedInputException when
   *     an object has the same key twice
   */
  public static JsonNode read(byte[] bytes) {
    try (var parser = MAPPER.createParser(bytes)) {
      var value = value(parser);
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "more follows behind the value");
      }
      return value;
    }
  }

  /** As the core looks at what clients give. */
  public static Input input(JsonNode node) {
    if (node.isString()) {
      return new Input.Text(node.stringValue());
    }
    if (node.isArray()) {
      return new Input.Elements(node.valueStream().map(Json::input).toList());
    }
    if (node.isObject()) {
      var members = new LinkedHashMap<String, Input>();
      node.forEachEntry((name, value) -> members.put(name, input(value)));
      return new Input.Members(members);
    }
    return node.isNumber() ? Input.NUMBER : Input.OTHER;
  }

  /** A number whose exponent is beyond an int comes out of Jackson as it came out of Java. */
  private static JsonNode value(JsonParser parser) {
    try {
      return MAPPER.readTree(parser);
    } catch (NumberFormatException e) {
      throw new StreamReadException(parser, "a number is beyond all limits", e);
    }
  }
}
