package dev.runs.adapters.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every address of the console at which there is no page, and where a broken page leads. */
@ConsolePage
class ElsewherePage {

  @RequestMapping("/console/**")
  String nowhere(HttpServletRequest request) throws Exception {
    if (request.getAttribute(BrokenPages.FAILURE) instanceof Exception failure) {
      throw failure;
    }
    throw new NoResourceFoundException(
        HttpMethod.valueOf(request.getMethod()), request.getRequestURI(), request.getRequestURI());
  }
}
