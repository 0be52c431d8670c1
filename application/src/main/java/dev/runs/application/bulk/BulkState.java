package dev.runs.application.bulk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How it stands with a bulk operation. */
public enum BulkState {
  /** There may be runs left. */
  RUNNING,
  /** Every run was looked at. */
  DONE,
  /** Somebody stopped it; what was done until then stays done. */
  STOPPED;

  /** As surfaces and tables write it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<BulkState> ofWireName(String name) {
    return Arrays.stream(values()).filter(state -> state.wireName().equals(name)).findFirst();
  }
}
