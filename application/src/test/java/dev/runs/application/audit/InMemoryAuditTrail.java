package dev.runs.application.audit;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.audit.AuditEntry;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The audit log in memory. */
public final class InMemoryAuditTrail implements AuditTrail {

  private final InMemoryTransactions.Table<UUID, AuditEntry> rows;

  public InMemoryAuditTrail(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.<UUID>naturalOrder());
  }

  @Override
  public void add(AuditEntry entry) {
    rows.put(entry.id(), entry);
  }

  /** Everything, oldest first. */
  public List<AuditEntry> all() {
    return List.copyOf(rows.all());
  }
}
