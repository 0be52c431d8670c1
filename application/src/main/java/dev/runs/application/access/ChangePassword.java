package dev.runs.application.access;

import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.SessionToken;
import dev.runs.domain.access.WebSession;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Lets somebody who is signed in replace their password. */
public final class ChangePassword {

  private final People people;
  private final WebSessions sessions;
  private final Attempts attempts;
  private final PasswordHashes hashes;
  private final Transactions transactions;
  private final Auditor auditor;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source, for the token of the session
   */
  public ChangePassword(
      People people,
      WebSessions sessions,
      Attempts attempts,
      PasswordHashes hashes,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock,
      RandomGenerator random) {
    this.people = people;
    this.sessions = sessions;
    this.attempts = attempts;
    this.hashes = hashes;
    this.transactions = transactions;
    this.auditor = auditor;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Ends every session of the person, and begins one for this browser.
   *
   * @param present the password so far, as it was typed
   * @throws AccessRejected.WrongPassword when it is another one, or was tried too often
   * @throws AccessRejected.SamePassword when the next one is no other
   */
  public StartedSession change(SignedIn signedIn, String present, Password next, Origin origin) {
    var person = signedIn.person();
    var typed = Password.typed(present);
    if (!attempts.succeeds(people.find(person.id()), typed)) {
      throw new AccessRejected.WrongPassword();
    }
    if (typed.equals(Optional.of(next))) {
      throw new AccessRejected.SamePassword();
    }
    var hash = hashes.hash(next);
    var token = SessionToken.generated(random);
    return transactions.inTransaction(() -> {
      var now = clock.instant();
      var changed =
          people
              .take(person.id())
              .orElseThrow(AccessRejected.PersonNotFound::new)
              .withPassword(hash, false, now);
      people.save(changed);
      sessions.removeOf(person.id());
      sessions.add(WebSession.opened(token, person.id(), signedIn.organization(), now));
      auditor.noteOf(
          person.principal(),
          origin,
          signedIn.organization(),
          AuditAction.PERSON_CHANGED,
          "person:" + person.id(),
          Map.of("changed", "password"));
      return new StartedSession(changed, token);
    });
  }
}
