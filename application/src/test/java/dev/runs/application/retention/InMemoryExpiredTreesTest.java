package dev.runs.application.retention;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryExpiredTreesTest extends ExpiredTreesContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
