package dev.runs.application.access;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** People in memory. */
public final class InMemoryPeople implements People {

  private final InMemoryTransactions.Table<UUID, Person> rows;
  private final InMemoryMemberships memberships;
  private final InMemoryWebSessions sessions;

  public InMemoryPeople(
      InMemoryTransactions transactions,
      InMemoryMemberships memberships,
      InMemoryWebSessions sessions) {
    this.rows = transactions.table(Comparator.<UUID>naturalOrder());
    this.memberships = memberships;
    this.sessions = sessions;
  }

  @Override
  public boolean addFirst(Person person) {
    if (hasAny()) {
      return false;
    }
    add(person);
    return true;
  }

  @Override
  public void add(Person person) {
    if (find(person.login()).isPresent() || person.subject().flatMap(this::find).isPresent()) {
      throw new AccessRejected.LoginTaken();
    }
    rows.put(person.id().value(), person);
  }

  @Override
  public boolean hasAny() {
    return rows.size() > 0;
  }

  @Override
  public Optional<Person> find(PersonId id) {
    return Optional.ofNullable(rows.get(id.value()));
  }

  @Override
  public Optional<Person> take(PersonId id) {
    return find(id);
  }

  @Override
  public Optional<Person> find(Login login) {
    return rows.all().stream().filter(person -> person.login().equals(login)).findFirst();
  }

  @Override
  public Optional<Person> find(Subject subject) {
    return rows.all().stream()
        .filter(person -> person.subject().equals(Optional.of(subject)))
        .findFirst();
  }

  @Override
  public List<Person> list(Optional<PersonId> after, int limit) {
    return rows.all().reversed().stream()
        .filter(person -> after.isEmpty() || person.id().value().compareTo(after.get().value()) < 0)
        .limit(limit)
        .toList();
  }

  @Override
  public void save(Person person) {
    find(person.id())
        .ifPresent(there -> put(there, person, there.failedAttempts(), there.lockedUntil()));
  }

  @Override
  public boolean countAttempt(int failedAttempts, Person attempted) {
    var there = find(attempted.id()).filter(person -> person.failedAttempts() == failedAttempts);
    there.ifPresent(
        person -> put(person, person, attempted.failedAttempts(), attempted.lockedUntil()));
    return there.isPresent();
  }

  @Override
  public void forgetAttempts(PersonId id) {
    find(id).ifPresent(person -> put(person, person, 0, Optional.empty()));
  }

  @Override
  public void remove(PersonId id) {
    sessions.removeOf(id);
    memberships.removeOf(id);
    rows.remove(id.value());
  }

  private void put(Person there, Person next, int failedAttempts, Optional<Instant> lockedUntil) {
    rows.put(
        there.id().value(),
        new Person(
            there.id(),
            there.login(),
            next.name(),
            next.passwordHash(),
            next.isPlatformAdmin(),
            next.mustChangePassword(),
            there.subject(),
            next.disabledAt(),
            failedAttempts,
            lockedUntil,
            there.createdAt(),
            next.updatedAt()));
  }
}
