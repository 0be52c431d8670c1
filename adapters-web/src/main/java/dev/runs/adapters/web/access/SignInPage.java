package dev.runs.adapters.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where people say who they are. */
@Controller
class SignInPage {

  /** What a word in the query tells, which is all that can be made to stand on the page. */
  private static final Map<String, String> TOLD =
      Map.of(
          "failed",
          "Login or password are wrong, or there were too many attempts. Then wait a while.",
          "refused",
          "The provider knows you, but you cannot sign in here. Ask an administrator.",
          "unreachable",
          "The provider cannot be reached now. Try again in a while.",
          "expired",
          "This page was open for too long. Try again.",
          "signed-out",
          "You are signed out.");

  private final SignInOptions options;

  SignInPage(SignInOptions options) {
    this.options = options;
  }

  @GetMapping("/sign-in")
  String page(HttpServletRequest request, Model model) {
    model.addAttribute("hasProvider", options.hasProvider());
    model.addAttribute("isGood", "signed-out".equals(request.getQueryString()));
    model.addAttribute("told", TOLD.get(String.valueOf(request.getQueryString())));
    return "access/sign-in";
  }

  /** Nobody came to the provider: it was not asked, or did not answer. */
  @GetMapping("/sign-in/with/oidc")
  String unreachable() {
    return options.hasProvider() ? "redirect:/sign-in?unreachable" : "redirect:/sign-in";
  }
}
