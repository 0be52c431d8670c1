package dev.runs.application.audit;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.audit.AuditEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The audit log in memory. */
public final class InMemoryAuditTrail implements AuditTrail, AuditLog {

  private final InMemoryTransactions.Table<UUID, AuditEntry> rows;

  public InMemoryAuditTrail(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.<UUID>naturalOrder());
  }

  @Override
  public void add(AuditEntry entry) {
    if (rows.has(entry.id())) {
      throw new IllegalStateException("the audit log is append-only");
    }
    rows.put(entry.id(), entry);
  }

  @Override
  public List<AuditEntry> newestFirst(
      Optional<OrganizationId> organization, AuditFilter filter, Optional<UUID> after, int limit) {
    return matching(organization, filter, after).limit(limit).toList();
  }

  @Override
  public Optional<UUID> lastOfFirst(
      Optional<OrganizationId> organization, AuditFilter filter, Optional<UUID> after, int most) {
    var found = matching(organization, filter, after).map(AuditEntry::id).toList();
    return found.size() > most ? Optional.of(found.get(most - 1)) : Optional.empty();
  }

  /** Everything, oldest first. */
  public List<AuditEntry> all() {
    return List.copyOf(rows.all());
  }

  private Stream<AuditEntry> matching(
      Optional<OrganizationId> organization, AuditFilter filter, Optional<UUID> after) {
    return rows.all().reversed().stream()
        .filter(entry -> organization.isEmpty() || entry.organization().equals(organization))
        .filter(entry -> after.isEmpty() || entry.id().compareTo(after.get()) < 0)
        .filter(entry -> filter.actor().map(entry.actor().value()::equals).orElse(true))
        .filter(entry -> filter.action().map(entry.action()::equals).orElse(true))
        .filter(entry -> filter.target().map(entry.target()::equals).orElse(true))
        .filter(entry -> filter.from().map(from -> !entry.at().isBefore(from)).orElse(true))
        .filter(entry -> filter.to().map(to -> !entry.at().isAfter(to)).orElse(true));
  }
}
