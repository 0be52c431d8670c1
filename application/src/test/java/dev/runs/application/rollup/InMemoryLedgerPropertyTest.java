package dev.runs.application.rollup;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryLedgerPropertyTest extends LedgerPropertyContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
