package dev.runs.application.access;

import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.SessionToken;
import dev.runs.domain.access.WebSession;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Lets somebody in who knows a password. */
public final class SignIn {

  private final People people;
  private final Memberships memberships;
  private final WebSessions sessions;
  private final Attempts attempts;
  private final Transactions transactions;
  private final Auditor auditor;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source, for the tokens of sessions
   */
  public SignIn(
      People people,
      Memberships memberships,
      WebSessions sessions,
      Attempts attempts,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock,
      RandomGenerator random) {
    this.people = people;
    this.memberships = memberships;
    this.sessions = sessions;
    this.attempts = attempts;
    this.transactions = transactions;
    this.auditor = auditor;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Begins a session. Why nobody is let in is told to nobody, and it takes the same time: a login
   * that nobody has, a wrong password, a locked and a disabled account look alike.
   *
   * @param before the session of the same browser so far, which ends
   */
  public Optional<StartedSession> signIn(
      String login, String password, Optional<SessionToken> before, Origin origin) {
    var found = Login.typed(login).flatMap(people::find);
    if (attempts.succeeds(found, Password.typed(password))) {
      return Optional.of(started(found.orElseThrow(), before, origin));
    }
    noteFailure(found, origin);
    return Optional.empty();
  }

  private StartedSession started(Person person, Optional<SessionToken> before, Origin origin) {
    var token = SessionToken.generated(random);
    return transactions.inTransaction(() -> {
      before.map(SessionToken::hash).ifPresent(sessions::remove);
      sessions.add(WebSession.opened(token, person.id(), Optional.empty(), clock.instant()));
      auditor.noteOf(
          person.principal(),
          origin,
          memberships.of(person.id()).stream().map(Membership::organization).findFirst(),
          AuditAction.SIGN_IN,
          "person:" + person.id(),
          Map.of("with", "password"));
      return new StartedSession(person, token);
    });
  }

  /** What was typed is not kept: it may be a password in the wrong place. */
  private void noteFailure(Optional<Person> person, Origin origin) {
    transactions.inTransaction(() -> {
      auditor.noteOf(
          Auditor.NOBODY,
          origin,
          person.stream()
              .flatMap(its -> memberships.of(its.id()).stream())
              .map(Membership::organization)
              .findFirst(),
          AuditAction.SIGN_IN_FAILED,
          "person:" + person.map(its -> its.id().toString()).orElse("unknown"),
          Map.of("with", "password"));
      return person;
    });
  }
}
