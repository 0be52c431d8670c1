package dev.runs.application.access;

import dev.runs.application.Ids;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.GroupRoles;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.SessionToken;
import dev.runs.domain.access.WebSession;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Lets somebody in for whom an identity provider vouches. */
public final class SignInByProvider {

  private final People people;
  private final Memberships memberships;
  private final Organizations organizations;
  private final WebSessions sessions;
  private final GroupRoles groupRoles;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param groupRoles what groups give; when it is empty roles are given here and groups change
   *     nothing
   * @param random a cryptographically strong source, for the tokens of sessions
   */
  public SignInByProvider(
      People people,
      Memberships memberships,
      Organizations organizations,
      WebSessions sessions,
      GroupRoles groupRoles,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock,
      RandomGenerator random) {
    this.people = people;
    this.memberships = memberships;
    this.organizations = organizations;
    this.sessions = sessions;
    this.groupRoles = groupRoles;
    this.transactions = transactions;
    this.auditor = auditor;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Begins a session. Somebody who comes for the first time is made. Roles become what the groups
   * give now: those of organizations that there are not are left out.
   *
   * @param before the session of the same browser so far, which ends
   * @return nothing when the person is disabled, or when the login is that of another account
   */
  public Optional<StartedSession> signIn(
      ProviderIdentity identity, Optional<SessionToken> before, Origin origin) {
    var token = SessionToken.generated(random);
    try {
      var started =
          transactions.inTransaction(() -> {
            var person = known(identity, origin);
            if (person.isDisabled()) {
              noteFailure(origin, "person:" + person.id(), "disabled");
              return Optional.<StartedSession>empty();
            }
            return Optional.of(started(identity, person, token, before, origin));
          });
      return started;
    } catch (AccessRejected.LoginTaken _) {
      transactions.inTransaction(() -> {
        noteFailure(origin, "person:unknown", "login taken");
        return identity;
      });
      return Optional.empty();
    }
  }

  private Person known(ProviderIdentity identity, Origin origin) {
    return people
        .find(identity.subject())
        .flatMap(found -> people.take(found.id()))
        .orElseGet(() -> made(identity, origin));
  }

  /** Never an account that is there: who controls a name at the provider may be somebody else. */
  private Person made(ProviderIdentity identity, Origin origin) {
    var person =
        Person.external(
            new PersonId(ids.next()),
            identity.login(),
            identity.name(),
            identity.subject(),
            clock.instant());
    people.add(person);
    auditor.noteOf(
        person.principal(),
        origin,
        Optional.empty(),
        AuditAction.PERSON_CREATED,
        "person:" + person.id(),
        Map.of("login", person.login().value(), "by", identity.subject().issuer()));
    return person;
  }

  private StartedSession started(
      ProviderIdentity identity,
      Person person,
      SessionToken token,
      Optional<SessionToken> before,
      Origin origin) {
    var now = clock.instant();
    var granted = groupRoles.of(identity.groups());
    var after =
        person.known(
            identity.name(),
            groupRoles.isEmpty() ? person.isPlatformAdmin() : granted.isPlatformAdmin(),
            now);
    if (!after.equals(person)) {
      people.save(after);
    }
    if (after.isPlatformAdmin() != person.isPlatformAdmin()) {
      noteRole(
          person,
          Optional.empty(),
          person.isPlatformAdmin() ? "platform admin" : "none",
          after.isPlatformAdmin() ? "platform admin" : "none",
          origin);
    }
    if (!groupRoles.isEmpty()) {
      follow(person, granted, origin);
    }
    before.map(SessionToken::hash).ifPresent(sessions::remove);
    sessions.add(WebSession.opened(token, person.id(), Optional.empty(), now));
    auditor.noteOf(
        person.principal(),
        origin,
        memberships.of(person.id()).stream().map(Membership::organization).findFirst(),
        AuditAction.SIGN_IN,
        "person:" + person.id(),
        Map.of("with", identity.subject().issuer()));
    return new StartedSession(after, token);
  }

  private void follow(Person person, GroupRoles.Granted granted, Origin origin) {
    var next = new HashMap<OrganizationId, Role>();
    granted
        .roles()
        .forEach((externalId, role) ->
            organizations
                .find(externalId)
                .map(Organization::id)
                .ifPresent(organization -> next.put(organization, role)));
    for (var had : memberships.of(person.id())) {
      var role = next.remove(had.organization());
      if (role == null) {
        memberships.remove(person.id(), had.organization());
        noteRole(person, Optional.of(had.organization()), had.role().wireName(), "none", origin);
      } else if (role != had.role()) {
        give(person, had.organization(), had.role().wireName(), role, origin);
      }
    }
    next.forEach((organization, role) -> give(person, organization, "none", role, origin));
  }

  private void give(
      Person person, OrganizationId organization, String before, Role role, Origin origin) {
    memberships.put(new Membership(person.id(), organization, role));
    noteRole(person, Optional.of(organization), before, role.wireName(), origin);
  }

  private void noteRole(
      Person person, Optional<OrganizationId> organization, String from, String to, Origin origin) {
    auditor.noteOf(
        person.principal(),
        origin,
        organization,
        AuditAction.ROLE_CHANGED,
        "person:" + person.id(),
        Map.of("from", from, "to", to, "by", "groups"));
  }

  private void noteFailure(Origin origin, String target, String why) {
    auditor.noteOf(
        Auditor.NOBODY,
        origin,
        Optional.empty(),
        AuditAction.SIGN_IN_FAILED,
        target,
        Map.of("with", "provider", "why", why));
  }
}
