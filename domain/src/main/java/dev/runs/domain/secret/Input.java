package dev.runs.domain.secret;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a client gives, as a tree in the way of JSON. */
public sealed interface Input {

  /** A number. */
  Input NUMBER = new Numeral();

  /** A truth value, or nothing. */
  Input OTHER = new Other();

  /**
   * An object.
   *
   * @param byName in their order
   */
  record Members(Map<String, Input> byName) implements Input {
    public Members {
      byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }
  }

  /** An array. */
  record Elements(List<Input> inOrder) implements Input {
    public Elements {
      inOrder = Collections.unmodifiableList(new ArrayList<>(inOrder));
    }
  }

  record Text(String value) implements Input {}

  /** What a password of digits alone may be written as; see {@link #NUMBER}. */
  record Numeral() implements Input {}

  /** What cannot hold a credential; see {@link #OTHER}. */
  record Other() implements Input {}
}
