package dev.runs.application.overview;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryPresentRunsTest extends PresentRunsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
