package dev.runs.domain.lineage;

import java.util.Arrays;
import java.util.Optional;

/** What an event of lineage says of its run. <em>Source: OpenLineage.</em> */
public enum LineageType {
  START,
  RUNNING,
  COMPLETE,
  /** It was stopped; what was executed within it is told of by events of its own. */
  ABORT,
  FAIL,
  /** It tells something besides; also what an event means that has no type. */
  OTHER;

  /** Whether it ends its run. */
  public boolean isEnd() {
    return this == COMPLETE || this == ABORT || this == FAIL;
  }

  /** Finds nothing when no type is called so. */
  public static Optional<LineageType> ofWireName(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
