package dev.runs.application.access;

import dev.runs.application.Transactions;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Shows where somebody who is signed in may act. */
public final class ShowChoices {

  /**
   * An organization in which they may act.
   *
   * @param role nothing for a platform admin who does not belong to it
   * @param isChosen whether they act in it now
   */
  public record Choice(Organization organization, Optional<Role> role, boolean isChosen) {}

  private final Organizations organizations;
  private final Transactions transactions;

  public ShowChoices(Organizations organizations, Transactions transactions) {
    this.organizations = organizations;
    this.transactions = transactions;
  }

  /** Everything they belong to, and for a platform admin also {@code default} and the present. */
  public List<Choice> show(SignedIn signedIn) {
    return transactions.inSnapshot(() -> {
      var roles = new LinkedHashMap<OrganizationId, Optional<Role>>();
      if (signedIn.person().isPlatformAdmin()) {
        Stream.concat(
                organizations.find(Organization.DEFAULT).map(Organization::id).stream(),
                signedIn.organization().stream())
            .forEach(id -> roles.put(id, Optional.empty()));
      }
      for (Membership its : signedIn.memberships()) {
        roles.put(its.organization(), Optional.of(its.role()));
      }
      var known = organizations.findAll(roles.keySet());
      return roles.keySet().stream()
          .map(known::get)
          .filter(Objects::nonNull)
          .map(it ->
              new Choice(
                  it,
                  Objects.requireNonNull(roles.get(it.id())),
                  signedIn.organization().equals(Optional.of(it.id()))))
          .toList();
    });
  }
}
