package dev.runs.adapters.rest.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.caller.ScopeGuard;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.domain.access.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends RestTest {

  private final Document document = Document.SERVED;

  @Test
  void isServedAtBothAddressesToEverybody() {
    var one = client.without("X-API-Key").get("/v1/openapi.json").is(200);
    var other = client.without("X-API-Key").get("/openapi.json").is(200);

    assertThat(one.contentType()).isEqualTo("application/json");
    assertThat(one.textAt("/openapi")).isEqualTo("3.1.0");
    assertThat(other.text()).isEqualTo(one.text());
  }

  @Test
  void hasEveryRouteAndNoOther() {
    var mapped = new TreeSet<String>();
    var mapping =
        world.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    for (var route : mapping.getHandlerMethods().keySet()) {
      for (var pattern : route.getPatternValues()) {
        for (var method : route.getMethodsCondition().getMethods()) {
          mapped.add(method + " " + pattern.replaceAll("\\{(\\w+):[^}]+}", "{$1}"));
        }
      }
    }
    var documented = new TreeSet<String>();
    for (var operation : document.operations()) {
      documented.add(operation.method().toUpperCase(Locale.ROOT) + " " + operation.path());
    }

    assertThat(documented).isEqualTo(mapped);
  }

  @Test
  void tellsOfEveryOperationWhatItIsAndHowItRefuses() {
    for (var operation : document.operations()) {
      var node = operation.node();
      assertThat(node.at("/summary").asString()).as(operation.id()).isNotBlank();
      assertThat(node.at("/tags")).as(operation.id()).hasSize(1);
      var isOpen = node.has("security") && node.get("security").isEmpty();
      var responses = node.get("responses");
      assertThat(responses.has("401")).as(operation.id()).isTrue();
      assertThat(responses.has("default")).as(operation.id()).isNotEqualTo(isOpen);
      assertThat(responses.propertyNames().stream().anyMatch(status -> status.startsWith("2")))
          .as(operation.id())
          .isTrue();
      if (node.has("requestBody")) {
        assertThat(responses.propertyNames())
            .as(operation.id())
            .contains(operation.path().startsWith("/api/") ? "422" : "400", "413", "415");
      }
    }
  }

  @Test
  void saysOfEveryRouteWhichScopeItNeeds() {
    eachRoute((operation, handler) -> {
      var security = operation.node().path("security");
      Optional<String> scope =
          security.isEmpty()
              ? Optional.empty()
              : Optional.of(security.at("/0/apiKey/0").asString());
      assertThat(scope)
          .as(operation.id())
          .isEqualTo(ScopeGuard.needed(handler).map(Scope::wireName));
    });
  }

  @Test
  void saysOfEveryRouteWhetherItTakesAKey() {
    eachRoute((operation, handler) -> {
      var takesKey =
          Arrays.stream(handler.getMethodParameters())
              .anyMatch(parameter -> parameter.getParameterType() == Submission.class);
      assertThat(operation.node().path("parameters").toString().contains("IdempotencyKey"))
          .as(operation.id())
          .isEqualTo(takesKey);
      if (takesKey) {
        assertThat(operation.node().get("responses").propertyNames())
            .as(operation.id())
            .contains("409", "422");
      }
    });
  }

  private void eachRoute(BiConsumer<Document.Operation, HandlerMethod> work) {
    var mapping =
        world.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    mapping
        .getHandlerMethods()
        .forEach((route, handler) -> {
          for (var pattern : route.getPatternValues()) {
            for (var method : route.getMethodsCondition().getMethods()) {
              var path = pattern.replaceAll("\\{(\\w+):[^}]+}", "{$1}");
              work.accept(document.operation(method.name(), path).orElseThrow(), handler);
            }
          }
        });
  }

  @Test
  void tellsOfEveryLimitedRouteHowOneStands() {
    for (var operation : document.operations()) {
      var responses = operation.node().get("responses");
      assertThat(responses.has("429")).as(operation.id()).isTrue();
      var isLimited = responses.has("default");
      for (var response : responses.properties()) {
        if ((isLimited && response.getKey().startsWith("2")) || response.getKey().equals("429")) {
          assertThat(document.resolved(response.getValue()).path("headers").propertyNames())
              .as("%s %s", operation.id(), response.getKey())
              .contains("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");
        }
      }
    }
  }

  @Test
  void namesEveryOperationOnce() {
    assertThat(document.operations().stream().map(Document.Operation::id))
        .doesNotHaveDuplicates()
        .allMatch(id -> !id.isBlank());
  }

  @Test
  void hasNoReferenceThatLeadsNowhereAndNothingThatNobodyRefersTo() {
    var references = new TreeSet<String>();
    collectReferences(document.node(), references);

    for (var reference : references) {
      assertThat(document.node().at(reference.substring(1)).isMissingNode())
          .as(reference)
          .isFalse();
    }
    for (var kind : List.of("headers", "parameters", "responses", "schemas")) {
      for (var name : document.node().at("/components/" + kind).propertyNames()) {
        assertThat(references).contains("#/components/" + kind + "/" + name);
      }
    }
  }

  @Test
  void hasExamplesThatAreAsTheySay() {
    var checked = new ArrayList<String>();
    for (var operation : document.operations()) {
      var body = operation.node().at("/requestBody/content/application~1json");
      checkExamples(body, operation.id() + " request", checked);
      for (var response : operation.node().get("responses").properties()) {
        for (var media : document.resolved(response.getValue()).path("content")) {
          checkExamples(media, operation.id() + " " + response.getKey(), checked);
        }
      }
    }

    assertThat(checked).hasSizeGreaterThan(100);
  }

  private void checkExamples(JsonNode media, String what, List<String> checked) {
    for (var example : media.path("examples").properties()) {
      var name = what + " " + example.getKey();
      document.checkSchema(media.get("schema"), example.getValue().get("value"), name);
      checked.add(name);
    }
  }

  private static void collectReferences(JsonNode node, Set<String> references) {
    if (node.isObject() && node.path("$ref").isString()) {
      references.add(node.get("$ref").asString());
    }
    node.forEach(member -> collectReferences(member, references));
  }
}
