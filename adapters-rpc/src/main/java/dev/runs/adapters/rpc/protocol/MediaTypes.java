package dev.runs.adapters.rpc.protocol;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** Reads media types. */
final class MediaTypes {

  private MediaTypes() {}

  /** That of a request, in lower case and without parameters; empty when there is none. */
  static String of(HttpServletRequest request) {
    var type = request.getContentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
