package dev.runs.application.access;

import dev.runs.application.Transactions;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.SessionToken;
import dev.runs.domain.access.WebSession;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Says whose browser it is. Everything is looked up each time, so that a change counts at once. */
public final class ResolveSession {

  private final WebSessions sessions;
  private final People people;
  private final Memberships memberships;
  private final Organizations organizations;
  private final Transactions transactions;
  private final InstantSource clock;

  public ResolveSession(
      WebSessions sessions,
      People people,
      Memberships memberships,
      Organizations organizations,
      Transactions transactions,
      InstantSource clock) {
    this.sessions = sessions;
    this.people = people;
    this.memberships = memberships;
    this.organizations = organizations;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Who shows this token; nothing when it is nobody's, or over, or the person is disabled. */
  public Optional<SignedIn> resolve(SessionToken token) {
    var now = clock.instant();
    var found =
        transactions.inSnapshot(() ->
            sessions
                .find(token.hash())
                .filter(session -> !session.isOverAt(now))
                .flatMap(this::signedIn));
    found.map(SignedIn::session).ifPresent(this::noteSeen);
    return found;
  }

  private Optional<SignedIn> signedIn(WebSession session) {
    return people
        .find(session.person())
        .filter(person -> !person.isDisabled())
        .map(person -> {
          var belongsTo = memberships.of(person.id());
          return new SignedIn(person, session, where(person, session, belongsTo), belongsTo);
        });
  }

  /** The chosen one while it may be chosen, or else the first. */
  private Optional<OrganizationId> where(
      Person person, WebSession session, List<Membership> belongsTo) {
    return session
        .organization()
        .filter(chosen ->
            person.isPlatformAdmin()
                || belongsTo.stream().anyMatch(its -> its.organization().equals(chosen)))
        .or(() -> belongsTo.stream().map(Membership::organization).findFirst())
        .or(() -> person.isPlatformAdmin() ? defaultOrganization() : Optional.empty());
  }

  private Optional<OrganizationId> defaultOrganization() {
    return organizations.find(Organization.DEFAULT).map(Organization::id);
  }

  private void noteSeen(WebSession session) {
    var seen = session.seen(clock.instant());
    if (!seen.equals(session)) {
      transactions.inTransaction(() -> {
        sessions.save(seen);
        return seen;
      });
    }
  }
}
