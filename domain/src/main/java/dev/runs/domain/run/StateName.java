package dev.runs.domain.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The bare name of a state: for columns, filters and the wire. Declared in the order in which a
 * live run goes through them.
 */
public enum StateName {
  PENDING,
  QUEUED,
  WAITING_FOR_RESOURCES,
  INITIALIZING,
  RUNNING,
  PAUSED,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  CANCELED;

  /** Whether nothing more is expected of a run in this state. */
  public boolean isTerminal() {
    return compareTo(SUCCEEDED) >= 0;
  }

  public boolean isLive() {
    return !isTerminal();
  }

  /** The name in lower case, as {@code state} has it on the wire and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds nothing when no state is called so. */
  public static Optional<StateName> ofWireName(String name) {
    return Arrays.stream(values()).filter(state -> state.wireName().equals(name)).findFirst();
  }
}
