package dev.runs.adapters.web.frame;

import dev.runs.adapters.web.access.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Remembers the colours that somebody wants, in their browser alone. */
@ConsolePage
class ThemeChoice {

  private static final Duration REMEMBERED = Duration.ofDays(400);

  private final Cookies cookies;

  ThemeChoice(Cookies cookies) {
    this.cookies = cookies;
  }

  /**
   * @param back the page on which it was chosen; anything but a page of the console leads home
   */
  @PostMapping("/console/theme")
  String choose(
      @RequestParam(defaultValue = "") String theme,
      @RequestParam(defaultValue = "") String back,
      HttpServletRequest request,
      HttpServletResponse response) {
    Theme.ofWireName(theme)
        .ifPresent(chosen ->
            cookies.write(request, response, Frames.THEME, chosen.wireName(), REMEMBERED));
    return Said.redirect(request, isOurs(back) ? back : "/console");
  }

  /** Never to another server. */
  private static boolean isOurs(String address) {
    return address.matches("/console(?:/[A-Za-z0-9_.~/-]*)?");
  }
}
