package dev.runs.adapters.web.frame;

import dev.runs.domain.access.Scope;

/** A part of the console with an entry in its navigation, in the order of the navigation. */
public enum Section {
  OVERVIEW(Group.WORK, "/console", "Overview", Scope.RUNS_READ, "o"),
  RUNS(Group.WORK, "/console/runs", "Runs", Scope.RUNS_READ, "r"),
  QUEUE(Group.WORK, "/console/queue", "Queue", Scope.RUNS_READ, "q"),
  PIPELINES(Group.WORK, "/console/pipelines", "Pipelines", Scope.RUNS_READ, "p"),
  COSTS(Group.WORK, "/console/costs", "Costs", Scope.RUNS_READ, "c"),
  PROJECTS(Group.ORGANIZATION, "/console/projects", "Projects", Scope.RUNS_READ, "j"),
  USERS(Group.ORGANIZATION, "/console/users", "Users", Scope.RUNS_READ, "u"),
  TEAMS(Group.ORGANIZATION, "/console/teams", "Teams and keys", Scope.KEYS_ADMIN, "t"),
  PEOPLE(Group.ORGANIZATION, "/console/people", "People", Scope.ORG_ADMIN, "e"),
  SETTINGS(Group.ORGANIZATION, "/console/organization", "Settings", Scope.ORG_ADMIN, "n"),
  AUDIT(Group.ORGANIZATION, "/console/audit", "Audit", Scope.ORG_ADMIN, "a"),
  ORGANIZATIONS(
      Group.PLATFORM, "/console/organizations", "Organizations", Scope.PLATFORM_ADMIN, "g"),
  SYSTEM(Group.PLATFORM, "/console/system", "System", Scope.PLATFORM_ADMIN, "s");

  /** Sections that belong together. */
  public enum Group {
    WORK("Work"),
    ORGANIZATION("Organization"),
    PLATFORM("Platform");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  private final Group group;
  private final String path;
  private final String title;
  private final Scope needs;
  private final String key;

  Section(Group group, String path, String title, Scope needs, String key) {
    this.group = group;
    this.path = path;
    this.title = title;
    this.needs = needs;
    this.key = key;
  }

  public Group group() {
    return group;
  }

  /** Where its first page is; all its pages are below. */
  public String path() {
    return path;
  }

  public String title() {
    return title;
  }

  /** Without it the section is not offered; its use cases refuse by themselves. */
  public Scope needs() {
    return needs;
  }

  /** The key that opens it after {@code g}. */
  public String key() {
    return key;
  }

  /** Whether a page belongs to it. */
  public boolean holds(String address) {
    return address.equals(path) || (this != OVERVIEW && address.startsWith(path + "/"));
  }
}
