package dev.runs.domain.validation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a run may succeed whose data failed a validation. */
public enum Gate {
  /** It may. */
  NONE,
  /** It may, and its success tells of the failed validation. */
  WARN,
  /** It may not: it fails, and that is nobody's to retry. */
  FAIL;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Finds nothing when no gate is called so. */
  public static Optional<Gate> ofWireName(String name) {
    return Arrays.stream(values()).filter(gate -> gate.wireName().equals(name)).findFirst();
  }
}
