package dev.runs.application.access;

import static dev.runs.application.access.PeopleFixtures.person;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.UseCaseTest;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.GroupRoles;
import dev.runs.domain.access.GroupRoles.Grant;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Subject;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SignInByProviderTest extends UseCaseTest {

  private static final GroupRoles ROLES =
      new GroupRoles(
          Map.of(
              "staff", Set.of(new Grant.In(ACME.externalId(), Role.VIEWER)),
              "oncall",
                  Set.of(
                      new Grant.In(ACME.externalId(), Role.ADMIN),
                      new Grant.In(GLOBEX.externalId(), Role.OPERATOR)),
              "nowhere", Set.of(new Grant.In(new ExternalId("gone"), Role.ADMIN)),
              "root", Set.of(new Grant.PlatformAdmin())));

  @Test
  void makesAPersonAtTheFirstSignInAndKnowsThemAtTheNext() {
    var first = signIn("ada", "staff").orElseThrow();
    var second = signIn("ada", "staff").orElseThrow();

    assertThat(second.person().id()).isEqualTo(first.person().id());
    assertThat(second.token()).isNotEqualTo(first.token());
    assertThat(first.person().passwordHash()).isEmpty();
    assertThat(rolesOf(first.person())).containsExactly(Role.VIEWER);
    assertThat(audited())
        .containsExactly(
            AuditAction.PERSON_CREATED,
            AuditAction.ROLE_CHANGED,
            AuditAction.SIGN_IN,
            AuditAction.SIGN_IN);
  }

  @Test
  void givesTheHighestRoleOfAllGroupsInEachOrganization() {
    var person = signIn("ada", "staff", "oncall", "unknown", "nowhere").orElseThrow().person();

    assertThat(rolesOf(person)).containsExactly(Role.ADMIN, Role.OPERATOR);
    assertThat(person.isPlatformAdmin()).isFalse();
  }

  @Test
  void takesAwayWhatTheGroupsNoLongerGive() {
    var admin = signIn("ada", "oncall", "root").orElseThrow().person();
    assertThat(admin.isPlatformAdmin()).isTrue();

    var later = signIn("ada", "staff").orElseThrow().person();

    assertThat(later.isPlatformAdmin()).isFalse();
    assertThat(rolesOf(later)).containsExactly(Role.VIEWER);
    assertThat(rolesOf(signIn("ada").orElseThrow().person())).isEmpty();
  }

  @Test
  void leavesRolesAloneWhenGroupsDecideNothing() {
    var person = signIn(new GroupRoles(Map.of()), "ada", "oncall").orElseThrow().person();
    world.write(
        () -> world.memberships().put(new Membership(person.id(), ACME.id(), Role.OPERATOR)));

    signIn(new GroupRoles(Map.of()), "ada");

    assertThat(rolesOf(person)).containsExactly(Role.OPERATOR);
  }

  @Test
  void refusesALoginOfAnotherAccountAndMakesNobody() {
    world.write(() -> world.people().add(person(1, "ada")));

    assertThat(signIn("ada", "root")).isEmpty();

    assertThat(world.people().list(Optional.empty(), 10)).hasSize(1);
    assertThat(audited()).containsExactly(AuditAction.SIGN_IN_FAILED);
  }

  @Test
  void refusesWhoIsDisabled() {
    var person = signIn("ada", "staff").orElseThrow().person();
    world.write(() -> world.people().save(person.disabled(clock.instant())));

    assertThat(signIn("ada", "staff")).isEmpty();
    assertThat(audited()).endsWith(AuditAction.SIGN_IN_FAILED);
  }

  @Test
  void endsTheSessionThatTheBrowserHadBefore() {
    var first = signIn("ada", "staff").orElseThrow().token();

    signInByProvider(ROLES).signIn(identity("ada", "staff"), Optional.of(first), Origin.LOCAL);

    assertThat(world.webSessions().find(first.hash())).isEmpty();
  }

  private List<Role> rolesOf(Person person) {
    return world.memberships().of(person.id()).stream().map(Membership::role).toList();
  }

  private List<AuditAction> audited() {
    return world.auditTrail().all().stream().map(AuditEntry::action).toList();
  }

  private Optional<StartedSession> signIn(String login, String... groups) {
    return signIn(ROLES, login, groups);
  }

  private Optional<StartedSession> signIn(GroupRoles roles, String login, String... groups) {
    return signInByProvider(roles).signIn(identity(login, groups), Optional.empty(), Origin.LOCAL);
  }

  private static ProviderIdentity identity(String login, String... groups) {
    return new ProviderIdentity(
        new Subject("https://id.example", "sub-" + login),
        new Login(login),
        new DisplayName("Ada"),
        Set.of(groups));
  }

  private SignInByProvider signInByProvider(GroupRoles roles) {
    return new SignInByProvider(
        world.people(),
        world.memberships(),
        world.organizations(),
        world.webSessions(),
        roles,
        world.transactions(),
        new Auditor(world.auditTrail(), ids, clock),
        ids,
        clock,
        new SecureRandom());
  }
}
