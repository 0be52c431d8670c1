package dev.runs.application.access;

import static dev.runs.application.access.PeopleFixtures.person;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.PasswordHash;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.SessionToken;
import dev.runs.domain.access.Subject;
import dev.runs.domain.access.WebSession;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of people promises. */
public abstract class PeopleContract extends StoresContract {

  private static final Subject SUBJECT = new Subject("https://id.example", "a|b'é");

  @Test
  void findsSomebodyByIdAndByLogin() {
    var ada = person(1, "Ada@Example.com");
    add(ada);

    assertThat(people().find(ada.id())).contains(ada);
    assertThat(people().find(new Login("ADA@example.COM"))).contains(ada);
    assertThat(people().find(new Login("ben"))).isEmpty();
    assertThat(people().find(new PersonId(uuid(2)))).isEmpty();
  }

  @Test
  void findsSomebodyByWhatTheProviderCallsThem() {
    var ada =
        Person.external(
            new PersonId(uuid(1)), new Login("ada"), new DisplayName("Ada"), SUBJECT, NOON);
    add(ada);

    assertThat(people().find(SUBJECT)).contains(ada);
    assertThat(people().find(new Subject("https://other.example", SUBJECT.name()))).isEmpty();
    assertThat(people().find(new Subject(SUBJECT.issuer(), "A|B'é"))).isEmpty();
  }

  @Test
  void keepsAllThatCanBeKnownOfAPerson() {
    var whole =
        new Person(
            new PersonId(uuid(1)),
            new Login("ada"),
            new DisplayName("Ada 𝄞"),
            Optional.of(new PasswordHash("h")),
            true,
            true,
            Optional.of(SUBJECT),
            Optional.of(NOON.plusSeconds(1)),
            7,
            Optional.of(NOON.plusSeconds(2)),
            NOON.plusSeconds(3),
            NOON.plusSeconds(4));
    add(whole);

    assertThat(people().find(whole.id())).contains(whole);
    assertThat(people().list(Optional.empty(), 10)).containsExactly(whole);
  }

  @Test
  void refusesALoginOrASubjectThatSomebodyHas() {
    add(person(1, "ada"));
    add(
        Person.external(
            new PersonId(uuid(2)), new Login("b"), new DisplayName("B"), SUBJECT, NOON));
    var again =
        Person.external(new PersonId(uuid(3)), new Login("c"), new DisplayName("C"), SUBJECT, NOON);

    assertThatExceptionOfType(AccessRejected.LoginTaken.class)
        .isThrownBy(() -> add(person(4, "ADA")));
    assertThatExceptionOfType(AccessRejected.LoginTaken.class).isThrownBy(() -> add(again));
  }

  @Test
  void addsOneFirstPersonHoweverManyComeAtTheSameMoment() {
    assertThat(people().hasAny()).isFalse();

    var answers =
        AtOnce.with(
            8,
            i ->
                stores()
                    .transactions()
                    .inTransaction(() -> people().addFirst(person(i + 1, "p" + i))));

    assertThat(answers).filteredOn(isAdded -> isAdded).hasSize(1);
    assertThat(people().list(Optional.empty(), 10)).hasSize(1);
    assertThat(people().hasAny()).isTrue();
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    for (var i = 1; i <= 3; i++) {
      add(person(i, "p" + i));
    }

    var first = people().list(Optional.empty(), 2);
    var second = people().list(Optional.of(first.getLast().id()), 2);

    assertThat(first).extracting(its -> its.login().value()).containsExactly("p3", "p2");
    assertThat(second).extracting(its -> its.login().value()).containsExactly("p1");
  }

  @Test
  void savesWhatIsKnownButNotWhatWasAttempted() {
    var ada = person(1, "ada");
    add(ada);
    count(ada, 0);

    var changed =
        ada.withPassword(new PasswordHash("next"), true, NOON.plusSeconds(1))
            .known(new DisplayName("Ada L."), true, NOON.plusSeconds(2))
            .disabled(NOON.plusSeconds(3));
    stores().write(() -> people().save(changed));

    var found = people().find(ada.id()).orElseThrow();
    assertThat(found.failedAttempts()).isEqualTo(1);
    assertThat(found)
        .usingRecursiveComparison()
        .ignoringFields("failedAttempts")
        .isEqualTo(changed);
    stores().write(() -> people().save(changed.enabled(NOON.plusSeconds(4))));
    assertThat(people().find(ada.id()).orElseThrow().disabledAt()).isEmpty();
  }

  @Test
  void countsEachOfManyAttemptsAtTheSameMomentOnce() {
    var ada = person(1, "ada");
    add(ada);

    var counted = AtOnce.with(8, _ -> count(ada, 0));

    assertThat(counted).filteredOn(is -> is).hasSize(1);
    assertThat(people().find(ada.id()).orElseThrow().failedAttempts()).isEqualTo(1);
  }

  @Test
  void keepsALockAndForgetsItWithTheAttempts() {
    var ada = person(1, "ada");
    add(ada);
    for (var i = 0; i < Person.FREE_ATTEMPTS; i++) {
      assertThat(count(people().find(ada.id()).orElseThrow(), i)).isTrue();
    }

    assertThat(people().find(ada.id()).orElseThrow().lockedUntil())
        .contains(NOON.plus(Person.FIRST_LOCK));
    stores().write(() -> people().forgetAttempts(ada.id()));
    assertThat(people().find(ada.id())).contains(ada);
  }

  @Test
  void removesAPersonWithWhatBelongsToThem() {
    var ada = person(1, "ada");
    var token = new SessionToken("t");
    add(ada);
    stores()
        .write(() -> {
          stores().memberships().put(new Membership(ada.id(), ACME.id(), Role.VIEWER));
          stores()
              .webSessions()
              .add(WebSession.opened(token, ada.id(), Optional.of(ACME.id()), NOON));
        });

    stores().write(() -> people().remove(ada.id()));

    assertThat(people().find(ada.id())).isEmpty();
    assertThat(stores().memberships().of(ada.id())).isEmpty();
    assertThat(stores().webSessions().find(token.hash())).isEmpty();
  }

  @Test
  void letsOneAfterTheOtherChangeAPersonWhoIsTaken() {
    var ada = person(1, "ada");
    add(ada);

    AtOnce.with(
        4,
        i ->
            stores()
                .transactions()
                .inTransaction(() -> {
                  var taken = people().take(ada.id()).orElseThrow();
                  people()
                      .save(
                          taken.withPassword(
                              new PasswordHash(
                                  taken.passwordHash().orElseThrow().value() + "+" + i),
                              false,
                              NOON.plus(Duration.ofSeconds(i))));
                  return i;
                }));

    assertThat(people().find(ada.id()).orElseThrow().passwordHash().orElseThrow().value())
        .contains("+0", "+1", "+2", "+3");
  }

  private boolean count(Person person, int before) {
    return stores()
        .transactions()
        .inTransaction(() -> people().countAttempt(before, person.attempted(NOON)));
  }

  private People people() {
    return stores().people();
  }

  private void add(Person person) {
    stores().write(() -> people().add(person));
  }
}
