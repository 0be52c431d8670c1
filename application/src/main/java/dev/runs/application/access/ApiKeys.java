package dev.runs.application.access;

import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys that callers may show. Only their hashes are kept. */
public interface ApiKeys {

  /**
   * Adds a platform key unless there is any platform key at all, in one step.
   *
   * @return whether it was added
   */
  boolean addFirst(ApiKey key);

  void add(ApiKey key);

  /** Finds it also when it is revoked or expired. */
  Optional<ApiKey> findByHash(String hash);

  /** Finds it whoever owns it, also when it is revoked or expired. */
  Optional<ApiKey> find(ApiKeyId id);

  /** A key of this owner. */
  Optional<ApiKey> find(Optional<TeamId> owner, ApiKeyId id);

  /**
   * The keys of this owner, newest first, those that have ended among them.
   *
   * @param after the key behind which to go on; nothing for the first page
   */
  List<ApiKey> list(Optional<TeamId> owner, Optional<ApiKeyId> after, int limit);

  /** Whether any key of the team is neither revoked nor expired at this moment. */
  boolean hasAccepted(TeamId owner, Instant now);

  /**
   * Revokes the key unless it is revoked already.
   *
   * @return whether this very call did it
   */
  boolean revoke(ApiKeyId id, Instant at);

  /** Lets the key end then, unless it ends earlier. */
  void endAt(ApiKeyId id, Instant at);

  /** Takes note of when keys were last seen, unless something later is known. */
  void noteUses(List<Use> uses);

  /**
   * A key was seen.
   *
   * @param at to the minute
   */
  record Use(ApiKeyId id, Instant at) {}
}
