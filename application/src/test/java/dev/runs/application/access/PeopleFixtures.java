package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;

import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.PasswordHash;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import java.util.concurrent.atomic.AtomicInteger;

/** People who sign in, and hashes that cost nothing. */
public final class PeopleFixtures {

  public static final Password PASSWORD = new Password("correct horse battery");

  private PeopleFixtures() {}

  /** Somebody with {@link #PASSWORD}. */
  public static Person person(long number, String login) {
    return Person.local(
        new PersonId(uuid(number)),
        new Login(login),
        new DisplayName("Person " + number),
        new ReadableHashes().hash(PASSWORD),
        false,
        false,
        NOON);
  }

  /** Hashes that a test can read. Counts how often passwords are compared. */
  public static final class ReadableHashes implements PasswordHashes {

    private final AtomicInteger compared = new AtomicInteger();

    public int compared() {
      return compared.get();
    }

    @Override
    public PasswordHash hash(Password password) {
      return new PasswordHash("hash of " + password.value());
    }

    @Override
    public boolean matches(Password password, PasswordHash hash) {
      compared.incrementAndGet();
      return hash(password).equals(hash);
    }

    @Override
    public PasswordHash ofNobody() {
      return new PasswordHash("nobody's");
    }
  }
}
