package dev.runs.bootstrap;

import dev.runs.bootstrap.settings.Settings;

/** The server. */
final class Serve {

  private Serve() {}

  /** Starts it, and returns when it listens. It goes on until the process is told to stop. */
  @SuppressWarnings("DoNotCallSuggester") // until it is wired
  static void run(Settings settings) {
    throw new UnsupportedOperationException("There is no server yet for " + settings);
  }
}
