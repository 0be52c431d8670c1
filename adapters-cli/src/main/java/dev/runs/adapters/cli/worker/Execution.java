package dev.runs.adapters.cli.worker;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run that is being executed, and why it is to stop, if it is. It begins when its thread does;
 * after its end nobody is interrupted any more.
 */
final class Execution {

  /** Why a run is to stop. */
  enum Stop {
    /** Somebody canceled it. */
    CANCELED,
    /** The worker ends, and the run is given back. */
    GIVEN_BACK,
    /** The lease is somebody else's; there is nothing to report. */
    LOST
  }

  private final ClaimedRun run;
  private final Duration grace;
  private @Nullable Stop stop;
  private @Nullable Thread handling;

  /**
   * @param grace how long the handler has when it is to stop
   */
  Execution(ClaimedRun run, Duration grace) {
    this.run = run;
    this.grace = grace;
  }

  ClaimedRun run() {
    return run;
  }

  /**
   * The handler begins.
   *
   * @return whether it may; not when the run is to stop already
   */
  synchronized boolean begin() {
    if (stop != null) {
      return false;
    }
    handling = Thread.currentThread();
    return true;
  }

  /** The handler has ended; an interruption that came late is forgotten. */
  @SuppressWarnings("ThreadInterrupted") // it is meant for the handler, which has ended
  synchronized void end() {
    handling = null;
    Thread.interrupted();
  }

  /** Asks the handler to stop. A lost lease makes any other reason void. */
  synchronized void stop(Stop why) {
    if (stop == why || stop == Stop.LOST || (stop != null && why != Stop.LOST)) {
      return;
    }
    stop = why;
    if (handling != null) {
      handling.interrupt();
    }
  }

  synchronized Optional<Stop> stopped() {
    return Optional.ofNullable(stop);
  }

  synchronized Duration grace() {
    return stop == Stop.LOST ? Duration.ZERO : grace;
  }
}
