package dev.runs.application.audit;

import dev.runs.domain.audit.AuditEntry;

/** Takes note of who did what, in the transaction in which it is done. */
public interface AuditTrail {

  void add(AuditEntry entry);
}
