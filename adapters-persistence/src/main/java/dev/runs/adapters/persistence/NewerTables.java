package dev.runs.adapters.persistence;

/** Tables that a newer program has changed, so that this one would write wrongly into them. */
public final class NewerTables extends RuntimeException {

  NewerTables(int found, int known) {
    super(
        "The database was changed by a newer version of this program: its tables are at version"
            + " %d, and this program knows %d. Start a newer version.".formatted(found, known));
  }

  /** For who started the program. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
