package dev.runs.adapters.web.docs;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The reference of the API. It reads {@code /v1/openapi.json} and asks nobody else. */
@Controller
class DocsPage {

  /** Scripts and data from here alone; the reference draws with style attributes of its own. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  @GetMapping({"/docs", "/docs/"})
  String page(HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", POLICY);
    return "docs/index";
  }
}
