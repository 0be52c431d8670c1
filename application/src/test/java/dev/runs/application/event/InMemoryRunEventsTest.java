package dev.runs.application.event;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryRunEventsTest extends RunEventLogContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
