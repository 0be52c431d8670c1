package dev.runs.domain.run;

/**
 * The project and domain of an organization in which a tree of runs is named. Runs below a root are
 * where their root is.
 */
public record RunSpace(String project, String domain) {

  /** Where runs are that name no project. */
  public static final RunSpace DEFAULT = new RunSpace("default", "production");
}
