package dev.runs.application.queue;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemorySweepCancellationsTest extends SweepCancellationsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
