package dev.runs.application.access;

import dev.runs.domain.access.Password;
import dev.runs.domain.access.PasswordHash;

/**
 * Turns passwords into what may be kept of them. Slow on purpose: never call it in a transaction.
 */
public interface PasswordHashes {

  /** A hash with a salt of its own. */
  PasswordHash hash(Password password);

  boolean matches(Password password, PasswordHash hash);

  /** A hash that is as costly to compare as any other, and that no password is known to match. */
  PasswordHash ofNobody();
}
