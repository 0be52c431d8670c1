package dev.runs.application.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The keys that callers may show. Only their hashes are kept. */
public interface ApiKeys {

  /**
   * A key that is bound to no organization.
   *
   * @param name for people
   * @param hash SHA-256 of the key, in lower-case hexadecimal digits
   */
  record ApiKey(UUID id, String name, String hash, Instant createdAt) {}

  /**
   * Adds the key unless there is any key at all, in one step.
   *
   * @return whether it was added
   */
  boolean addFirst(ApiKey key);

  Optional<ApiKey> findByHash(String hash);
}
