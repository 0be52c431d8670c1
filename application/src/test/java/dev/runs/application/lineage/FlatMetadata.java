package dev.runs.application.lineage;

import dev.runs.domain.pipeline.PipelineDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Adds to objects that hold texts only, of letters that JSON writes as they are. */
public final class FlatMetadata implements MetadataMerge {

  private static final Pattern MEMBER = Pattern.compile("\"([^\"]*)\":\"([^\"]*)\"");

  @Override
  public PipelineDocument merged(PipelineDocument metadata, Map<String, String> told) {
    var texts = new LinkedHashMap<String, String>();
    var members = MEMBER.matcher(metadata.json());
    while (members.find()) {
      texts.put(members.group(1), members.group(2));
    }
    var before = Map.copyOf(texts);
    texts.putAll(told);
    return texts.equals(before)
        ? metadata
        : new PipelineDocument(
            texts.entrySet().stream()
                .map(text -> "\"%s\":\"%s\"".formatted(text.getKey(), text.getValue()))
                .collect(Collectors.joining(",", "{", "}")));
  }
}
