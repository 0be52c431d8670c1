package dev.runs.bootstrap.settings;

import org.jspecify.annotations.Nullable;

/**
 * Why the program cannot start, as one line for the person who started it. It names what to change
 * and holds no secret.
 */
public final class StartFailure extends RuntimeException {

  public StartFailure(String line) {
    this(line, null);
  }

  public StartFailure(String line, @Nullable Throwable cause) {
    super(line.replaceAll("\\s*\\R\\s*", " "), cause);
  }

  /** The line. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
