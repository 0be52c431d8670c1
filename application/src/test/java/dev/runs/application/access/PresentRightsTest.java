package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.UseCaseTest;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.PasswordHash;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PresentRightsTest extends UseCaseTest {

  private static final PersonId CLEO = new PersonId(uuid(0x91));
  private static final ApiKeyId KEY = new ApiKeyId(uuid(0x92));

  private final PresentRights rights =
      new PresentRights(world.people(), world.memberships(), world.apiKeys(), clock);

  @Test
  void followsTheRoleOfAPerson() {
    world.write(() -> world.people().add(person(false)));
    assertThat(mayWrite(CLEO.principal())).isFalse();

    world.write(() -> world.memberships().put(new Membership(CLEO, ACME.id(), Role.OPERATOR)));
    assertThat(mayWrite(CLEO.principal())).isTrue();
    assertThat(rights.may(CLEO.principal(), GLOBEX.id(), Scope.RUNS_WRITE)).isFalse();

    world.write(() -> world.memberships().put(new Membership(CLEO, ACME.id(), Role.VIEWER)));
    assertThat(mayWrite(CLEO.principal())).isFalse();
  }

  @Test
  void endsWhenAPersonIsDisabledOrGone() {
    world.write(() -> world.people().add(person(true)));
    assertThat(mayWrite(CLEO.principal())).isTrue();

    world.write(() -> world.people().save(person(true).disabled(NOON)));
    assertThat(mayWrite(CLEO.principal())).isFalse();
    world.write(() -> world.people().remove(CLEO));
    assertThat(mayWrite(CLEO.principal())).isFalse();
  }

  @Test
  void endsWhenAKeyIsRevokedOrExpired() {
    assertThat(mayWrite(KEY.principal())).isFalse();
    world.write(() -> world.apiKeys().add(key()));
    assertThat(mayWrite(KEY.principal())).isTrue();
    assertThat(rights.may(KEY.principal(), ACME.id(), Scope.ORG_ADMIN)).isFalse();
    assertThat(rights.may(KEY.principal(), GLOBEX.id(), Scope.RUNS_WRITE)).isFalse();

    clock.advance(Duration.ofHours(2));
    assertThat(mayWrite(KEY.principal())).isFalse();
    clock.advance(Duration.ofHours(-2));
    world.write(() -> world.apiKeys().revoke(KEY, NOON));
    assertThat(mayWrite(KEY.principal())).isFalse();
  }

  @Test
  void believesWhoeverIsKeptNowhere() {
    assertThat(mayWrite(IdentifyCaller.CONFIGURED)).isTrue();
    assertThat(mayWrite(new Principal("cli"))).isTrue();
  }

  private boolean mayWrite(Principal who) {
    return rights.may(who, ACME.id(), Scope.RUNS_WRITE);
  }

  private static Person person(boolean isPlatformAdmin) {
    return Person.local(
        CLEO,
        new Login("cleo"),
        new DisplayName("Cleo"),
        new PasswordHash("hash"),
        false,
        isPlatformAdmin,
        NOON);
  }

  private ApiKey key() {
    return new ApiKey(
        KEY,
        Optional.empty(),
        new DisplayName("Key"),
        "runs_test_abc",
        "00".repeat(32),
        Reach.within(ACME.id()),
        Scopes.of(Scope.RUNS_WRITE),
        ACTOR,
        clock.instant(),
        Optional.of(clock.instant().plus(Duration.ofHours(1))),
        Optional.empty(),
        Optional.empty());
  }
}
