package dev.runs.adapters.rest.problem;

import dev.runs.adapters.rest.caller.Free;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what went wrong beside the controllers, where the server forwards it to. */
@Free
@Controller
class ProblemPages implements ErrorController {

  @RequestMapping("/error")
  void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    Problems.write(
        request,
        response,
        problem(failure, status),
        path instanceof String asked ? asked : request.getRequestURI());
  }

  private static Problem problem(@Nullable Object failure, @Nullable Object status) {
    if (failure instanceof Throwable known) {
      return Problems.of(
          known instanceof ServletException wrapping && wrapping.getRootCause() != null
              ? wrapping.getRootCause()
              : known);
    }
    var code = status instanceof Integer known ? known : 404;
    return Problems.ofStatus(code, new IllegalStateException("the server answered " + code));
  }
}
