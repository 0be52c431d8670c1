package dev.runs.application.access;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryWebSessionsTest extends WebSessionsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
