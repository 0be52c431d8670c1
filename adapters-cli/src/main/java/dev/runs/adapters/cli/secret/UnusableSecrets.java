package dev.runs.adapters.cli.secret;

import org.jspecify.annotations.Nullable;

/** Secrets that cannot be used, said without any of them. */
public final class UnusableSecrets extends RuntimeException {

  UnusableSecrets(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** One sentence for a person. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
