package dev.runs.bootstrap;

import dev.runs.application.access.PasswordHashes;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.PasswordHash;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes by Argon2id, at the cost that OWASP names. A hash takes 19 MiB and some tens of
 * milliseconds, so only a few are made at the same time and the others wait.
 */
final class Argon2PasswordHashes implements PasswordHashes {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;

  /** Made like any other, of random bytes that nobody has seen. */
  private static final PasswordHash NOBODY =
      new PasswordHash(
          "$argon2id$v=19$m=19456,t=2,p=1$Ylk3c2hVbWdPQ1hEd0JFTg"
              + "$5YcmP4jYbk0jvD0pmJq0Vb7u2k1mMBb1qv2y6yM1rWw");

  private final Argon2PasswordEncoder encoder =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES);
  private final Semaphore places =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()), true);

  @Override
  public PasswordHash hash(Password password) {
    return working(
        () -> new PasswordHash(Objects.requireNonNull(encoder.encode(password.value()))));
  }

  @Override
  public boolean matches(Password password, PasswordHash hash) {
    return working(() -> encoder.matches(password.value(), hash.value()));
  }

  @Override
  public PasswordHash ofNobody() {
    return NOBODY;
  }

  private <T> T working(Supplier<T> work) {
    places.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
