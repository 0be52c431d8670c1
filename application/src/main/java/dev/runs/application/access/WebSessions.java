package dev.runs.application.access;

import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.WebSession;
import java.time.Instant;
import java.util.Optional;

/** The browsers that are known. Only the hashes of what they show are kept. */
public interface WebSessions {

  void add(WebSession session);

  /** Finds it also when it is over. */
  Optional<WebSession> find(String hash);

  /** Replaces when it was seen and where it acts; nothing happens when it is gone. */
  void save(WebSession session);

  void remove(String hash);

  /** Removes all sessions of a person. */
  void removeOf(PersonId person);

  /**
   * Removes sessions that are over.
   *
   * @param most how many
   * @return how many it were
   */
  int removeOver(Instant now, int most);
}
