package dev.runs.bootstrap.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses of the web, as settings hold them. */
final class HttpAddress {

  private HttpAddress() {}

  static URI url(String text) throws BadValue {
    var url = parsed(text);
    if (url.getRawUserInfo() != null) {
      throw new BadValue("has a user or password in it");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new BadValue("has a ? or # in it");
    }
    return url;
  }

  /** As browsers send it: scheme, host and perhaps port, nothing behind; or {@code *} for any. */
  static String origin(String text) throws BadValue {
    if (text.equals("*")) {
      return text;
    }
    var url = url(text);
    if (!url.getRawPath().isEmpty()) {
      throw new BadValue("has an origin with a path: " + text);
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static URI parsed(String text) throws BadValue {
    try {
      var url = new URI(text);
      if (!isHttp(url.getScheme()) || url.getHost() == null) {
        throw new BadValue("is not an http or https address with a host");
      }
      return url;
    } catch (URISyntaxException _) {
      throw new BadValue("is not an address");
    }
  }

  private static boolean isHttp(@Nullable String scheme) {
    return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
  }
}
