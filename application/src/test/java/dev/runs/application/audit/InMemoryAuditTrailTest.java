package dev.runs.application.audit;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryAuditTrailTest extends AuditLogContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
