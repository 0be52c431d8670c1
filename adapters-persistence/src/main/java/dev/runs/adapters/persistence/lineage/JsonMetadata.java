package dev.runs.adapters.persistence.lineage;

import dev.runs.application.lineage.MetadataMerge;
import dev.runs.domain.pipeline.PipelineDocument;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Adds to metadata as JSON; what is there stays as it was written, numbers to their last digit. */
public final class JsonMetadata implements MetadataMerge {

  private static final JsonMapper JSON_MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  @Override
  public PipelineDocument merged(PipelineDocument metadata, Map<String, String> told) {
    var object = (ObjectNode) JSON_MAPPER.readTree(metadata.json());
    var isNew = false;
    for (var member : told.entrySet()) {
      JsonNode known = object.get(member.getKey());
      if (known == null || !known.isString() || !known.stringValue().equals(member.getValue())) {
        object.put(member.getKey(), member.getValue());
        isNew = true;
      }
    }
    return isNew ? new PipelineDocument(JSON_MAPPER.writeValueAsString(object)) : metadata;
  }
}
