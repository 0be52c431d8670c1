package dev.runs.application.queue;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryQueueModelTest extends QueueModelContract {

  private final InMemoryWorld world = new InMemoryWorld(clock);

  @Override
  protected Stores stores() {
    return world;
  }

  @Override
  protected int operations() {
    return 80_000;
  }
}
