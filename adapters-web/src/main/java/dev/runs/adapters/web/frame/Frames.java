package dev.runs.adapters.web.frame;

import dev.runs.adapters.web.access.Cookies;
import dev.runs.adapters.web.access.Visitors;
import dev.runs.application.access.ShowChoices;
import dev.runs.application.access.SignedIn;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.thymeleaf.context.LazyContextVariable;

/** Makes the frame of each page. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@ControllerAdvice(annotations = ConsolePage.class)
final class Frames {

  /** The cookie that remembers the colours. */
  static final String THEME = "runs_theme";

  private final ShowChoices showChoices;
  private final Cookies cookies;
  private final Said said;

  Frames(ShowChoices showChoices, Cookies cookies, Said said) {
    this.showChoices = showChoices;
    this.cookies = cookies;
    this.said = said;
  }

  /** Made when a template reads it: neither a redirect nor a fragment does. */
  @ModelAttribute("frame")
  LazyContextVariable<Frame> frame(HttpServletRequest request, HttpServletResponse response) {
    return new LazyContextVariable<>() {
      @Override
      protected Frame loadValue() {
        return make(request, response);
      }
    };
  }

  private Frame make(HttpServletRequest request, HttpServletResponse response) {
    if (!(request.getAttribute(Visitors.SIGNED_IN) instanceof SignedIn signedIn)) {
      throw new IllegalStateException("nobody is signed in, and a page of the console is shown");
    }
    return new Frame(
        signedIn.person(),
        Visits.of(request).orElse(null),
        request.getRequestURI(),
        back(request),
        List.copyOf(showChoices.show(signedIn)),
        cookies.read(request, THEME).flatMap(Theme::ofWireName).orElse(Theme.SYSTEM),
        said.take(request, response).orElse(null));
  }

  /** What a form was answered with, or a page that could not be drawn, is not opened again. */
  static String back(HttpServletRequest request) {
    if (!HttpMethod.GET.matches(request.getMethod())
        || request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) != null) {
      return ThemeChoice.HOME;
    }
    var query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }
}
