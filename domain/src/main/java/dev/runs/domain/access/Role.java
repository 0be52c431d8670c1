package dev.runs.domain.access;

import static dev.runs.domain.access.Scope.COSTS_WRITE;
import static dev.runs.domain.access.Scope.RUNS_READ;
import static dev.runs.domain.access.Scope.RUNS_WRITE;
import static dev.runs.domain.access.Scope.SUITES_READ;
import static dev.runs.domain.access.Scope.SUITES_RUN;
import static dev.runs.domain.access.Scope.VALIDATIONS_WRITE;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do in an organization; each role includes the ones before it. */
public enum Role {
  /** Sees everything of the organization but who has access to it. */
  VIEWER(Scopes.of(RUNS_READ, SUITES_READ)),

  /** Also works on runs. */
  OPERATOR(
      Scopes.of(RUNS_READ, SUITES_READ, RUNS_WRITE, COSTS_WRITE, VALIDATIONS_WRITE, SUITES_RUN)),

  /** Also decides who has access. */
  ADMIN(Scopes.ofOrganization());

  private final Scopes scopes;

  Role(Scopes scopes) {
    this.scopes = scopes;
  }

  public Scopes scopes() {
    return scopes;
  }

  /** As surfaces, tables and configurations write it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> ofWireName(String name) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(name)).findFirst();
  }
}
