package dev.runs.adapters.web.access;

import dev.runs.domain.Rejection;
import dev.runs.domain.Rejection.Reason;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;

/** Says beside a form what was wrong with what was typed into it. */
final class Refusals {

  private Refusals() {}

  /**
   * Lets the page that follows say why, with status 400 or 409.
   *
   * @throws Rejection the refusal itself, when nothing could be typed that would help
   */
  static void tell(Rejection refusal, HttpServletResponse response, Model model) {
    if (refusal.reason() != Reason.INVALID && refusal.reason() != Reason.CONFLICT) {
      throw refusal;
    }
    tell(
        refusal.sentence(),
        refusal.reason() == Reason.CONFLICT
            ? HttpServletResponse.SC_CONFLICT
            : HttpServletResponse.SC_BAD_REQUEST,
        response,
        model);
  }

  /** As above, with a sentence of the page itself. */
  static void tell(String sentence, HttpServletResponse response, Model model) {
    tell(sentence, HttpServletResponse.SC_BAD_REQUEST, response, model);
  }

  private static void tell(String sentence, int status, HttpServletResponse response, Model model) {
    response.setStatus(status);
    model.addAttribute("told", sentence);
  }
}
