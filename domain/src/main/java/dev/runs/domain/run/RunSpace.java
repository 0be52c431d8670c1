package dev.runs.domain.run;

import dev.runs.domain.access.Slug;

/**
 * The project and domain of an organization in which a tree of runs is named. Runs below a root are
 * where their root is.
 */
public record RunSpace(Slug project, String domain) {

  /** The domain of runs that name none. */
  public static final String PRODUCTION = "production";

  /** Where runs are that name no project. */
  public static final RunSpace DEFAULT = new RunSpace(Slug.DEFAULT, PRODUCTION);
}
