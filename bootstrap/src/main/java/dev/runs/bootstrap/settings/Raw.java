package dev.runs.bootstrap.settings;

import java.util.List;
import java.util.Map;

/** A value as it was written, before its setting has read it. */
sealed interface Raw {

  /**
   * @param value one value; what a number looked like is kept
   */
  record Text(String value) implements Raw {}

  record Items(List<String> values) implements Raw {}

  /**
   * @param values in the order they were written
   */
  record Entries(Map<String, String> values) implements Raw {}

  /** Says nothing, so that a weaker source or the default decides. */
  default boolean isBlank() {
    return switch (this) {
      case Text(var value) -> value.isBlank();
      case Items(var values) -> values.isEmpty();
      case Entries(var values) -> values.isEmpty();
    };
  }
}
