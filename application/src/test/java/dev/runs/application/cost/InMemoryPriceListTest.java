package dev.runs.application.cost;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryPriceListTest extends PriceListContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
