package dev.runs.adapters.rest.openapi;

import dev.runs.adapters.rest.caller.Free;
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

  /** Read when somebody asks for it first, for the server is to start fast. */
  private static final class Document {

    private static final byte[] JSON = written();

    private Document() {}

    /** The document is written as YAML, for people, and served as JSON. */
    private static byte[] written() {
      try (var in = OpenApiController.class.getResourceAsStream("openapi.yaml")) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object document = new Yaml(new SafeConstructor(options)).load(in);
        return Json.bytes(document);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Free
  @GetMapping({"/v1/openapi.json", "/openapi.json"})
  ResponseEntity<byte[]> show() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Document.JSON);
  }
}
