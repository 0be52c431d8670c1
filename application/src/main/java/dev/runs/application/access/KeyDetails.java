package dev.runs.application.access;

import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.Slug;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the audit log tells of a key that was made. */
final class KeyDetails {

  private KeyDetails() {}

  /** What the key may do, where, and until when; as far as it is bound. */
  static Map<String, String> of(ApiKey key) {
    var details = new TreeMap<String, String>();
    details.put("name", key.name().value());
    details.put("scopes", String.join(" ", key.scopes().wireNames()));
    if (!key.projects().isEmpty()) {
      details.put(
          "projects",
          key.projects().stream().map(Slug::value).sorted().collect(Collectors.joining(" ")));
    }
    key.expiresAt().ifPresent(end -> details.put("expiresAt", end.toString()));
    return details;
  }
}
