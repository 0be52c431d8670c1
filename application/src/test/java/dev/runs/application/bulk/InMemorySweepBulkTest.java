package dev.runs.application.bulk;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemorySweepBulkTest extends SweepBulkContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
