package dev.runs.application.access;

import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Subject;
import java.util.List;
import java.util.Optional;

/** All people there are. */
public interface People {

  /**
   * Adds a person unless there is anybody at all, in one step.
   *
   * @return whether the person was added
   */
  boolean addFirst(Person person);

  /**
   * @throws AccessRejected.LoginTaken when somebody has the login, or is this subject
   */
  void add(Person person);

  /** Whether there is anybody. */
  boolean hasAny();

  Optional<Person> find(PersonId id);

  /** As {@link #find}; nobody else changes the person before the transaction ends. */
  Optional<Person> take(PersonId id);

  Optional<Person> find(Login login);

  Optional<Person> find(Subject subject);

  /**
   * Everybody, newest first.
   *
   * @param after the person behind whom to go on; nothing for the first page
   */
  List<Person> list(Optional<PersonId> after, int limit);

  /** Replaces what is known of a person, but for the login, the subject and what was attempted. */
  void save(Person person);

  /**
   * Counts an attempt to sign in, if nobody has counted another one since.
   *
   * @param failedAttempts how many there were when the person was read
   * @param attempted the person after this attempt
   * @return whether it was counted; otherwise the person is to be read again
   */
  boolean countAttempt(int failedAttempts, Person attempted);

  /** Forgets the attempts that failed, and so any lock. */
  void forgetAttempts(PersonId id);

  /** Removes the person with their memberships and sessions. */
  void remove(PersonId id);
}
