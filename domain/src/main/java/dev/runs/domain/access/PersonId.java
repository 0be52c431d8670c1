package dev.runs.domain.access;

import java.util.Optional;
import java.util.UUID;

/** Names one person; UUIDv7. */
public record PersonId(UUID value) {

  private static final String PREFIX = "person:";

  /** The person with this id, as it is written into events. */
  public Principal principal() {
    return new Principal(PREFIX + value);
  }

  /** Whom {@link #principal()} named so; nothing when it is somebody else. */
  public static Optional<PersonId> of(Principal principal) {
    var text = principal.value();
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PersonId(UUID.fromString(text.substring(PREFIX.length()))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
