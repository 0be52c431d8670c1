package dev.runs.adapters.web.frame;

import dev.runs.adapters.web.access.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Remembers the colours that somebody wants, in their browser alone. */
@ConsolePage
class ThemeChoice {

  private static final Duration REMEMBERED = Duration.ofDays(400);

  static final String HOME = "/console";

  /** Only what needs no reading: no scheme, no second slash in the path, no backslash. */
  private static final Pattern OURS =
      Pattern.compile(HOME + "(?:/[A-Za-z0-9_.~%-]+)*/?(?:\\?[A-Za-z0-9_.~!$&'()*+,;=:@/?%-]*)?");

  private final Cookies cookies;

  ThemeChoice(Cookies cookies) {
    this.cookies = cookies;
  }

  /**
   * @param back the page on which it was chosen, with all that it asks for; anything but a page of
   *     the console leads home
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
    return Said.redirect(request, isOurs(back) ? back : HOME);
  }

  /** Never to another server. */
  private static boolean isOurs(String address) {
    return OURS.matcher(address).matches();
  }
}
