package dev.runs.adapters.persistence.access;

import static dev.runs.adapters.persistence.generated.Tables.WEB_SESSION;
import static org.jooq.impl.DSL.select;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.WebSessionRecord;
import dev.runs.application.access.WebSessions;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.WebSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps sessions in the table {@code web_session}. */
public final class JooqWebSessions implements WebSessions {

  private final Database database;

  public JooqWebSessions(Database database) {
    this.database = database;
  }

  @Override
  public void add(WebSession session) {
    var row = new WebSessionRecord();
    row.setHash(session.hash());
    row.setPersonId(session.person().value());
    row.setOrganizationId(session.organization().map(OrganizationId::value).orElse(null));
    row.setCreatedAt(session.createdAt());
    row.setSeenAt(session.lastSeenAt());
    row.setEndsAt(session.endsAt());
    row.setIdleEndsAt(session.idleEndsAt());
    database.add(List.of(row));
  }

  @Override
  public Optional<WebSession> find(String hash) {
    return database
        .db()
        .selectFrom(WEB_SESSION)
        .where(WEB_SESSION.HASH.eq(hash))
        .fetchOptional(JooqWebSessions::toSession);
  }

  @Override
  public void save(WebSession session) {
    database
        .db()
        .update(WEB_SESSION)
        .set(
            WEB_SESSION.ORGANIZATION_ID,
            session.organization().map(OrganizationId::value).orElse(null))
        .set(WEB_SESSION.SEEN_AT, session.lastSeenAt())
        .set(WEB_SESSION.IDLE_ENDS_AT, session.idleEndsAt())
        .where(WEB_SESSION.HASH.eq(session.hash()))
        .execute();
  }

  @Override
  public void remove(String hash) {
    database.db().deleteFrom(WEB_SESSION).where(WEB_SESSION.HASH.eq(hash)).execute();
  }

  @Override
  public void removeOf(PersonId person) {
    database.db().deleteFrom(WEB_SESSION).where(WEB_SESSION.PERSON_ID.eq(person.value())).execute();
  }

  @Override
  public int removeOver(Instant now, int most) {
    return database
        .db()
        .deleteFrom(WEB_SESSION)
        .where(
            WEB_SESSION.HASH.in(
                select(WEB_SESSION.HASH)
                    .from(WEB_SESSION)
                    .where(WEB_SESSION.IDLE_ENDS_AT.le(now))
                    .orderBy(WEB_SESSION.IDLE_ENDS_AT)
                    .limit(most)))
        .execute();
  }

  private static WebSession toSession(WebSessionRecord row) {
    return new WebSession(
        row.getHash(),
        new PersonId(row.getPersonId()),
        Optional.ofNullable(row.getOrganizationId()).map(OrganizationId::new),
        row.getCreatedAt(),
        row.getSeenAt(),
        row.getEndsAt(),
        row.getIdleEndsAt());
  }
}
