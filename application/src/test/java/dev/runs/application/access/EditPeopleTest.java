package dev.runs.application.access;

import static dev.runs.application.access.PeopleFixtures.PASSWORD;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.UseCaseTest;
import dev.runs.application.access.PeopleFixtures.ReadableHashes;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.SessionToken;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.WebSession;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

final class EditPeopleTest extends UseCaseTest {

  private final ReadableHashes hashes = new ReadableHashes();
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void makesAPersonWithAPasswordThatMustBeChanged() {
    var added = add(OF_ACME, "ada", Role.VIEWER);

    assertThat(added.role()).contains(Role.VIEWER);
    assertThat(added.person().mustChangePassword()).isTrue();
    assertThat(added.person().passwordHash())
        .contains(hashes.hash(added.oneTimePassword().orElseThrow()));
    assertThat(added.oneTimePassword().orElseThrow().value()).matches("(\\w{5}-){3}\\w{5}");
    assertThat(world.memberships().of(added.person().id()))
        .containsExactly(new Membership(added.person().id(), ACME.id(), Role.VIEWER));
    assertThat(audited())
        .containsExactly(tuple(AuditAction.PERSON_CREATED, Optional.of(ACME.id())));
    assertThat(world.auditTrail().all().toString())
        .doesNotContain(added.oneTimePassword().orElseThrow().value());
  }

  @Test
  void takesAPasswordThatIsGiven() {
    var asked =
        new NewPerson(
            new Login("ada"),
            new DisplayName("Ada"),
            Optional.empty(),
            false,
            Optional.of(PASSWORD));

    var added = editPeople().add(PLATFORM, asked, Receipt.none());

    assertThat(added.oneTimePassword()).isEmpty();
    assertThat(added.person().mustChangePassword()).isFalse();
    assertThat(world.memberships().of(added.person().id())).isEmpty();
  }

  @Test
  void refusesALoginThatSomebodyHasElsewhere() {
    add(OF_ACME, "ada", Role.VIEWER);

    assertThatExceptionOfType(AccessRejected.LoginTaken.class)
        .isThrownBy(() -> add(OF_GLOBEX, "ADA", Role.VIEWER));
    assertThat(world.auditTrail().all()).hasSize(1);
  }

  @Test
  void givesNoRoleThatMayDoMoreThanTheCaller() {
    var id = add(OF_ACME, "ada", Role.VIEWER).person().id();
    var onlyOfPeople = ofAcme(Reach.within(ACME.id()), Scope.ORG_ADMIN, Scope.RUNS_READ);
    var viewerToo =
        ofAcme(Reach.within(ACME.id()), Scope.ORG_ADMIN, Scope.RUNS_READ, Scope.SUITES_READ);
    var boundToAProject =
        new Caller(
            new Access(
                ACTOR,
                new Reach.Within(ACME.id(), Set.of(new Slug("p"))),
                Scopes.ofOrganization(),
                Optional.empty()),
            ACME.id(),
            Origin.LOCAL);
    var ending =
        new Caller(
            new Access(
                ACTOR, Reach.within(ACME.id()), Scopes.ofOrganization(), Optional.of(Instant.MAX)),
            ACME.id(),
            Origin.LOCAL);

    for (var caller : new Caller[] {onlyOfPeople, boundToAProject, ending}) {
      assertThatExceptionOfType(AccessRejected.RoleExceeded.class)
          .isThrownBy(() -> add(caller, "ben", Role.VIEWER));
      assertThatExceptionOfType(AccessRejected.RoleExceeded.class)
          .isThrownBy(() -> give(caller, id, Role.VIEWER));
    }
    assertThatExceptionOfType(AccessRejected.RoleExceeded.class)
        .isThrownBy(() -> give(viewerToo, id, Role.OPERATOR));
    add(viewerToo, "ben", Role.VIEWER);
  }

  @Test
  void makesNoPlatformAdminForWhoIsNone() {
    var asked =
        new NewPerson(
            new Login("root"), new DisplayName("Root"), Optional.empty(), true, Optional.empty());

    assertThatExceptionOfType(AccessRejected.RoleExceeded.class)
        .isThrownBy(() -> editPeople().add(OF_ACME, asked, Receipt.none()));
    assertThat(editPeople().add(PLATFORM, asked, Receipt.none()).person().isPlatformAdmin())
        .isTrue();
  }

  @Test
  void changesARoleOnceAndWritesDownFromWhatToWhat() {
    var id = add(OF_ACME, "ada", Role.VIEWER).person().id();

    assertThat(give(OF_ACME, id, Role.ADMIN).role()).isEqualTo(Role.ADMIN);
    give(OF_ACME, id, Role.ADMIN);

    assertThat(world.auditTrail().all())
        .filteredOn(entry -> entry.action() == AuditAction.ROLE_CHANGED)
        .singleElement()
        .extracting(AuditEntry::details)
        .isEqualTo(Map.of("from", "viewer", "to", "admin"));
  }

  @Test
  void doesNotKnowThePeopleOfOthers() {
    var id = add(OF_ACME, "ada", Role.VIEWER).person().id();

    assertThatExceptionOfType(AccessRejected.PersonNotFound.class)
        .isThrownBy(() -> give(OF_GLOBEX, id, Role.VIEWER));
    assertThatExceptionOfType(AccessRejected.PersonNotFound.class)
        .isThrownBy(() -> editPeople().disable(OF_GLOBEX, id, true));
    assertThatExceptionOfType(AccessRejected.PersonNotFound.class)
        .isThrownBy(() -> editPeople().remove(OF_GLOBEX, id));
    assertThatExceptionOfType(AccessRejected.PersonNotFound.class)
        .isThrownBy(() -> showPeople().show(OF_GLOBEX, id));
    assertThat(showPeople().list(OF_GLOBEX, "", Optional.empty(), 10).items()).isEmpty();
    assertThat(showPeople().list(OF_ACME, "", Optional.empty(), 10).items()).hasSize(1);
  }

  @Test
  void letsThePlatformTakeAPersonIntoAnotherOrganization() {
    var id = add(OF_ACME, "ada", Role.VIEWER).person().id();

    give(new Caller(PLATFORM.access(), GLOBEX.id(), Origin.LOCAL), id, Role.OPERATOR);

    assertThat(world.memberships().of(id))
        .containsExactly(
            new Membership(id, ACME.id(), Role.VIEWER),
            new Membership(id, GLOBEX.id(), Role.OPERATOR));
  }

  @Test
  void signsOutWhoIsDisabledAndLetsThemInAgain() {
    var id = add(OF_ACME, "ada", Role.VIEWER).person().id();
    var token = new SessionToken("t");
    world.write(() ->
        world.webSessions().add(WebSession.opened(token, id, Optional.empty(), clock.instant())));

    assertThat(disable(OF_ACME, id, true).isDisabled()).isTrue();

    assertThat(world.webSessions().find(token.hash())).isEmpty();
    assertThat(disable(OF_ACME, id, false).isDisabled()).isFalse();
    assertThat(audited())
        .filteredOn(it -> it.toList().getFirst() == AuditAction.PERSON_CHANGED)
        .hasSize(2);
  }

  @Test
  void doesNotLetOneOrganizationDisableWhoHasRightsElsewhere() {
    var id = add(OF_ACME, "ada", Role.VIEWER).person().id();
    give(new Caller(PLATFORM.access(), GLOBEX.id(), Origin.LOCAL), id, Role.VIEWER);
    var admin =
        editPeople()
            .add(
                PLATFORM,
                new NewPerson(
                    new Login("root"),
                    new DisplayName("Root"),
                    Optional.of(Role.VIEWER),
                    true,
                    Optional.empty()),
                Receipt.none())
            .person()
            .id();

    assertThatExceptionOfType(AccessRejected.PersonBelongsElsewhere.class)
        .isThrownBy(() -> disable(OF_ACME, id, true));
    assertThatExceptionOfType(AccessRejected.PersonBelongsElsewhere.class)
        .isThrownBy(() -> disable(OF_ACME, admin, true));
    assertThat(disable(PLATFORM, id, true).isDisabled()).isTrue();
  }

  @Test
  void removesAPersonWithTheirLastMembershipOnly() {
    var id = add(OF_ACME, "ada", Role.VIEWER).person().id();
    give(new Caller(PLATFORM.access(), GLOBEX.id(), Origin.LOCAL), id, Role.VIEWER);

    editPeople().remove(OF_ACME, id);
    assertThat(world.people().find(id)).isPresent();
    editPeople().remove(OF_GLOBEX, id);

    assertThat(world.people().find(id)).isEmpty();
    assertThatExceptionOfType(AccessRejected.PersonNotFound.class)
        .isThrownBy(() -> editPeople().remove(OF_GLOBEX, id));
  }

  @Test
  void givesAnotherPasswordAndUnlocks() {
    var id = add(OF_ACME, "ada", Role.VIEWER).person().id();
    world.write(() -> {
      var attempted = world.people().find(id).orElseThrow();
      for (var i = 0; i < Person.FREE_ATTEMPTS; i++) {
        var next = attempted.attempted(clock.instant());
        world.people().countAttempt(attempted.failedAttempts(), next);
        attempted = next;
      }
    });

    var oneTime =
        editPeople().resetPassword(PLATFORM, id, Optional.empty(), Receipt.none()).orElseThrow();

    var person = world.people().find(id).orElseThrow();
    assertThat(person.passwordHash()).contains(hashes.hash(oneTime));
    assertThat(person.lockedUntil()).isEmpty();
    assertThat(person.mustChangePassword()).isTrue();
    assertThat(editPeople().resetPassword(PLATFORM, id, Optional.of(PASSWORD), Receipt.none()))
        .isEmpty();
    assertThat(world.people().find(id).orElseThrow().mustChangePassword()).isFalse();
    assertThatExceptionOfType(AccessRejected.RoleExceeded.class)
        .isThrownBy(
            () -> editPeople().resetPassword(OF_ACME, id, Optional.empty(), Receipt.none()));
  }

  @Test
  void showsEverybodyPageByPageToWhoRunsTheInstallation() {
    add(OF_ACME, "ada", Role.VIEWER);
    add(OF_GLOBEX, "ben", Role.ADMIN);

    var first = showPeople().everybody(Optional.empty(), 1);
    var second = showPeople().everybody(first.next(), 1);

    assertThat(first.items()).extracting(it -> it.person().login().value()).containsExactly("ben");
    assertThat(second.items())
        .singleElement()
        .satisfies(it ->
            assertThat(it.memberships()).extracting(Membership::role).containsExactly(Role.VIEWER));
    assertThat(second.next()).isEmpty();
    assertThat(showPeople().withLogin(new Login("BEN")).login().value()).isEqualTo("ben");
  }

  private AddedPerson add(Caller caller, String login, Role role) {
    return editPeople()
        .add(
            caller,
            new NewPerson(
                new Login(login),
                new DisplayName(login),
                Optional.of(role),
                false,
                Optional.empty()),
            Receipt.none());
  }

  private Member give(Caller caller, PersonId id, Role role) {
    return editPeople().change(caller, id, Optional.of(role), Optional.empty());
  }

  private Person disable(Caller caller, PersonId id, boolean isDisabled) {
    return editPeople().disable(caller, id, isDisabled);
  }

  private List<Tuple> audited() {
    return world.auditTrail().all().stream()
        .map(entry -> tuple(entry.action(), entry.organization()))
        .toList();
  }

  private static Caller ofAcme(Reach reach, Scope... scopes) {
    return new Caller(
        new Access(ACTOR, reach, Scopes.of(scopes), Optional.empty()), ACME.id(), Origin.LOCAL);
  }

  private ShowPeople showPeople() {
    return new ShowPeople(world.people(), world.memberships(), world.transactions());
  }

  private EditPeople editPeople() {
    return new EditPeople(
        world.people(),
        world.memberships(),
        world.webSessions(),
        hashes,
        world.transactions(),
        new Auditor(world.auditTrail(), ids, clock),
        ids,
        clock,
        random);
  }
}
