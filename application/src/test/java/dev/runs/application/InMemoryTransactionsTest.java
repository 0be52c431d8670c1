package dev.runs.application;

final class InMemoryTransactionsTest extends TransactionsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
