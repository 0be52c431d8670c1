package dev.runs.domain.rollup;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.run.StateName;

/** Something that adds up along a tree: a cost, a quantity, a number of runs. */
public sealed interface Measure {

  /** The cost of everything booked under one name, in US cents with ten decimals. */
  record Cost(CostName name) implements Measure {}

  /** How much was used of one name, with six decimals. */
  record Used(CostName name) implements Measure {}

  /** How many runs below are in a state; a run does not count itself. */
  record Descendants(StateName state) implements Measure {}

  /** The decimals that amounts of this measure have. */
  default int scale() {
    return switch (this) {
      case Cost _ -> 10;
      case Used _ -> 6;
      case Descendants _ -> 0;
    };
  }

  /** How the ledger writes it: {@code cost/…}, {@code used/…}, {@code runs/…}. */
  default String key() {
    return switch (this) {
      case Cost(var name) -> "cost/" + name;
      case Used(var name) -> "used/" + name;
      case Descendants(var state) -> "runs/" + state.wireName();
    };
  }

  /** Reads what {@link #key()} has written. */
  static Measure ofKey(String key) {
    var name = key.substring(key.indexOf('/') + 1);
    return switch (key.substring(0, key.length() - name.length())) {
      case "cost/" -> new Cost(new CostName(name));
      case "used/" -> new Used(new CostName(name));
      case "runs/" -> new Descendants(StateName.ofWireName(name).orElseThrow());
      default -> throw new IllegalArgumentException("no measure is written as " + key);
    };
  }
}
