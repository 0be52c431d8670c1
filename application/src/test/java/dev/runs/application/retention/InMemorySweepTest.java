package dev.runs.application.retention;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemorySweepTest extends SweepExpiredRunsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
