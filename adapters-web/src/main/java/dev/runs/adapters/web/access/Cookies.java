package dev.runs.adapters.web.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Cookies that scripts cannot read and that other sites cannot send with a form. Where browsers
 * come by https they never travel without, and have a name that browsers take from this host alone.
 */
@Component
public final class Cookies {

  /** Browsers take such a cookie only by https, for every path, and from no neighbouring host. */
  private static final String OF_THIS_HOST = "__Host-";

  private final SignInOptions options;

  public Cookies(SignInOptions options) {
    this.options = options;
  }

  /** What the browser shows; nothing when it is empty. */
  public Optional<String> read(HttpServletRequest request, String name) {
    return Optional.ofNullable(WebUtils.getCookie(request, name(name, isSecure(request))))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty());
  }

  /**
   * @param age after which the browser forgets it
   */
  public void write(
      HttpServletRequest request,
      HttpServletResponse response,
      String name,
      String value,
      Duration age) {
    var isSecure = isSecure(request);
    response.addHeader(
        HttpHeaders.SET_COOKIE,
        ResponseCookie.from(name(name, isSecure), value)
            .httpOnly(true)
            .secure(isSecure)
            .sameSite("Lax")
            .path("/")
            .maxAge(age)
            .build()
            .toString());
  }

  public void remove(HttpServletRequest request, HttpServletResponse response, String name) {
    write(request, response, name, "", Duration.ZERO);
  }

  /** What a cookie is called. */
  public static String name(String name, boolean isSecure) {
    return isSecure ? OF_THIS_HOST + name : name;
  }

  /** Whether browsers come by https, to a proxy in front, whatever a request looks like. */
  public boolean areAlwaysSecure() {
    var publicUrl = options.publicUrl();
    return publicUrl != null && "https".equalsIgnoreCase(publicUrl.getScheme());
  }

  private boolean isSecure(HttpServletRequest request) {
    return areAlwaysSecure() || request.isSecure();
  }
}
