package dev.runs.adapters.rest.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Answers what controllers throw, and what is asked of no controller, with problem documents. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {

  @ExceptionHandler
  void answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (failure instanceof EOFException) {
      // the client has gone; nobody is there to be answered
      return;
    }
    if (response.isCommitted()) {
      // a part of the answer is out; the server breaks it off, so that nobody takes it for all
      throw failure;
    }
    response.resetBuffer();
    Problems.write(request, response, Problems.of(failure));
  }
}
