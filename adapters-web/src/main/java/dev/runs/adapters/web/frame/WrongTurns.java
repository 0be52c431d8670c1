package dev.runs.adapters.web.frame;

import dev.runs.domain.Rejection;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Shows what pages refuse, and what goes wrong in them, as a page. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@ControllerAdvice(annotations = ConsolePage.class)
final class WrongTurns {

  private static final Logger LOG = LoggerFactory.getLogger(WrongTurns.class);

  private final Frames frames;

  WrongTurns(Frames frames) {
    this.frames = frames;
  }

  @ExceptionHandler
  ModelAndView refused(
      Rejection refusal, HttpServletRequest request, HttpServletResponse response) {
    return page(status(refusal.reason()), refusal.sentence(), refusal.code(), request, response);
  }

  @ExceptionHandler
  ModelAndView nowhere(
      NoResourceFoundException failure, HttpServletRequest request, HttpServletResponse response) {
    return page(
        HttpStatus.NOT_FOUND,
        "There is no such page, or you may not see it.",
        "request.not_found",
        request,
        response);
  }

  /** An address with something that is none in the place of an id, or of another value. */
  @ExceptionHandler
  ModelAndView misspelt(
      MethodArgumentTypeMismatchException failure,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (failure.getParameter().hasParameterAnnotation(PathVariable.class)) {
      return page(
          HttpStatus.NOT_FOUND,
          "There is no such page, or you may not see it.",
          "request.not_found",
          request,
          response);
    }
    return page(
        HttpStatus.BAD_REQUEST,
        "“%s” cannot have the value that it has in this request.".formatted(failure.getName()),
        "request.invalid",
        request,
        response);
  }

  /** A question with a part that means nothing. */
  @ExceptionHandler
  ModelAndView meaningless(
      WrongQuestion failure, HttpServletRequest request, HttpServletResponse response) {
    return page(HttpStatus.BAD_REQUEST, failure.sentence(), "request.invalid", request, response);
  }

  /** A form that was shown by nobody here, or long ago. */
  @ExceptionHandler
  ModelAndView strange(
      OneTimeForms.WrongForm failure, HttpServletRequest request, HttpServletResponse response) {
    return page(
        HttpStatus.BAD_REQUEST,
        "This form was not shown here. Open its page again.",
        "request.refused",
        request,
        response);
  }

  @ExceptionHandler
  ModelAndView homeless(
      Visits.Homeless failure, HttpServletRequest request, HttpServletResponse response) {
    return page(
        HttpStatus.FORBIDDEN,
        "You belong to no organization yet. An administrator can let you into one.",
        "access.no_organization",
        request,
        response);
  }

  /** Leaves alone what a client broke off, and what has been answered in part. */
  @ExceptionHandler
  ModelAndView broken(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    if (failure instanceof EOFException || response.isCommitted()) {
      throw failure;
    }
    if (failure instanceof ErrorResponse known) {
      var status = HttpStatus.valueOf(known.getStatusCode().value());
      return page(
          status,
          status == HttpStatus.METHOD_NOT_ALLOWED
              ? "This page cannot be asked for in that way."
              : "The request is not one that this page understands.",
          "request.refused",
          request,
          response);
    }
    LOG.error("A page could not be shown: {}", asked(request), failure);
    return page(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong here. The log of the server says what.",
        "internal_error",
        request,
        response);
  }

  /** The page that somebody wanted, also where the request was led away from it. */
  private static Object asked(HttpServletRequest request) {
    var first = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
    return first == null ? request.getRequestURI() : first;
  }

  private ModelAndView page(
      HttpStatus status,
      String sentence,
      String code,
      HttpServletRequest request,
      HttpServletResponse response) {
    var page = new ModelAndView("frame/wrong-turn", status);
    page.addObject("frame", frames.frame(request, response));
    page.addObject("status", status.value());
    page.addObject("title", title(status));
    page.addObject("sentence", sentence);
    page.addObject("code", code);
    return page;
  }

  private static String title(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> "Not found";
      case FORBIDDEN -> "Not allowed";
      case CONFLICT -> "Not possible now";
      case INTERNAL_SERVER_ERROR -> "Something went wrong";
      case BAD_GATEWAY -> "Another service does not answer";
      default -> "That did not work";
    };
  }

  /** As the API answers the same refusal. */
  private static HttpStatus status(Rejection.Reason reason) {
    return switch (reason) {
      case INVALID -> HttpStatus.BAD_REQUEST;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case CONFLICT -> HttpStatus.CONFLICT;
      case UNPROCESSABLE -> HttpStatus.UNPROCESSABLE_CONTENT;
      case FORBIDDEN -> HttpStatus.FORBIDDEN;
      case EXHAUSTED -> HttpStatus.TOO_MANY_REQUESTS;
      case UPSTREAM -> HttpStatus.BAD_GATEWAY;
    };
  }
}
