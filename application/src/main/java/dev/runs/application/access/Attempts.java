package dev.runs.application.access;

import dev.runs.application.Transactions;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.Person;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Compares passwords, and locks an account for a while that too many have tried. Shared by the use
 * cases that ask for a password.
 */
public final class Attempts {

  private final People people;
  private final PasswordHashes hashes;
  private final Transactions transactions;
  private final InstantSource clock;

  public Attempts(
      People people, PasswordHashes hashes, Transactions transactions, InstantSource clock) {
    this.people = people;
    this.hashes = hashes;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Whether the password is the person's. The attempt is counted before anything is compared, and
   * all are forgotten after one that succeeds. Exactly one comparison is made whatever the answer,
   * so that the time says nothing.
   *
   * @param person nothing when nobody has the login
   * @param password nothing when what was typed can be nobody's
   */
  boolean succeeds(Optional<Person> person, Optional<Password> password) {
    var mayTry = person.filter(its -> !its.isDisabled()).filter(this::count);
    var hash = mayTry.flatMap(Person::passwordHash);
    var matches =
        hashes.matches(
            password.orElse(new Password("nobody's password")), hash.orElseGet(hashes::ofNobody));
    var isRight = matches && hash.isPresent() && password.isPresent();
    if (isRight) {
      forget(person.orElseThrow());
    }
    return isRight;
  }

  private void forget(Person person) {
    transactions.inTransaction(() -> {
      people.forgetAttempts(person.id());
      return person;
    });
  }

  /** Whether the person may try; of many at once each is counted, or none is let through. */
  private boolean count(Person seen) {
    return transactions.inTransaction(() -> {
      var person = Optional.of(seen);
      while (person.isPresent() && !person.get().isLockedAt(clock.instant())) {
        var before = person.get();
        if (people.countAttempt(before.failedAttempts(), before.attempted(clock.instant()))) {
          return true;
        }
        person = people.find(seen.id());
      }
      return false;
    });
  }
}
