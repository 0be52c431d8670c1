package dev.runs.application.action;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryActionsTest extends ActionsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
