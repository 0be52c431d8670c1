package dev.runs.application.bulk;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is done to each run. */
public enum BulkAction {
  CANCEL,
  RETRY;

  /** As surfaces and tables write it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<BulkAction> ofWireName(String name) {
    return Arrays.stream(values()).filter(action -> action.wireName().equals(name)).findFirst();
  }
}
