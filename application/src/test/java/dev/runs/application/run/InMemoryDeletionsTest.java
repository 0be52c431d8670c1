package dev.runs.application.run;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryDeletionsTest extends DeletionsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
