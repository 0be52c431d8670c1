package dev.runs.adapters.web.run;

import dev.runs.domain.action.Document;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a log of an attempt can be read, as its executor told it.
 *
 * @param name what it is called
 * @param link where it is; null when it is nowhere that a browser can go
 * @param text all that was told of it
 */
public record RunLog(String name, @Nullable String link, String text) {

  private static final Pattern NAME = member("name");
  private static final Pattern LINK = member("uri");

  static RunLog of(Document log) {
    var json = log.json();
    return new RunLog(
        found(NAME, json).orElse("Log"),
        found(LINK, json).filter(RunLog::isOfTheWeb).orElse(null),
        JsonText.indented(json));
  }

  /** Nothing else is made a link: an address that executes a script would be one too. */
  private static boolean isOfTheWeb(String text) {
    try {
      var uri = URI.create(text);
      return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static Optional<String> found(Pattern member, String json) {
    var match = member.matcher(json);
    return match.find() ? Optional.of(JsonText.unescaped(match.group(1))) : Optional.empty();
  }

  private static Pattern member(String name) {
    return Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"");
  }
}
