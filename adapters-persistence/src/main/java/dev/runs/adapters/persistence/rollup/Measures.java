package dev.runs.adapters.persistence.rollup;

import org.jooq.Condition;
import org.jooq.Field;

/** Which measures are meant, by the ranges their keys lie in. */
public final class Measures {

  /** What the keys of costs begin with. */
  public static final String COST = "cost/";

  /** What the keys of quantities begin with. */
  public static final String USED = "used/";

  private Measures() {}

  public static Condition isCost(Field<String> measure) {
    return isBetween(measure, COST);
  }

  public static Condition isUsed(Field<String> measure) {
    return isBetween(measure, USED);
  }

  /** The character behind the slash ends the range. */
  private static Condition isBetween(Field<String> measure, String prefix) {
    var end = prefix.substring(0, prefix.length() - 1) + (char) ('/' + 1);
    return measure.ge(prefix).and(measure.lt(end));
  }
}
