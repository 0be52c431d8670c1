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
 * @param target what it was done to, as {@code kind:id}; at most 300 characters
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

  public AuditEntry {
    details = Map.copyOf(details);
  }
}
