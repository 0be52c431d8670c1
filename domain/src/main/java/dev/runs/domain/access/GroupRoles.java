package dev.runs.domain.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the groups of an identity provider let their members do here.
 *
 * @param grants by the name of the group; a group may give several things
 */
public record GroupRoles(Map<String, Set<Grant>> grants) {

  /** What a group gives. */
  public sealed interface Grant {

    /** Everything, everywhere. */
    record PlatformAdmin() implements Grant {}

    /** A role in one organization. */
    record In(ExternalId organization, Role role) implements Grant {}
  }

  /**
   * What somebody in some groups may do.
   *
   * @param roles by organization, in each the highest that a group gives
   */
  public record Granted(boolean isPlatformAdmin, Map<ExternalId, Role> roles) {
    public Granted {
      roles = Map.copyOf(roles);
    }
  }

  public GroupRoles {
    grants = Map.copyOf(grants);
  }

  /** Whether groups decide nothing, so that roles are given here. */
  public boolean isEmpty() {
    return grants.isEmpty();
  }

  public Granted of(Collection<String> groups) {
    var isPlatformAdmin = false;
    var roles = new HashMap<ExternalId, Role>();
    for (var group : groups) {
      for (var grant : grants.getOrDefault(group, Set.of())) {
        switch (grant) {
          case Grant.PlatformAdmin() -> isPlatformAdmin = true;
          case Grant.In(var organization, var role) ->
              roles.merge(organization, role, (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
      }
    }
    return new Granted(isPlatformAdmin, roles);
  }
}
