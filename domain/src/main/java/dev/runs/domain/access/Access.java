package dev.runs.domain.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody has been let in for.
 *
 * @param reach whose data
 * @param scopes what may be done with it
 * @param expiresAt when it ends; nothing when it does not end by itself
 */
public record Access(Principal principal, Reach reach, Scopes scopes, Optional<Instant> expiresAt) {

  /** Somebody who may do everything everywhere. */
  public static Access ofPlatform(Principal principal) {
    return new Access(principal, Reach.everywhere(), Scopes.PLATFORM, Optional.empty());
  }

  /** Whether nothing in a grant goes beyond what is had here. */
  public boolean covers(Reach otherReach, Scopes otherScopes, Optional<Instant> otherEnd) {
    return reach.covers(otherReach)
        && scopes.allowAll(otherScopes.granted())
        && (expiresAt.isEmpty()
            || (otherEnd.isPresent() && !otherEnd.get().isAfter(expiresAt.get())));
  }
}
