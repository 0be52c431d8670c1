package dev.runs.adapters.web.frame;

import dev.runs.adapters.web.access.Cookies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/**
 * One sentence that the next page says, about what the form before it did. It travels in a cookie,
 * for there are no sessions in the server's memory.
 */
@Component
public final class Said {

  private static final String COOKIE = "runs_said";
  private static final Duration KEPT = Duration.ofMinutes(1);
  private static final int MOST_CHARACTERS = 500;

  private final Cookies cookies;

  Said(Cookies cookies) {
    this.cookies = cookies;
  }

  /**
   * Goes to a page after a form was accepted, by a GET, so that loading it again does nothing.
   *
   * @param path of the page, within the server
   * @param sentence what it says
   * @return what a handler returns
   */
  public String redirect(
      HttpServletRequest request, HttpServletResponse response, String path, String sentence) {
    var cut =
        sentence.length() > MOST_CHARACTERS ? sentence.substring(0, MOST_CHARACTERS) : sentence;
    cookies.write(
        request,
        response,
        COOKIE,
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(cut.getBytes(StandardCharsets.UTF_8)),
        KEPT);
    return redirect(request, path);
  }

  /** As above, without a word. */
  public static String redirect(HttpServletRequest request, String path) {
    request.setAttribute(View.RESPONSE_STATUS_ATTRIBUTE, HttpStatus.SEE_OTHER);
    return "redirect:" + path;
  }

  /** What the page before wanted to be said, once. */
  Optional<String> take(HttpServletRequest request, HttpServletResponse response) {
    var kept = cookies.read(request, COOKIE);
    if (kept.isPresent()) {
      cookies.remove(request, response, COOKIE);
    }
    return kept.flatMap(Said::decoded);
  }

  /** A cookie that is not ours says nothing. */
  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
