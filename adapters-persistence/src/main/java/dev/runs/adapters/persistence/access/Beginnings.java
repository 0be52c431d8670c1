package dev.runs.adapters.persistence.access;

import static org.jooq.impl.DSL.noCondition;

import org.jooq.Condition;
import org.jooq.Field;

/** How texts begin. */
final class Beginnings {

  /** The last of all code points, which no text has, for it stands for no character. */
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private Beginnings() {}

  /**
   * That a text begins so: as a range, which an index finds where columns are sorted code point by
   * code point.
   *
   * @param beginning empty for every text
   */
  static Condition of(Field<String> text, String beginning) {
    return beginning.isEmpty() ? noCondition() : text.ge(beginning).and(text.lt(beginning + LAST));
  }
}
