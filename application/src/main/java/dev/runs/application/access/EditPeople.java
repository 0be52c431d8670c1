package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes people, and decides what they may do in the organization in which the caller acts. */
public final class EditPeople {

  private final People people;
  private final Memberships memberships;
  private final WebSessions sessions;
  private final PasswordHashes hashes;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source, for one-time passwords
   */
  public EditPeople(
      People people,
      Memberships memberships,
      WebSessions sessions,
      PasswordHashes hashes,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock,
      RandomGenerator random) {
    this.people = people;
    this.memberships = memberships;
    this.sessions = sessions;
    this.hashes = hashes;
    this.transactions = transactions;
    this.auditor = auditor;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /**
   * @throws AccessRejected.LoginTaken when somebody has the login, in whatever organization
   * @throws AccessRejected.RoleExceeded when the caller may not do all that the person could
   */
  public AddedPerson add(Caller caller, NewPerson asked, Receipt<AddedPerson> receipt) {
    caller.require(Scope.ORG_ADMIN);
    asked.role().ifPresent(role -> requireGrantable(caller, role));
    if (asked.isPlatformAdmin() && !caller.access().scopes().allow(Scope.PLATFORM_ADMIN)) {
      throw new AccessRejected.RoleExceeded();
    }
    var oneTime =
        asked.password().isPresent()
            ? Optional.<Password>empty()
            : Optional.of(Password.generated(random));
    var hash = hashes.hash(asked.password().or(() -> oneTime).orElseThrow());
    return transactions.inTransaction(
        receipt,
        () -> {
          var person =
              Person.local(
                  new PersonId(ids.next()),
                  asked.login(),
                  asked.name(),
                  hash,
                  oneTime.isPresent(),
                  asked.isPlatformAdmin(),
                  clock.instant());
          people.add(person);
          asked
              .role()
              .ifPresent(role ->
                  memberships.put(new Membership(person.id(), caller.organization(), role)));
          note(
              caller,
              AuditAction.PERSON_CREATED,
              person.id(),
              Map.of(
                  "login", person.login().value(),
                  "role", asked.role().map(Role::wireName).orElse("none"),
                  "platformAdmin", Boolean.toString(asked.isPlatformAdmin())));
          return new AddedPerson(person, asked.role(), oneTime);
        });
  }

  /**
   * Changes what is named and leaves the rest. Who is disabled is signed out everywhere.
   *
   * @param role nothing leaves it; a caller of the platform also gives a first one
   * @param disabled nothing leaves it
   * @throws AccessRejected.PersonNotFound when the person does not belong to the organization
   * @throws AccessRejected.RoleExceeded when the caller may not do all that the role may
   * @throws AccessRejected.PersonBelongsElsewhere when a caller of one organization would disable
   *     somebody who has rights beyond it
   */
  public Member change(
      Caller caller, PersonId id, Optional<Role> role, Optional<Boolean> disabled) {
    caller.require(Scope.ORG_ADMIN);
    role.ifPresent(next -> requireGrantable(caller, next));
    return transactions.inTransaction(() -> {
      var member = memberships.find(caller.organization(), id);
      var person =
          people
              .take(id)
              .filter(_ -> member.isPresent() || isOfPlatform(caller))
              .orElseThrow(AccessRejected.PersonNotFound::new);
      var before = member.map(Member::role);
      role.filter(next -> !before.equals(Optional.of(next)))
          .ifPresent(next -> giveRole(caller, id, before, next));
      var after = disabled.map(is -> disabled(caller, person, is)).orElse(person);
      return new Member(
          after, role.or(() -> before).orElseThrow(AccessRejected.PersonNotFound::new));
    });
  }

  /**
   * Disables a person in the whole installation, or lets them sign in again.
   *
   * @throws AccessRejected.PersonNotFound when the person is beyond the caller's reach
   * @throws AccessRejected.PersonBelongsElsewhere when a caller of one organization would disable
   *     somebody who has rights beyond it
   */
  public Person disable(Caller caller, PersonId id, boolean isDisabled) {
    caller.require(Scope.ORG_ADMIN);
    return transactions.inTransaction(() -> {
      var isSeen = isOfPlatform(caller) || memberships.find(caller.organization(), id).isPresent();
      var person =
          people.take(id).filter(_ -> isSeen).orElseThrow(AccessRejected.PersonNotFound::new);
      return disabled(caller, person, isDisabled);
    });
  }

  /**
   * Takes a person out of the organization. Who then belongs to none, and is no platform admin, is
   * gone.
   *
   * @throws AccessRejected.PersonNotFound when the person does not belong to the organization
   */
  public void remove(Caller caller, PersonId id) {
    caller.require(Scope.ORG_ADMIN);
    transactions.inTransaction(() -> {
      var person = people.take(id).orElseThrow(AccessRejected.PersonNotFound::new);
      if (!memberships.remove(id, caller.organization())) {
        throw new AccessRejected.PersonNotFound();
      }
      var isGone = !person.isPlatformAdmin() && memberships.of(id).isEmpty();
      if (isGone) {
        people.remove(id);
      }
      note(
          caller,
          AuditAction.PERSON_DELETED,
          id,
          Map.of("login", person.login().value(), "account", isGone ? "deleted" : "kept"));
      return person;
    });
  }

  /**
   * Gives a person another password and ends all their sessions.
   *
   * @param password nothing to have one made that must be changed at once
   * @return the password that was made; nothing when one was given
   * @throws AccessRejected.PersonNotFound when there is no such person
   * @throws AccessRejected.RoleExceeded when the caller is not of the platform
   */
  public Optional<Password> resetPassword(
      Caller caller,
      PersonId id,
      Optional<Password> password,
      Receipt<Optional<Password>> receipt) {
    if (!isOfPlatform(caller)) {
      throw new AccessRejected.RoleExceeded();
    }
    var oneTime =
        password.isPresent() ? Optional.<Password>empty() : Optional.of(Password.generated(random));
    var hash = hashes.hash(password.or(() -> oneTime).orElseThrow());
    return transactions.inTransaction(
        receipt,
        () -> {
          var person = people.take(id).orElseThrow(AccessRejected.PersonNotFound::new);
          people.save(person.withPassword(hash, oneTime.isPresent(), clock.instant()));
          people.forgetAttempts(id);
          sessions.removeOf(id);
          note(caller, AuditAction.PERSON_CHANGED, id, Map.of("changed", "password"));
          return oneTime;
        });
  }

  private void giveRole(Caller caller, PersonId id, Optional<Role> before, Role next) {
    memberships.put(new Membership(id, caller.organization(), next));
    note(
        caller,
        AuditAction.ROLE_CHANGED,
        id,
        Map.of("from", before.map(Role::wireName).orElse("none"), "to", next.wireName()));
  }

  private Person disabled(Caller caller, Person person, boolean isDisabled) {
    var now = clock.instant();
    var after = isDisabled ? person.disabled(now) : person.enabled(now);
    if (after.equals(person)) {
      return person;
    }
    if (!isOfPlatform(caller) && hasRightsBeyond(person, caller.organization())) {
      throw new AccessRejected.PersonBelongsElsewhere();
    }
    people.save(after);
    if (isDisabled) {
      sessions.removeOf(person.id());
    } else {
      people.forgetAttempts(person.id());
    }
    note(
        caller,
        AuditAction.PERSON_CHANGED,
        person.id(),
        Map.of("changed", isDisabled ? "disabled" : "enabled"));
    return after;
  }

  private boolean hasRightsBeyond(Person person, OrganizationId organization) {
    return person.isPlatformAdmin()
        || memberships.of(person.id()).stream()
            .anyMatch(its -> !its.organization().equals(organization));
  }

  private void note(Caller caller, AuditAction action, PersonId id, Map<String, String> details) {
    auditor.note(caller, caller.organization(), action, "person:" + id, details);
  }

  private static boolean isOfPlatform(Caller caller) {
    return caller.reach() instanceof Reach.Everywhere
        && caller.access().scopes().allow(Scope.PLATFORM_ADMIN);
  }

  private static void requireGrantable(Caller caller, Role role) {
    var access = caller.access();
    if (!access.scopes().allowAll(role.scopes().granted())
        || !access.reach().covers(Reach.within(caller.organization()))
        || access.expiresAt().isPresent()) {
      throw new AccessRejected.RoleExceeded();
    }
  }
}
