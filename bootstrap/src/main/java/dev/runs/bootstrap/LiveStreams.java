package dev.runs.bootstrap;

import dev.runs.application.event.EventTail;
import org.springframework.context.SmartLifecycle;

/** Ends everything that follows events when the server stops, before it waits for its requests. */
final class LiveStreams implements SmartLifecycle {

  private final EventTail tail;
  private volatile boolean isRunning;

  LiveStreams(EventTail tail) {
    this.tail = tail;
  }

  @Override
  public void start() {
    isRunning = true;
  }

  @Override
  public void stop() {
    isRunning = false;
    tail.close();
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }
}
