package dev.runs.domain.action;

/**
 * Where a log of an attempt can be read.
 *
 * @param name one attempt has one log of a name; the newest told counts
 * @param entry the rest
 */
public record AttemptLog(String name, Document entry) {

  private static final int MOST_CHARACTERS = 255;

  /**
   * @throws ActionRejected.BadName when the name is too long
   */
  public AttemptLog {
    ActionRejected.BadName.checkLongest("log name", name, MOST_CHARACTERS);
  }
}
