package dev.runs.adapters.persistence.access;

import static dev.runs.adapters.persistence.generated.Tables.MEMBERSHIP;
import static dev.runs.adapters.persistence.generated.Tables.PERSON;
import static dev.runs.adapters.persistence.generated.Tables.WEB_SESSION;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Dialect.Violation;
import dev.runs.adapters.persistence.generated.tables.records.PersonRecord;
import dev.runs.application.access.People;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.PasswordHash;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Subject;
import java.util.List;
import java.util.Optional;
import org.jooq.exception.DataAccessException;

/** Keeps people in the table {@code person}. */
public final class JooqPeople implements People {

  /** Taken by whoever makes the first person, so that two nodes that start together make one. */
  private static final long FIRST_PERSON = 0x72756e732d706572L;

  private final Database database;

  public JooqPeople(Database database) {
    this.database = database;
  }

  @Override
  public boolean addFirst(Person person) {
    if (!database.dialect().tryLock(database.db(), FIRST_PERSON) || hasAny()) {
      return false;
    }
    add(person);
    return true;
  }

  @Override
  public void add(Person person) {
    try {
      database.add(List.of(toRow(person)));
    } catch (DataAccessException e) {
      throw database.dialect().violation(e) == Violation.UNIQUE
          ? new AccessRejected.LoginTaken()
          : e;
    }
  }

  @Override
  public boolean hasAny() {
    return database.db().fetchExists(PERSON);
  }

  @Override
  public Optional<Person> find(PersonId id) {
    return database
        .db()
        .selectFrom(PERSON)
        .where(PERSON.ID.eq(id.value()))
        .fetchOptional(JooqPeople::toPerson);
  }

  @Override
  public Optional<Person> take(PersonId id) {
    return database
        .dialect()
        .take(database.db().selectFrom(PERSON).where(PERSON.ID.eq(id.value())))
        .fetchOptional(JooqPeople::toPerson);
  }

  @Override
  public Optional<Person> find(Login login) {
    return database
        .db()
        .selectFrom(PERSON)
        .where(PERSON.LOGIN.eq(login.value()))
        .fetchOptional(JooqPeople::toPerson);
  }

  @Override
  public Optional<Person> find(Subject subject) {
    return database
        .db()
        .selectFrom(PERSON)
        .where(PERSON.ISSUER.eq(subject.issuer()))
        .and(PERSON.SUBJECT.eq(subject.name()))
        .fetchOptional(JooqPeople::toPerson);
  }

  @Override
  public List<Person> list(Optional<PersonId> after, int limit) {
    return database
        .db()
        .selectFrom(PERSON)
        .where(after.map(id -> PERSON.ID.lt(id.value())).orElse(noCondition()))
        .orderBy(PERSON.ID.desc())
        .limit(limit)
        .fetch(JooqPeople::toPerson);
  }

  @Override
  public void save(Person person) {
    database
        .db()
        .update(PERSON)
        .set(PERSON.NAME, person.name().value())
        .set(PERSON.PASSWORD_HASH, person.passwordHash().map(PasswordHash::value).orElse(null))
        .set(PERSON.IS_PLATFORM_ADMIN, person.isPlatformAdmin())
        .set(PERSON.MUST_CHANGE_PASSWORD, person.mustChangePassword())
        .set(PERSON.DISABLED_AT, person.disabledAt().orElse(null))
        .set(PERSON.UPDATED_AT, person.updatedAt())
        .where(PERSON.ID.eq(person.id().value()))
        .execute();
  }

  @Override
  public boolean countAttempt(int failedAttempts, Person attempted) {
    return database
            .db()
            .update(PERSON)
            .set(PERSON.FAILED_ATTEMPTS, attempted.failedAttempts())
            .set(PERSON.UNLOCKED_AT, attempted.lockedUntil().orElse(null))
            .where(PERSON.ID.eq(attempted.id().value()))
            .and(PERSON.FAILED_ATTEMPTS.eq(failedAttempts))
            .execute()
        == 1;
  }

  @Override
  public void forgetAttempts(PersonId id) {
    database
        .db()
        .update(PERSON)
        .set(PERSON.FAILED_ATTEMPTS, 0)
        .setNull(PERSON.UNLOCKED_AT)
        .where(PERSON.ID.eq(id.value()))
        .execute();
  }

  @Override
  public void remove(PersonId id) {
    var db = database.db();
    db.deleteFrom(WEB_SESSION).where(WEB_SESSION.PERSON_ID.eq(id.value())).execute();
    db.deleteFrom(MEMBERSHIP).where(MEMBERSHIP.PERSON_ID.eq(id.value())).execute();
    db.deleteFrom(PERSON).where(PERSON.ID.eq(id.value())).execute();
  }

  private static PersonRecord toRow(Person person) {
    var row = new PersonRecord();
    row.setId(person.id().value());
    row.setLogin(person.login().value());
    row.setName(person.name().value());
    row.setPasswordHash(person.passwordHash().map(PasswordHash::value).orElse(null));
    row.setIsPlatformAdmin(person.isPlatformAdmin());
    row.setMustChangePassword(person.mustChangePassword());
    row.setIssuer(person.subject().map(Subject::issuer).orElse(null));
    row.setSubject(person.subject().map(Subject::name).orElse(null));
    row.setDisabledAt(person.disabledAt().orElse(null));
    row.setFailedAttempts(person.failedAttempts());
    row.setUnlockedAt(person.lockedUntil().orElse(null));
    row.setCreatedAt(person.createdAt());
    row.setUpdatedAt(person.updatedAt());
    return row;
  }

  static Person toPerson(PersonRecord row) {
    return new Person(
        new PersonId(row.getId()),
        new Login(row.getLogin()),
        new DisplayName(row.getName()),
        Optional.ofNullable(row.getPasswordHash()).map(PasswordHash::new),
        row.getIsPlatformAdmin(),
        row.getMustChangePassword(),
        Optional.ofNullable(row.getIssuer()).map(issuer -> new Subject(issuer, row.getSubject())),
        Optional.ofNullable(row.getDisabledAt()),
        row.getFailedAttempts(),
        Optional.ofNullable(row.getUnlockedAt()),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
