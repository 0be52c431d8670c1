package dev.runs.application.idempotency;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryKeptAnswersTest extends KeptAnswersContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
