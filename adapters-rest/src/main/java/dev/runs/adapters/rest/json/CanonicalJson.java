package dev.runs.adapters.rest.json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells JSON documents apart that mean something else, whatever the order of their members. */
public final class CanonicalJson {

  private CanonicalJson() {}

  /** The same for two objects that differ in nothing but the order of members and this member. */
  public static String hashWithout(ObjectNode object, String member) {
    var others = object.deepCopy();
    others.remove(member);
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text(others).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String text(JsonNode value) {
    if (value.isObject()) {
      var members = new TreeMap<String, String>();
      value
          .properties()
          .forEach(member -> members.put(Json.text(member.getKey()), text(member.getValue())));
      return members.entrySet().stream()
          .map(member -> member.getKey() + ":" + member.getValue())
          .collect(Collectors.joining(",", "{", "}"));
    }
    return value.isArray()
        ? value.values().stream()
            .map(CanonicalJson::text)
            .collect(Collectors.joining(",", "[", "]"))
        : Json.text(value);
  }
}
