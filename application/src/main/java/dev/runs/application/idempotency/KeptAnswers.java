package dev.runs.application.idempotency;

import dev.runs.domain.access.OrganizationId;
import java.time.Instant;
import java.util.Optional;

/** First answers to requests that may be sent again. */
public interface KeptAnswers {

  /**
   * @param key as the client chose it, 1 to 255 characters
   */
  record Scope(OrganizationId organization, String key) {}

  /**
   * @param fingerprint of the request that was answered
   * @param status of the answer, as in HTTP
   * @param body of the answer, as it was sent
   */
  record KeptAnswer(
      Scope scope, String fingerprint, int status, String contentType, String body, Instant at) {}

  /**
   * Tries to be the only one that works on this scope until the transaction ends.
   *
   * @return false when somebody else does
   */
  boolean tryLock(Scope scope);

  /** Finds nothing that is older than an instant. */
  Optional<KeptAnswer> find(Scope scope, Instant oldest);

  /** Keeps an answer, in place of an older one of the same scope. */
  void keep(KeptAnswer answer);

  /**
   * Removes some answers that are older than an instant.
   *
   * @return how many were removed
   */
  int forget(Instant before, int most);
}
