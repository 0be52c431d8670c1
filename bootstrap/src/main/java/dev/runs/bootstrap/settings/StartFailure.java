package dev.runs.bootstrap.settings;

import java.util.Optional;
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

  /**
   * What a failure at the start comes from, where the cause is one that the person can change: the
   * port, the host, the database's file or the PostgreSQL server.
   *
   * @return nothing for any other failure, which needs its stack trace
   */
  public static Optional<StartFailure> explaining(Throwable failure, Settings settings) {
    return new Diagnosis(settings).of(failure);
  }

  /** The line. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
