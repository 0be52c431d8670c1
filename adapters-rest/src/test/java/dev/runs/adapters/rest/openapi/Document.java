package dev.runs.adapters.rest.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The OpenAPI document, as tests use it: more strictly than clients do, for it must name every
 * member that is ever sent.
 */
public final class Document {

  public static final Document SERVED =
      new Document(
          (ObjectNode)
              JsonMapper.shared()
                  .readTree(Objects.requireNonNull(new OpenApiController().show().getBody())));

  private static final String PROBLEM = "application/problem+json";

  /** Where the pipeline registry's clients are answered, with refusals in a shape of their own. */
  private static final String REGISTRY = "/api/v1";

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
  private final ObjectNode document;
  private final ObjectNode strictComponents;

  private Document(ObjectNode document) {
    this.document = document;
    this.strictComponents = (ObjectNode) document.get("components").deepCopy();
    strictComponents.get("schemas").forEach(Document::makeMembersStrict);
  }

  /** One operation of the document. */
  public record Operation(String path, String method, JsonNode node) {

    String id() {
      return node.at("/operationId").asString();
    }
  }

  JsonNode node() {
    return document;
  }

  /** All operations there are. */
  List<Operation> operations() {
    return document
        .get("paths")
        .propertyStream()
        .flatMap(path ->
            path.getValue()
                .propertyStream()
                .filter(member -> !member.getKey().equals("parameters"))
                .map(member -> new Operation(path.getKey(), member.getKey(), member.getValue())))
        .toList();
  }

  /** The operation that answers a request; nothing when there is none. */
  Optional<Operation> operation(String method, String path) {
    var asked = path.replaceFirst("(?<=.)/$", "").replaceAll("(?i)%3a", ":");
    return operations().stream()
        .filter(operation -> operation.method().equalsIgnoreCase(method))
        .filter(operation -> matches(operation.path(), asked))
        .max(Comparator.comparing(operation -> literal(operation.path()).length()));
  }

  /** What of a path is not a parameter: where two match, the one that says more is meant. */
  private static String literal(String template) {
    return template.replaceAll("\\{[a-z]+}", "");
  }

  private static boolean matches(String template, String path) {
    var pattern =
        Arrays.stream(template.splitWithDelimiters("\\{[a-z]+}", 0))
            .map(Document::patternOf)
            .collect(Collectors.joining());
    return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).matcher(path).matches();
  }

  /** What follows the last colon behind an id is a verb; names may have colons. */
  private static String patternOf(String part) {
    return switch (part) {
      case "{id}" -> "[^/:]+";
      case String text when text.startsWith("{") -> "[^/]+";
      case String text -> Pattern.quote(text);
    };
  }

  /**
   * Holds an answer to what is written of it.
   *
   * @throws AssertionError when nothing is written of it, or something else
   */
  public void check(String method, String path, int status, String contentType, String body) {
    var operation = operation(method, path);
    if (status == 307 && path.startsWith(REGISTRY) && path.endsWith("/") && body.isEmpty()) {
      return;
    }
    if (operation.isEmpty()) {
      checkRefusal(path, status, contentType, body);
    } else if (status == 405) {
      throw new AssertionError(method + " " + path + " is documented and not allowed");
    } else {
      check(operation.get(), status, contentType, body);
    }
  }

  private void check(Operation operation, int status, String contentType, String body) {
    var responses = operation.node().get("responses");
    var written = responses.get(Integer.toString(status));
    if (written == null && (status == 500 || body.contains("request.malformed_path"))) {
      checkRefusal(operation.path(), status, contentType, body);
      return;
    }
    if (written == null) {
      throw new AssertionError(
          "no answer %d of %s is documented: %s".formatted(status, operation.id(), body));
    }
    var content = resolved(written).path("content");
    if (content.isMissingNode() && body.isEmpty()) {
      return;
    }
    var media = content.path(contentType.replaceFirst(";.*", ""));
    if (media.isMissingNode()) {
      throw new AssertionError(
          "%d of %s is not documented as %s".formatted(status, operation.id(), contentType));
    }
    var value =
        contentType.contains("json")
            ? JsonMapper.shared().readTree(body)
            : StringNode.valueOf(body);
    checkSchema(media.get("schema"), value, operation.id() + " " + status);
  }

  private void checkRefusal(String path, int status, String contentType, String body) {
    var isOfRegistry = path.startsWith(REGISTRY);
    if (status < 400) {
      throw new AssertionError("an answer that is not documented: " + status + " " + body);
    }
    if (!contentType.equals(isOfRegistry ? "application/json" : PROBLEM)) {
      throw new AssertionError("a refusal as " + contentType + ": " + body);
    }
    var schema =
        JsonMapper.shared()
            .createObjectNode()
            .put("$ref", "#/components/schemas/" + (isOfRegistry ? "RegistryRefusal" : "Problem"));
    checkSchema(schema, JsonMapper.shared().readTree(body), "a refusal");
  }

  /** Holds a value to a schema of the document. */
  void checkSchema(JsonNode schema, JsonNode value, String what) {
    var errors = schemas.computeIfAbsent(schema, this::compiled).validate(value);
    if (!errors.isEmpty()) {
      throw new AssertionError(what + " is not as documented: " + errors + "\n" + value);
    }
  }

  private Schema compiled(JsonNode schema) {
    var strict = (ObjectNode) schema.deepCopy();
    makeStrict(strict);
    strict.set("components", strictComponents);
    return registry.getSchema(strict);
  }

  JsonNode resolved(JsonNode node) {
    var reference = node.path("$ref");
    return reference.isMissingNode() ? node : document.at(reference.asString().substring(1));
  }

  /** Lets nothing be sent that has no name; parts of a whole are no wholes. */
  private static void makeStrict(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && (object.has("properties") || object.has("allOf") || object.has("$ref"))) {
      object.put("unevaluatedProperties", false);
    }
    makeMembersStrict(schema);
  }

  private static void makeMembersStrict(JsonNode schema) {
    schema.path("properties").forEach(Document::makeStrict);
    schema.path("oneOf").forEach(Document::makeStrict);
    schema.path("allOf").forEach(Document::makeMembersStrict);
    makeStrictIfThere(schema.path("items"));
    makeStrictIfThere(schema.path("additionalProperties"));
  }

  private static void makeStrictIfThere(JsonNode schema) {
    if (schema.isObject()) {
      makeStrict(schema);
    }
  }
}
