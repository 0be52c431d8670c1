package dev.runs.application.queue;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryQueueContentsTest extends QueueContentsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }

  @Override
  protected boolean isCapped() {
    return false;
  }
}
