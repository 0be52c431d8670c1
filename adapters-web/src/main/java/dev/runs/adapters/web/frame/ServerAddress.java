package dev.runs.adapters.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where this server is, as who looks at a page has reached it; for lines that people copy. */
public final class ServerAddress {

  private ServerAddress() {}

  /** Without a slash at its end. */
  public static String of(HttpServletRequest request) {
    return ServletUriComponentsBuilder.fromContextPath(request).toUriString();
  }
}
