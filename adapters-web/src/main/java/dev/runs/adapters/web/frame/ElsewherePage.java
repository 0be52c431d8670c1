package dev.runs.adapters.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every address of the console at which there is no page. */
@ConsolePage
class ElsewherePage {

  @RequestMapping("/console/**")
  String nowhere(HttpServletRequest request) throws NoResourceFoundException {
    throw new NoResourceFoundException(
        HttpMethod.valueOf(request.getMethod()), request.getRequestURI(), request.getRequestURI());
  }
}
