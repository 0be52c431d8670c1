package dev.runs.application;

import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import java.util.Optional;

/**
 * Who asks.
 *
 * @param access what it has been let in for
 * @param organization where it acts when a request names no organization; within its reach
 * @param origin where the request comes from
 */
public record Caller(Access access, OrganizationId organization, Origin origin) {

  /** As it is written into events. */
  public Principal principal() {
    return access.principal();
  }

  /** Whose data it may touch. */
  public Reach reach() {
    return access.reach();
  }

  /** Whether it may do a thing of this kind. */
  public boolean may(Scope scope) {
    return access.scopes().allow(scope);
  }

  /**
   * Refuses what it may not do. Surfaces ask before; use cases that change something ask again, so
   * that no surface can forget to.
   *
   * @throws AccessRejected.ScopeMissing when it may not
   */
  public void require(Scope scope) {
    if (!may(scope)) {
      throw new AccessRejected.ScopeMissing(scope);
    }
  }

  /** The same, with nothing beyond the organization in which it acts. */
  public Caller keptWithin() {
    var within = reach().in(organization).orElseThrow();
    return new Caller(
        new Access(access.principal(), within, access.scopes(), access.expiresAt()),
        organization,
        origin);
  }

  /** The organization to which it is bound; nothing when it acts across organizations. */
  public Optional<OrganizationId> ownOrganization() {
    return reach() instanceof Reach.Within(var own, _) ? Optional.of(own) : Optional.empty();
  }
}
