package dev.runs.domain.action;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.run.RunName;

/**
 * Where a root is found by names.
 *
 * @param project 1 to {@value #MOST_CHARACTERS} characters; not every text is a project's slug, and
 *     in a project that cannot be there is no run
 * @param domain 1 to {@value #MOST_CHARACTERS} characters
 * @param name 1 to 30 characters
 */
public record RunAddress(OrganizationId organization, String project, String domain, String name)
    implements Comparable<RunAddress> {

  /** The most characters that a project or a domain has. */
  public static final int MOST_CHARACTERS = 63;

  /**
   * @throws ActionRejected.BadName when a part is empty or too long
   */
  public RunAddress {
    ActionRejected.BadName.check("project", project, MOST_CHARACTERS);
    ActionRejected.BadName.check("domain", domain, MOST_CHARACTERS);
    ActionRejected.BadName.check("name", name, RunName.MOST_CHARACTERS);
  }

  /** The root as an action of its tree. */
  public ActionAddress root() {
    return new ActionAddress(this, RunName.ROOT_ACTION);
  }

  /** An action of the tree. */
  public ActionAddress action(String action) {
    return new ActionAddress(this, action);
  }

  @Override
  public int compareTo(RunAddress other) {
    var byOrganization = organization.value().compareTo(other.organization.value());
    if (byOrganization != 0) {
      return byOrganization;
    }
    var byProject = project.compareTo(other.project);
    if (byProject != 0) {
      return byProject;
    }
    var byDomain = domain.compareTo(other.domain);
    return byDomain != 0 ? byDomain : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return project + "/" + domain + "/" + name;
  }
}
