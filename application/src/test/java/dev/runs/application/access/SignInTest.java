package dev.runs.application.access;

import static dev.runs.application.access.PeopleFixtures.PASSWORD;
import static dev.runs.application.access.PeopleFixtures.person;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.runs.application.AtOnce;
import dev.runs.application.Caller;
import dev.runs.application.UseCaseTest;
import dev.runs.application.access.PeopleFixtures.ReadableHashes;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.PasswordHash;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.SessionToken;
import dev.runs.domain.access.WebSession;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import dev.runs.domain.run.RunFixtures;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** From a login to somebody who may do things, and back. */
final class SignInTest extends UseCaseTest {

  private static final Origin ORIGIN = new Origin("request-1", "192.0.2.7");
  private static final String WRONG = "not the password";

  private final ReadableHashes hashes = new ReadableHashes();
  private final SecureRandom random = new SecureRandom();
  private final Person ada = person(1, "ada");

  @BeforeEach
  void adaBelongsToAcme() {
    world.write(() -> {
      world.people().add(ada);
      world.memberships().put(new Membership(ada.id(), ACME.id(), Role.OPERATOR));
    });
  }

  @Test
  void knowsWhoTypedTheRightPassword() {
    var started = signIn("Ada ", PASSWORD.value()).orElseThrow();

    var signedIn = resolve(started.token()).orElseThrow();
    assertThat(signedIn.person()).isEqualTo(ada);
    assertThat(signedIn.caller(ORIGIN))
        .contains(
            new Caller(
                new Access(
                    ada.principal(),
                    Reach.within(ACME.id()),
                    Role.OPERATOR.scopes(),
                    Optional.empty()),
                ACME.id(),
                ORIGIN));
    assertThat(audited()).containsExactly(AuditAction.SIGN_IN);
    var entry = world.auditTrail().all().getFirst();
    assertThat(entry.actor()).isEqualTo(ada.principal());
    assertThat(entry.organization()).contains(ACME.id());
    assertThat(entry.origin()).isEqualTo(ORIGIN);
  }

  @Test
  void keepsTheTokenNowhere() {
    var started = signIn("ada", PASSWORD.value()).orElseThrow();

    assertThat(world.webSessions().find(started.token().value())).isEmpty();
    assertThat(started.toString()).doesNotContain(started.token().value());
    assertThat(world.webSessions().find(started.token().hash()).toString())
        .doesNotContain(started.token().value());
  }

  @Test
  void endsTheSessionThatTheBrowserHadBefore() {
    var first = signIn("ada", PASSWORD.value()).orElseThrow().token();

    var second =
        signIn().signIn("ada", PASSWORD.value(), Optional.of(first), ORIGIN).orElseThrow().token();

    assertThat(second).isNotEqualTo(first);
    assertThat(resolve(first)).isEmpty();
    assertThat(resolve(second)).isPresent();
  }

  @Test
  void letsNobodyInWithAnythingElse() {
    assertThat(signIn("ada", WRONG)).isEmpty();
    assertThat(signIn("ada", "short")).isEmpty();
    assertThat(signIn("ada", "")).isEmpty();
    assertThat(signIn("ada", "x".repeat(1_000_000))).isEmpty();
    assertThat(audited()).containsOnly(AuditAction.SIGN_IN_FAILED).hasSize(4);
  }

  @Test
  void comparesOnePasswordWhateverIsTyped() {
    world.write(() -> world.people().save(ada.disabled(clock.instant())));
    for (var login : List.of("ada", "nobody", "", " \u0000", "x".repeat(255))) {
      var before = hashes.compared();
      assertThat(signIn(login, PASSWORD.value())).isEmpty();
      assertThat(hashes.compared()).isEqualTo(before + 1);
    }
  }

  @Test
  void writesNothingDownThatWasTyped() {
    signIn("hunter2-typed-as-login", WRONG);

    assertThat(world.auditTrail().all().toString()).doesNotContain("hunter2").doesNotContain(WRONG);
    assertThat(world.auditTrail().all())
        .extracting(AuditEntry::actor, AuditEntry::target)
        .containsExactly(tuple(Auditor.NOBODY, "person:unknown"));
  }

  @Nested
  final class AfterFiveFailures {

    @BeforeEach
    void fail() {
      for (var i = 0; i < Person.FREE_ATTEMPTS; i++) {
        assertThat(signIn("ada", WRONG)).isEmpty();
      }
    }

    @Test
    void refusesAlsoTheRightPasswordForAMinute() {
      assertThat(signIn("ada", PASSWORD.value())).isEmpty();
      clock.advance(Person.FIRST_LOCK.minusNanos(1_000));
      assertThat(signIn("ada", PASSWORD.value())).isEmpty();

      clock.advance(Duration.ofNanos(1_000));
      assertThat(signIn("ada", PASSWORD.value())).isPresent();
    }

    @Test
    void locksTwiceAsLongAfterEachFurtherFailureUpToAnHour() {
      for (var minutes : new int[] {2, 4, 8, 16, 32, 60, 60}) {
        clock.set(lockedUntil());
        assertThat(signIn("ada", WRONG)).isEmpty();
        assertThat(Duration.between(clock.instant(), lockedUntil()))
            .isEqualTo(Duration.ofMinutes(minutes));
      }
    }

    @Test
    void forgetsThemAfterASuccess() {
      clock.advance(Person.FIRST_LOCK);
      assertThat(signIn("ada", PASSWORD.value())).isPresent();

      for (var i = 1; i < Person.FREE_ATTEMPTS; i++) {
        signIn("ada", WRONG);
      }
      assertThat(signIn("ada", PASSWORD.value())).isPresent();
    }

    private Instant lockedUntil() {
      return world.people().find(ada.id()).orElseThrow().lockedUntil().orElseThrow();
    }
  }

  @Test
  void letsTheFifthAttemptSucceed() {
    for (var i = 1; i < Person.FREE_ATTEMPTS; i++) {
      signIn("ada", WRONG);
    }

    assertThat(signIn("ada", PASSWORD.value())).isPresent();
  }

  @Test
  void comparesNoMoreThanTheFreeAttemptsOfManyAtOnce() {
    var comparedWithAdas = new AtomicInteger();
    var counting =
        new PasswordHashes() {
          @Override
          public PasswordHash hash(Password password) {
            return hashes.hash(password);
          }

          @Override
          public boolean matches(Password password, PasswordHash hash) {
            if (hash.equals(hash(PASSWORD))) {
              comparedWithAdas.incrementAndGet();
            }
            return hashes.matches(password, hash);
          }

          @Override
          public PasswordHash ofNobody() {
            return hashes.ofNobody();
          }
        };
    var attempts = new Attempts(world.people(), counting, world.transactions(), clock);

    AtOnce.with(16, _ -> signIn(attempts).signIn("ada", WRONG, Optional.empty(), ORIGIN));

    assertThat(comparedWithAdas.get()).isEqualTo(Person.FREE_ATTEMPTS);
  }

  @Test
  void keepsASessionWhileItIsSeenButNotForEver() {
    var token = signIn("ada", PASSWORD.value()).orElseThrow().token();
    var end = clock.instant().plus(WebSession.LONGEST);

    while (clock.instant().isBefore(end.minus(Duration.ofHours(1)))) {
      clock.advance(WebSession.LONGEST_IDLE.minusMinutes(1));
      if (clock.instant().isBefore(end)) {
        assertThat(resolve(token)).isPresent();
      }
    }
    clock.set(end.minusNanos(1_000));
    assertThat(resolve(token)).isPresent();
    clock.set(end);
    assertThat(resolve(token)).isEmpty();
  }

  @Test
  void forgetsABrowserThatWasNotSeen() {
    var token = signIn("ada", PASSWORD.value()).orElseThrow().token();

    clock.advance(WebSession.LONGEST_IDLE.minusNanos(1_000));
    assertThat(resolve(token)).isPresent();
    clock.advance(WebSession.LONGEST_IDLE);
    assertThat(resolve(token)).isEmpty();
  }

  @Test
  void notesOncePerMinuteThatABrowserWasSeen() {
    var token = signIn("ada", PASSWORD.value()).orElseThrow().token();
    var first = world.webSessions().find(token.hash()).orElseThrow();

    clock.advance(WebSession.NOTED_EVERY.minusNanos(1_000));
    resolve(token);
    assertThat(world.webSessions().find(token.hash())).contains(first);
    clock.advance(Duration.ofNanos(1_000));
    resolve(token);
    assertThat(world.webSessions().find(token.hash()).orElseThrow().lastSeenAt())
        .isEqualTo(clock.instant());
  }

  @Test
  void removesSessionsThatAreOver() {
    var token = signIn("ada", PASSWORD.value()).orElseThrow().token();
    var forget = new ForgetSessions(world.webSessions(), world.transactions(), clock);

    assertThat(forget.forget()).isFalse();
    assertThat(world.webSessions().find(token.hash())).isPresent();
    clock.advance(WebSession.LONGEST_IDLE);
    forget.forget();
    assertThat(world.webSessions().find(token.hash())).isEmpty();
  }

  @Test
  void followsEachChangeOfAPersonAtOnce() {
    var token = signIn("ada", PASSWORD.value()).orElseThrow().token();

    world.write(() -> world.memberships().put(new Membership(ada.id(), ACME.id(), Role.VIEWER)));
    assertThat(resolve(token).orElseThrow().access().orElseThrow().scopes())
        .isEqualTo(Role.VIEWER.scopes());
    world.write(() -> world.memberships().remove(ada.id(), ACME.id()));
    assertThat(resolve(token).orElseThrow().caller(ORIGIN)).isEmpty();
    world.write(() -> world.people().save(ada.disabled(clock.instant())));
    assertThat(resolve(token)).isEmpty();
  }

  @Test
  void actsWhereThePersonChoseWhileTheyBelongThere() {
    world.write(() -> world.memberships().put(new Membership(ada.id(), GLOBEX.id(), Role.ADMIN)));
    var token = signIn("ada", PASSWORD.value()).orElseThrow().token();
    assertThat(resolve(token).orElseThrow().organization()).contains(ACME.id());

    choose(token, GLOBEX.id());

    assertThat(resolve(token).orElseThrow().access().orElseThrow().reach())
        .isEqualTo(Reach.within(GLOBEX.id()));
    world.write(() -> world.memberships().remove(ada.id(), GLOBEX.id()));
    assertThat(resolve(token).orElseThrow().organization()).contains(ACME.id());
  }

  @Test
  void cannotActWhereThePersonDoesNotBelong() {
    var token = signIn("ada", PASSWORD.value()).orElseThrow().token();

    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> choose(token, GLOBEX.id()));
  }

  @Test
  void letsAPlatformAdminActAnywhere() {
    var root =
        Person.local(
            new PersonId(RunFixtures.uuid(2)),
            new Login("root"),
            new DisplayName("Root"),
            hashes.hash(PASSWORD),
            false,
            true,
            clock.instant());
    var home =
        Organization.made(
            new OrganizationId(RunFixtures.uuid(3)), Organization.DEFAULT, clock.instant());
    world.write(() -> {
      world.people().add(root);
      world.organizations().addUnlessThere(home);
    });
    var token = signIn("root", PASSWORD.value()).orElseThrow().token();

    assertThat(resolve(token).orElseThrow().caller(ORIGIN))
        .contains(new Caller(Access.ofPlatform(root.principal()), home.id(), ORIGIN));
    choose(token, GLOBEX.id());
    assertThat(resolve(token).orElseThrow().organization()).contains(GLOBEX.id());
    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> choose(token, new OrganizationId(RunFixtures.uuid(77))));
  }

  @Test
  void endsASessionWhenThePersonSignsOut() {
    var token = signIn("ada", PASSWORD.value()).orElseThrow().token();
    var other = signIn("ada", PASSWORD.value()).orElseThrow().token();

    new SignOut(world.webSessions(), world.transactions(), auditor())
        .signOut(resolve(token).orElseThrow(), ORIGIN);

    assertThat(resolve(token)).isEmpty();
    assertThat(resolve(other)).isPresent();
    assertThat(audited()).endsWith(AuditAction.SIGN_OUT);
  }

  @Nested
  final class ANewPassword {

    private static final Password NEXT = new Password("another fine password");

    @Test
    void replacesTheOldOneAndEndsEverySessionButANewOne() {
      var token = signIn("ada", PASSWORD.value()).orElseThrow().token();
      var elsewhere = signIn("ada", PASSWORD.value()).orElseThrow().token();

      var started = change(token, PASSWORD.value(), NEXT);

      assertThat(resolve(token)).isEmpty();
      assertThat(resolve(elsewhere)).isEmpty();
      assertThat(resolve(started.token())).isPresent();
      assertThat(signIn("ada", PASSWORD.value())).isEmpty();
      assertThat(signIn("ada", NEXT.value())).isPresent();
      assertThat(audited()).contains(AuditAction.PERSON_CHANGED);
    }

    @Test
    void wantsThePresentOne() {
      var token = signIn("ada", PASSWORD.value()).orElseThrow().token();

      assertThatExceptionOfType(AccessRejected.WrongPassword.class)
          .isThrownBy(() -> change(token, WRONG, NEXT));
      assertThatExceptionOfType(AccessRejected.WrongPassword.class)
          .isThrownBy(() -> change(token, "", NEXT));
      assertThat(resolve(token)).isPresent();
    }

    @Test
    void cannotBeFoundByTryingThePresentOne() {
      var token = signIn("ada", PASSWORD.value()).orElseThrow().token();
      for (var i = 0; i < Person.FREE_ATTEMPTS; i++) {
        assertThatExceptionOfType(AccessRejected.WrongPassword.class)
            .isThrownBy(() -> change(token, WRONG, NEXT));
      }

      assertThatExceptionOfType(AccessRejected.WrongPassword.class)
          .isThrownBy(() -> change(token, PASSWORD.value(), NEXT));
    }

    @Test
    void isAnotherOne() {
      var token = signIn("ada", PASSWORD.value()).orElseThrow().token();

      assertThatExceptionOfType(AccessRejected.SamePassword.class)
          .isThrownBy(() -> change(token, PASSWORD.value(), PASSWORD));
    }

    private StartedSession change(SessionToken token, String present, Password next) {
      return new ChangePassword(
              world.people(),
              world.webSessions(),
              new Attempts(world.people(), hashes, world.transactions(), clock),
              hashes,
              world.transactions(),
              auditor(),
              clock,
              random)
          .change(resolve(token).orElseThrow(), present, next, ORIGIN);
    }
  }

  @Nested
  final class TheFirstAdmin {

    @Test
    void isMadeOnceAndMustChangeThePassword() {
      world.write(() -> world.people().remove(ada.id()));

      var password = prepare().orElseThrow();

      assertThat(prepare()).isEmpty();
      var token = signIn("admin", password.value()).orElseThrow();
      assertThat(token.person().isPlatformAdmin()).isTrue();
      assertThat(token.person().mustChangePassword()).isTrue();
      assertThat(audited()).startsWith(AuditAction.PERSON_CREATED);
    }

    @Test
    void isNotMadeWhenThereAreOthers() {
      assertThat(prepare()).isEmpty();
      assertThat(world.people().find(Login.FIRST)).isEmpty();
    }

    private Optional<Password> prepare() {
      return new PrepareFirstAdmin(
              world.people(),
              hashes,
              new Auditor(world.auditTrail(), ids, clock),
              world.transactions(),
              ids,
              clock,
              new SplittableRandom(1))
          .prepare();
    }
  }

  private void choose(SessionToken token, OrganizationId organization) {
    new ChooseOrganization(world.webSessions(), world.organizations(), world.transactions())
        .choose(resolve(token).orElseThrow(), organization);
  }

  private List<AuditAction> audited() {
    return world.auditTrail().all().stream().map(AuditEntry::action).toList();
  }

  private Optional<StartedSession> signIn(String login, String password) {
    return signIn().signIn(login, password, Optional.empty(), ORIGIN);
  }

  private Optional<SignedIn> resolve(SessionToken token) {
    return new ResolveSession(
            world.webSessions(),
            world.people(),
            world.memberships(),
            world.organizations(),
            world.transactions(),
            clock)
        .resolve(token);
  }

  private SignIn signIn() {
    return signIn(new Attempts(world.people(), hashes, world.transactions(), clock));
  }

  private SignIn signIn(Attempts attempts) {
    return new SignIn(
        world.people(),
        world.memberships(),
        world.webSessions(),
        attempts,
        world.transactions(),
        auditor(),
        clock,
        random);
  }
}
