package dev.runs.adapters.web.bulk;

import dev.runs.application.Counted;
import dev.runs.application.bulk.BulkAction;
import dev.runs.application.bulk.BulkExtent;
import java.util.Locale;

/**
 * What somebody types to show that they mean it: how many runs there are, or what is done to them
 * when they are too many to be counted.
 *
 * @param word as it is asked for
 */
record Confirmation(String word) {

  static Confirmation of(BulkAction action, BulkExtent seen) {
    return new Confirmation(
        seen.runs() > Counted.FARTHEST ? action.wireName() : Integer.toString(seen.runs()));
  }

  /** Whether it was typed, be it with commas, spaces or capital letters. */
  boolean isTyped(String typed) {
    return typed.replace(",", "").strip().toLowerCase(Locale.ROOT).equals(word);
  }
}
