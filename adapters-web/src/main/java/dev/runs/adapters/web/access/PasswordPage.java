package dev.runs.adapters.web.access;

import dev.runs.application.access.ChangePassword;
import dev.runs.application.access.SignedIn;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Password;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where somebody changes their password. */
@Controller
class PasswordPage {

  private final ChangePassword changePassword;
  private final SessionCookie cookie;

  PasswordPage(ChangePassword changePassword, SessionCookie cookie) {
    this.changePassword = changePassword;
    this.cookie = cookie;
  }

  @GetMapping("/account/password")
  String page(SignedIn visitor, Model model) {
    model.addAttribute("person", visitor.person());
    model.addAttribute("fewest", Password.FEWEST_CHARACTERS);
    model.addAttribute("most", Password.MOST_CHARACTERS);
    return "access/password";
  }

  @PostMapping("/account/password")
  String change(
      SignedIn visitor,
      @RequestParam(defaultValue = "") String present,
      @RequestParam(defaultValue = "") String next,
      @RequestParam(defaultValue = "") String again,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      if (!next.equals(again)) {
        return refused(visitor, "The new passwords differ.", response, model);
      }
      var started =
          changePassword.change(visitor, present, new Password(next), Visitors.origin(request));
      cookie.write(request, response, started.token());
      return "redirect:/console";
    } catch (AccessRejected.BadPassword
        | AccessRejected.WrongPassword
        | AccessRejected.SamePassword refusal) {
      return refused(visitor, refusal.sentence(), response, model);
    }
  }

  private String refused(SignedIn visitor, String told, HttpServletResponse response, Model model) {
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    model.addAttribute("told", told);
    return page(visitor, model);
  }
}
