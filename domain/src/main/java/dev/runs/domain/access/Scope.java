package dev.runs.domain.access;

import java.util.Arrays;
import java.util.Optional;

/** One thing a key may do. Every route of every surface demands one of them. */
public enum Scope {
  RUNS_READ("runs:read", "read runs, their trees, costs and events"),
  RUNS_WRITE("runs:write", "make runs, report on them, cancel and delete them"),
  RUNS_CLAIM("runs:claim", "take queued runs to execute them"),
  COSTS_WRITE("costs:write", "add cost lines and corrections"),
  VALIDATIONS_WRITE("validations:write", "record validations of pipelines"),
  SUITES_READ("suites:read", "read suites and their results"),
  SUITES_WRITE("suites:write", "change suites"),
  SUITES_RUN("suites:run", "run suites"),
  JUDGE("judge", "ask the judge"),
  WEBHOOKS_WRITE("webhooks:write", "change webhooks"),
  KEYS_ADMIN("keys:admin", "make, rotate and revoke the keys of teams"),
  ORG_ADMIN("org:admin", "change projects, teams and people, read the audit log"),
  PLATFORM_ADMIN("platform:admin", "everything, in every organization");

  private final String wireName;
  private final String meaning;

  Scope(String wireName, String meaning) {
    this.wireName = wireName;
    this.meaning = meaning;
  }

  /** As surfaces and tables write it. */
  public String wireName() {
    return wireName;
  }

  /** What it allows, for people. */
  public String meaning() {
    return meaning;
  }

  public static Optional<Scope> ofWireName(String name) {
    return Arrays.stream(values()).filter(scope -> scope.wireName.equals(name)).findFirst();
  }
}
