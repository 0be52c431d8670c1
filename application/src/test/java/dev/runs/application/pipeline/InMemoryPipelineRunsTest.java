package dev.runs.application.pipeline;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.Stores;

final class InMemoryPipelineRunsTest extends PipelineRunsContract {

  private final InMemoryWorld world = new InMemoryWorld();

  @Override
  protected Stores stores() {
    return world;
  }
}
