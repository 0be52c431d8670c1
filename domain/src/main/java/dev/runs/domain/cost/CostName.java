package dev.runs.domain.cost;

/**
 * What is paid for, such as {@code gpt-4o-input-tokens}; the price list knows it by this name.
 *
 * @param value 1 to {@value #MOST_CHARACTERS} characters, not blank
 */
public record CostName(String value) implements Comparable<CostName> {

  /** The most characters a cost's name may have. */
  public static final int MOST_CHARACTERS = 200;

  public CostName {
    if (value.isBlank() || value.length() > MOST_CHARACTERS) {
      throw new CostRejected.BadName(value.length());
    }
  }

  @Override
  public int compareTo(CostName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
