package dev.runs.domain.run;

import java.util.UUID;

/** Names one run; UUIDv7, so that the order of ids is the order of creation. */
public record RunId(UUID value) implements Comparable<RunId> {

  @Override
  public int compareTo(RunId other) {
    var high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
