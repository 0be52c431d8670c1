package dev.runs.application.cost;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryCostHistoryTest extends CostHistoryContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
