package dev.runs.application.access;

import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Scopes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key that somebody asks for.
 *
 * @param projects the only ones it may touch; empty means all of the organization
 * @param expiresAt later than now; nothing for a key that does not end by itself
 */
public record NewKey(
    DisplayName name, Scopes scopes, Set<ProjectRef> projects, Optional<Instant> expiresAt) {

  /** The most projects that a key may be bound to. */
  public static final int MOST_PROJECTS = 50;

  public NewKey {
    projects = Set.copyOf(projects);
  }
}
