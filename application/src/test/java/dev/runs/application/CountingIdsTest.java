package dev.runs.application;

final class CountingIdsTest extends IdsContract {

  private final CountingIds ids = new CountingIds();

  @Override
  protected Ids ids() {
    return ids;
  }
}
