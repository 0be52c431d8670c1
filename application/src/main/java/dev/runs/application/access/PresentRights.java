package dev.runs.application.access;

import dev.runs.domain.access.Access;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import java.time.InstantSource;
import java.util.Optional;

/** Says what somebody may do now who asked for something before. */
public final class PresentRights {

  private final People people;
  private final Memberships memberships;
  private final ApiKeys keys;
  private final InstantSource clock;

  public PresentRights(People people, Memberships memberships, ApiKeys keys, InstantSource clock) {
    this.people = people;
    this.memberships = memberships;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Whether somebody may do a thing of this kind in a whole organization. Not a person who is gone
   * or disabled, or whose role there does not include it, and not a key that is revoked or expired.
   * Whoever is neither a person nor a kept key is believed: such are the commands on the machine
   * itself and the key of the configuration.
   */
  public boolean may(Principal who, OrganizationId organization, Scope scope) {
    var person = PersonId.of(who);
    if (person.isPresent()) {
      return access(person.get(), organization)
          .map(its -> allows(its, organization, scope))
          .orElse(false);
    }
    return ApiKeyId.of(who)
        .map(key -> access(key).map(its -> allows(its, organization, scope)).orElse(false))
        .orElse(true);
  }

  private Optional<Access> access(PersonId id, OrganizationId organization) {
    return people
        .find(id)
        .filter(person -> !person.isDisabled())
        .flatMap(person -> access(person, organization));
  }

  private Optional<Access> access(Person person, OrganizationId organization) {
    return person.isPlatformAdmin()
        ? Optional.of(Access.ofPlatform(person.principal()))
        : memberships
            .find(organization, person.id())
            .map(member -> new Membership(person.id(), organization, member.role()).access());
  }

  private Optional<Access> access(ApiKeyId id) {
    return keys.find(id).filter(key -> key.isAcceptedAt(clock.instant())).map(ApiKey::access);
  }

  private static boolean allows(Access access, OrganizationId organization, Scope scope) {
    return access.scopes().allow(scope) && access.reach().covers(Reach.within(organization));
  }
}
