package dev.runs.application.access;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.WebSession;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sessions in memory. */
public final class InMemoryWebSessions implements WebSessions {

  private final InMemoryTransactions.Table<String, WebSession> rows;

  public InMemoryWebSessions(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.<String>naturalOrder());
  }

  @Override
  public void add(WebSession session) {
    rows.put(session.hash(), session);
  }

  @Override
  public Optional<WebSession> find(String hash) {
    return Optional.ofNullable(rows.get(hash));
  }

  @Override
  public void save(WebSession session) {
    if (rows.has(session.hash())) {
      rows.put(session.hash(), session);
    }
  }

  @Override
  public void remove(String hash) {
    rows.remove(hash);
  }

  @Override
  public void removeOf(PersonId person) {
    removeAll(rows.all().stream().filter(session -> session.person().equals(person)).toList());
  }

  @Override
  public int removeOver(Instant now, int most) {
    var over =
        rows.all().stream()
            .filter(session -> session.isOverAt(now))
            .sorted(Comparator.comparing(WebSession::idleEndsAt))
            .limit(most)
            .toList();
    removeAll(over);
    return over.size();
  }

  private void removeAll(List<WebSession> sessions) {
    sessions.forEach(session -> rows.remove(session.hash()));
  }
}
