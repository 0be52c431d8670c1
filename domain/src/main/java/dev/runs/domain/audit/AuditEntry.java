package dev.runs.domain.audit;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One line of the audit log. Once written it never changes.
 *
 * @param id UUIDv7
 * @param organization whose matter it is; nothing for what concerns the whole installation
 * @param actor who did it or tried to
 * @param target what it was done to, as {@code kind:id}; 1 to {@value #MOST_TARGET_CHARACTERS}
 *     characters
 * @param origin where the request came from
 * @param details in words; never a secret
 */
public record AuditEntry(
    UUID id,
    Instant at,
    Optional<OrganizationId> organization,
    Principal actor,
    AuditAction action,
    String target,
    Origin origin,
    Map<String, String> details) {

  /** How many characters a target has at most. */
  public static final int MOST_TARGET_CHARACTERS = 300;

  public AuditEntry {
    if (target.isEmpty() || target.length() > MOST_TARGET_CHARACTERS) {
      throw new IllegalArgumentException("a target has 1 to 300 characters, not " + target);
    }
    details = Map.copyOf(details);
  }
}
