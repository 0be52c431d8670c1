package dev.runs.adapters.cli.connection;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON documents, read and written with the digits they have. */
public final class Documents {

  /** Made when something is read or written: a command that does neither need not wait for it. */
  private static final class Mapper {

    private static final JsonMapper MAPPER =
        JsonMapper.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
  }

  private Documents() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Compact, on one line. */
  public static String text(JsonNode value) {
    return Mapper.MAPPER.writeValueAsString(value);
  }

  /**
   * @throws JacksonException when the text is not one JSON value
   */
  public static JsonNode read(String text) {
    try (var parser = Mapper.MAPPER.createParser(text)) {
      var value = value(parser);
      if (value.isMissingNode()) {
        throw new StreamReadException(parser, "there is nothing");
      }
      if (parser.nextToken() != null) {
        throw new StreamReadException(parser, "more follows behind the value");
      }
      return value;
    }
  }

  /** A number whose exponent is beyond an int comes out of Jackson as it came out of Java. */
  private static JsonNode value(JsonParser parser) {
    try {
      return Mapper.MAPPER.readTree(parser);
    } catch (NumberFormatException e) {
      throw new StreamReadException(parser, "a number is beyond all limits", e);
    }
  }
}
