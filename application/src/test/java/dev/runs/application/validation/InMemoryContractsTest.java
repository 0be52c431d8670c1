package dev.runs.application.validation;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryContractsTest extends ContractsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
