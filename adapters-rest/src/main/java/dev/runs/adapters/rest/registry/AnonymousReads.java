package dev.runs.adapters.rest.registry;

import dev.runs.domain.access.Access;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import java.util.Optional;

/**
 * What is open to who shows no key.
 *
 * @param access to runs and validations; nothing when a key is needed
 */
public record AnonymousReads(Optional<Access> access) {

  /** Nothing is open. */
  public static final AnonymousReads CLOSED = new AnonymousReads(Optional.empty());

  private static final Principal ANONYMOUS = new Principal("anonymous");

  /** Whatever can be read in one organization. */
  public static AnonymousReads of(OrganizationId organization) {
    return new AnonymousReads(
        Optional.of(
            new Access(
                ANONYMOUS,
                Reach.within(organization),
                Scopes.of(Scope.RUNS_READ),
                Optional.empty())));
  }
}
