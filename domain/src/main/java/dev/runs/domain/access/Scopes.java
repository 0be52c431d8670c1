package dev.runs.domain.access;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody may do. {@link Scope#PLATFORM_ADMIN} includes everything else.
 *
 * @param granted in no order; may be empty
 */
public record Scopes(Set<Scope> granted) {

  /** Everything, everywhere. */
  public static final Scopes PLATFORM = new Scopes(Set.of(Scope.PLATFORM_ADMIN));

  public static final Scopes NONE = new Scopes(Set.of());

  public Scopes {
    granted = Set.copyOf(granted);
  }

  public static Scopes of(Scope... scopes) {
    return new Scopes(Set.of(scopes));
  }

  /** Everything that can be done within one organization. */
  public static Scopes ofOrganization() {
    return new Scopes(EnumSet.complementOf(EnumSet.of(Scope.PLATFORM_ADMIN)));
  }

  public boolean allow(Scope scope) {
    return granted.contains(scope) || granted.contains(Scope.PLATFORM_ADMIN);
  }

  public boolean allowAll(Collection<Scope> scopes) {
    return scopes.stream().allMatch(this::allow);
  }

  /** In the order in which they are declared. */
  public List<String> wireNames() {
    return granted.stream().sorted().map(Scope::wireName).toList();
  }
}
