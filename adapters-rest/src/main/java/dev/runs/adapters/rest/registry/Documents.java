package dev.runs.adapters.rest.registry;

import dev.runs.adapters.rest.json.Json;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.domain.pipeline.PipelineDocument;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What clients want to have kept as it is. */
public final class Documents {

  private Documents() {}

  /** An object; nothing when there is none, or when it is wrong, which is noted. */
  public static Optional<PipelineDocument> object(Fields fields, String name) {
    return kept(fields, name, fields.object(name).map(Fields::object));
  }

  /** An array with at least one element; nothing when there is none, or when it is wrong. */
  public static Optional<PipelineDocument> array(Fields fields, String name) {
    var value = fields.object().path(name);
    if (!value.isArray() && !value.isNull() && !value.isMissingNode()) {
      fields.refuse(name, name + " must be an array");
    }
    return kept(fields, name, Optional.of(value).filter(its -> its.isArray() && !its.isEmpty()));
  }

  private static Optional<PipelineDocument> kept(
      Fields fields, String name, Optional<? extends JsonNode> value) {
    return value
        .flatMap(_ -> fields.document(name))
        .flatMap(json -> fields.attempt(name, () -> new PipelineDocument(json)));
  }

  /**
   * Merges a change into an object as RFC 7396 has it: {@code null} removes a member, an object is
   * merged into the one there is, and everything else replaces what there is.
   */
  public static PipelineDocument merged(PipelineDocument document, ObjectNode change) {
    var whole = Json.read(document.json().getBytes(StandardCharsets.UTF_8));
    return new PipelineDocument(Json.text(merged(whole, change)));
  }

  private static JsonNode merged(JsonNode whole, JsonNode change) {
    if (!(change instanceof ObjectNode members)) {
      return change;
    }
    var result =
        whole instanceof ObjectNode known
            ? known.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    for (var member : members.properties()) {
      if (member.getValue().isNull()) {
        result.remove(member.getKey());
      } else {
        result.set(member.getKey(), merged(result.path(member.getKey()), member.getValue()));
      }
    }
    return result;
  }
}
