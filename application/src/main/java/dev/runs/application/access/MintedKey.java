package dev.runs.application.access;

import dev.runs.domain.access.ApiKey;

/**
 * A key that was just made.
 *
 * @param text the key itself, to be shown once and never again
 */
public record MintedKey(ApiKey key, String text) {

  @Override
  public String toString() {
    return "MintedKey[" + key.id() + "]";
  }
}
