package dev.runs.application.system;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemorySystemFactsTest extends SystemFactsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
