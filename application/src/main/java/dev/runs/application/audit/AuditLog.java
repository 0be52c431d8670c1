package dev.runs.application.audit;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.audit.AuditEntry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was written into the audit trail, newest first, by id. */
public interface AuditLog {

  /**
   * Some entries.
   *
   * @param organization whose matters; nothing for those of all organizations and of the
   *     installation itself
   * @param after the entry behind which to go on; nothing for the first page
   * @param limit at least 1
   */
  List<AuditEntry> newestFirst(
      Optional<OrganizationId> organization, AuditFilter filter, Optional<UUID> after, int limit);

  /**
   * Where a long list is to be cut: the last of its first {@code most} entries; nothing when it has
   * no more than these.
   *
   * @param most at least 1
   */
  Optional<UUID> lastOfFirst(
      Optional<OrganizationId> organization, AuditFilter filter, Optional<UUID> after, int most);
}
