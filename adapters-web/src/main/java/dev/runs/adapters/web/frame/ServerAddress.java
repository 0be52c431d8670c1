package dev.runs.adapters.web.frame;

import dev.runs.adapters.web.access.SignInOptions;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where this server is, for lines that people copy. */
@Component
public final class ServerAddress {

  private final SignInOptions options;

  public ServerAddress(SignInOptions options) {
    this.options = options;
  }

  /**
   * As the configuration says it, else as whoever looks at a page has reached it. Without a slash
   * at its end.
   */
  public String of(HttpServletRequest request) {
    var configured = options.publicUrl();
    var address =
        configured == null
            ? ServletUriComponentsBuilder.fromContextPath(request).toUriString()
            : configured.toString();
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
