package dev.runs.adapters.web.frame;

import dev.runs.application.Caller;
import dev.runs.application.access.SignedIn;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.Scope;

/**
 * Somebody who looks at a page.
 *
 * @param signedIn who they are
 * @param everywhere the caller they are, with all that they reach
 */
public record Visit(SignedIn signedIn, Caller everywhere) {

  /** The caller they are, kept within the organization in which they act. */
  public Caller caller() {
    return everywhere.keptWithin();
  }

  public Person person() {
    return signedIn.person();
  }

  /** Where they act. */
  public OrganizationId organization() {
    return everywhere.organization();
  }

  /** Whether they may do a thing of this kind where they act. */
  public boolean may(Scope scope) {
    return access().scopes().allow(scope);
  }

  /** As {@link #may(Scope)}, for templates: the scope as it is written on the wire. */
  public boolean may(String scope) {
    return may(Scope.ofWireName(scope).orElseThrow(() -> new IllegalArgumentException(scope)));
  }

  private Access access() {
    return everywhere.access();
  }
}
