package dev.runs.adapters.rest.audit;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.audit.AuditEntry;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log.
 *
 * @param organizationId null for what concerns the whole installation
 * @param address null when the request came over no network
 */
record AuditEntryJson(
    UUID id,
    String at,
    @Nullable UUID organizationId,
    String actor,
    String action,
    String target,
    String requestId,
    @Nullable String address,
    SortedMap<String, String> details) {

  static AuditEntryJson of(AuditEntry entry) {
    var address = entry.origin().address();
    return new AuditEntryJson(
        entry.id(),
        Times.written(entry.at()),
        entry.organization().map(OrganizationId::value).orElse(null),
        entry.actor().value(),
        entry.action().wireName(),
        entry.target(),
        entry.origin().requestId(),
        address.isEmpty() ? null : address,
        new TreeMap<>(entry.details()));
  }
}
