package dev.runs.application.lineage;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryLineageTest extends LineageContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
