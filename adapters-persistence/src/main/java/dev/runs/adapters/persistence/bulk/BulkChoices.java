package dev.runs.adapters.persistence.bulk;

import dev.runs.application.bulk.BulkChoice;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Choices as JSON: {@code {"runs": [...]}} or {@code {"filter": {...}}}, where what does not narrow
 * is left out. What is written stays readable for every later version.
 */
final class BulkChoices {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private BulkChoices() {}

  static String toJson(BulkChoice choice) {
    var json = MAPPER.createObjectNode();
    switch (choice) {
      case BulkChoice.Selected(var runs) -> {
        var ids = json.putArray("runs");
        runs.forEach(run -> ids.add(run.toString()));
      }
      case BulkChoice.Matching(var filter) -> write(filter, json.putObject("filter"));
    }
    return MAPPER.writeValueAsString(json);
  }

  static BulkChoice ofJson(String text) {
    var json = MAPPER.readTree(text);
    return json.has("runs")
        ? new BulkChoice.Selected(
            json.get("runs").valueStream().map(id -> runId(id.stringValue())).toList())
        : new BulkChoice.Matching(filter(json.get("filter")));
  }

  private static void write(RunFilter filter, ObjectNode json) {
    put(json, "service", filter.service());
    put(json, "task", filter.task());
    put(json, "user", filter.user().map(UserId::value));
    if (!filter.states().isEmpty()) {
      var states = json.putArray("states");
      filter.states().stream().sorted().forEach(state -> states.add(state.wireName()));
    }
    put(json, "startedFrom", filter.startedFrom());
    put(json, "startedTo", filter.startedTo());
    put(json, "parent", filter.parent());
    put(json, "app", filter.app());
    put(json, "brand", filter.brand());
    put(json, "campaign", filter.campaign());
    put(json, "project", filter.project().map(Slug::value));
    put(json, "createdFrom", filter.createdFrom());
    put(json, "createdBefore", filter.createdBefore());
    if (filter.isOfRoots()) {
      json.put("roots", true);
    }
    put(json, "text", filter.text());
  }

  private static RunFilter filter(JsonNode json) {
    return new RunFilter(
        text(json, "service", Function.identity()),
        text(json, "task", Function.identity()),
        text(json, "user", id -> new UserId(UUID.fromString(id))),
        json.path("states")
            .valueStream()
            .map(state -> StateName.ofWireName(state.stringValue()).orElseThrow())
            .collect(Collectors.toSet()),
        text(json, "startedFrom", Instant::parse),
        text(json, "startedTo", Instant::parse),
        text(json, "parent", BulkChoices::runId),
        text(json, "app", Function.identity()),
        text(json, "brand", Function.identity()),
        text(json, "campaign", Function.identity()),
        text(json, "project", Slug::new),
        text(json, "createdFrom", Instant::parse),
        text(json, "createdBefore", Instant::parse),
        json.path("roots").asBoolean(false),
        text(json, "text", Function.identity()));
  }

  private static void put(ObjectNode json, String name, Optional<?> value) {
    value.ifPresent(it -> json.put(name, it.toString()));
  }

  private static <T> Optional<T> text(JsonNode json, String name, Function<String, T> read) {
    return Optional.ofNullable(json.get(name)).map(node -> read.apply(node.stringValue()));
  }

  private static RunId runId(String text) {
    return new RunId(UUID.fromString(text));
  }
}
