package dev.runs.application.access;

import dev.runs.application.Ids;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes the person who lets all others in. */
public final class PrepareFirstAdmin {

  private final People people;
  private final PasswordHashes hashes;
  private final Auditor auditor;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source, for the password
   */
  public PrepareFirstAdmin(
      People people,
      PasswordHashes hashes,
      Auditor auditor,
      Transactions transactions,
      Ids ids,
      InstantSource clock,
      RandomGenerator random) {
    this.people = people;
    this.hashes = hashes;
    this.auditor = auditor;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes the platform admin {@code admin} unless there is anybody.
   *
   * @return the password that was made, to be shown to a person now and never again; it must be
   *     changed at the first sign-in
   */
  public Optional<Password> prepare() {
    if (people.hasAny()) {
      return Optional.empty();
    }
    var password = Password.generated(random);
    var admin =
        Person.local(
            new PersonId(ids.next()),
            Login.FIRST,
            new DisplayName("Administrator"),
            hashes.hash(password),
            true,
            true,
            clock.instant());
    return transactions.inTransaction(() -> {
      if (!people.addFirst(admin)) {
        return Optional.empty();
      }
      auditor.noteOf(
          Principal.SYSTEM,
          Origin.LOCAL,
          Optional.empty(),
          AuditAction.PERSON_CREATED,
          "person:" + admin.id(),
          Map.of("login", admin.login().value()));
      return Optional.of(password);
    });
  }
}
