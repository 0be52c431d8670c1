package dev.runs.domain.validation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a validation found. */
public enum Verdict {
  PASSED,
  FAILED,
  /** The data is good enough, and something about it is not as it should be. */
  WARNING,
  /** Nothing was looked at. */
  SKIPPED;

  /** Whether the data may be used. <em>Source: the pipeline registry's {@code passed}.</em> */
  public boolean passes() {
    return this != FAILED;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds nothing when no verdict is called so. */
  public static Optional<Verdict> ofWireName(String name) {
    return Arrays.stream(values()).filter(verdict -> verdict.wireName().equals(name)).findFirst();
  }
}
