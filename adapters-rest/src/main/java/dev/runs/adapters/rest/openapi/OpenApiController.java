package dev.runs.adapters.rest.openapi;

import dev.runs.adapters.rest.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Describes this surface for machines (OpenAPI 3.1); open to everybody. */
@RestController
class OpenApiController {

  private static final String DOCUMENT = "openapi.yaml";

  private final byte[] document = document();

  @GetMapping({"/v1/openapi.json", "/openapi.json"})
  ResponseEntity<byte[]> show() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
  }

  /** The document is written as YAML, for people, and served as JSON. */
  private static byte[] document() {
    try (var in = OpenApiController.class.getResourceAsStream(DOCUMENT)) {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      return Json.bytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
