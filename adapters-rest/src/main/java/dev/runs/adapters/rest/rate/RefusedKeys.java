package dev.runs.adapters.rest.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Keeps an address that shows wrong keys or passwords from having more of them looked at. Who shows
 * a key that was accepted not long ago is not held up by what others at the same address do: of
 * such keys a fingerprint is remembered, made with a secret of this process, which says nothing of
 * the key.
 */
public final class RefusedKeys {

  /** How long an accepted key is remembered after its last use. */
  private static final Duration REMEMBERED = Duration.ofDays(1);

  private static final int MOST_REMEMBERED = 50_000;
  private static final int SECRET_BYTES = 16;

  private final RateLimits limits;
  private final KeyParameter secret;
  private final Cache<Long, Boolean> accepted =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterAccess(REMEMBERED).build();

  public RefusedKeys(RateLimits limits, SecureRandom random) {
    this.limits = limits;
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    this.secret = new KeyParameter(bytes);
  }

  /** How an address stands whose key is not to be looked at; nothing when it may be. */
  public Optional<Standing> heldUp(AddressGroup address, String key) {
    return limits
        .peek(Budget.REFUSED_KEYS, address)
        .filter(standing -> !standing.isGranted())
        .filter(_ -> accepted.getIfPresent(fingerprint(key)) == null);
  }

  /** Whether a password that comes from an address is not to be looked at. */
  public boolean holdsUpPasswords(AddressGroup address) {
    return limits
        .peek(Budget.REFUSED_KEYS, address)
        .filter(standing -> !standing.isGranted())
        .isPresent();
  }

  /** A password was looked at and is not good. */
  public void noteRefusedPassword(AddressGroup address) {
    limits.take(Budget.REFUSED_KEYS, address);
  }

  /** A key was looked at and is good. */
  public void noteAccepted(String key) {
    if (limits.has(Budget.REFUSED_KEYS)) {
      var fingerprint = fingerprint(key);
      if (accepted.getIfPresent(fingerprint) == null) {
        accepted.put(fingerprint, true);
      }
    }
  }

  /**
   * A key was looked at and is not good.
   *
   * @return how the address stands then; nothing when that is not limited
   */
  public Optional<Standing> noteRefused(AddressGroup address, String key) {
    if (limits.has(Budget.REFUSED_KEYS)) {
      accepted.invalidate(fingerprint(key));
    }
    return limits.take(Budget.REFUSED_KEYS, address);
  }

  private long fingerprint(String key) {
    var hash = new SipHash();
    hash.init(secret);
    var bytes = key.getBytes(StandardCharsets.UTF_8);
    hash.update(bytes, 0, bytes.length);
    return hash.doFinal();
  }
}
