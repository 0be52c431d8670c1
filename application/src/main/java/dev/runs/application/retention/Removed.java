package dev.runs.application.retention;

import java.util.Map;

/**
 * What retention has removed, or would remove.
 *
 * @param trees whole ones
 * @param runs in them
 * @param lines of costs, of these runs
 */
public record Removed(long trees, long runs, long lines) {

  public static final Removed NOTHING = new Removed(0, 0, 0);

  public Removed plus(Removed other) {
    return new Removed(trees + other.trees, runs + other.runs, lines + other.lines);
  }

  public boolean isNothing() {
    return equals(NOTHING);
  }

  /** As the audit log has it. */
  Map<String, String> details() {
    return Map.of(
        "trees", Long.toString(trees),
        "runs", Long.toString(runs),
        "costLines", Long.toString(lines));
  }
}
