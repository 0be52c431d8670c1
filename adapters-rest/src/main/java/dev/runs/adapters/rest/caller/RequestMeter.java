package dev.runs.adapters.rest.caller;

import java.time.Duration;

/** Counts and times requests. It answers at once and throws nothing. */
@FunctionalInterface
public interface RequestMeter {

  /**
   * A request was answered.
   *
   * @param method one of HTTP's, or {@code (other)}
   * @param route as it is declared, or {@code (none)} when the path led to none
   */
  void answered(String method, String route, int status, Duration took);
}
