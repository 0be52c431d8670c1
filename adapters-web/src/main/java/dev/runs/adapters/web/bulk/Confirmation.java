package dev.runs.adapters.web.bulk;

import dev.runs.application.Counted;
import dev.runs.application.bulk.BulkAction;
import dev.runs.domain.run.Run;
import java.util.Locale;

/**
 * What somebody types to show that they mean it: how many runs there are, or what is done to them
 * when they are too many to be counted.
 *
 * @param word as it is asked for
 */
record Confirmation(String word) {

  static Confirmation of(BulkAction action, Counted<Run> meant) {
    return new Confirmation(meant.isCapped() ? action.wireName() : Integer.toString(meant.total()));
  }

  /** Whether it was typed, be it with commas, spaces or capital letters. */
  boolean isTyped(String typed) {
    return !word.isEmpty() && typed.replace(",", "").strip().toLowerCase(Locale.ROOT).equals(word);
  }
}
