package dev.runs.adapters.cli.connection;

/** Where a command does its work. */
public enum Mode {
  /** On a database that this process opens itself. */
  LOCAL("local"),
  /** Over HTTP, on a server. */
  REMOTE("remote");

  private final String word;

  Mode(String word) {
    this.word = word;
  }

  /** As {@code mode} has it in every result. */
  public String word() {
    return word;
  }
}
