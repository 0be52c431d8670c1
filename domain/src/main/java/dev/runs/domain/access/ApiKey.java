package dev.runs.domain.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is kept of an API key; the key itself is shown once and kept nowhere.
 *
 * @param owner the team whose key it is; nothing for a platform key
 * @param name for people
 * @param hint the first characters of the key, by which its owner tells keys apart
 * @param hash SHA-256 of the key, in lower-case hexadecimal digits
 * @param createdBy who made it
 * @param expiresAt from when on it is not accepted; nothing when it does not end by itself
 * @param revokedAt when it was revoked
 * @param lastUsedAt when it was last seen, to the minute
 */
public record ApiKey(
    ApiKeyId id,
    Optional<TeamId> owner,
    DisplayName name,
    String hint,
    String hash,
    Reach reach,
    Scopes scopes,
    Principal createdBy,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<Instant> lastUsedAt) {

  public State stateAt(Instant now) {
    if (revokedAt.isPresent()) {
      return State.REVOKED;
    }
    return isAcceptedAt(now) ? State.ACTIVE : State.EXPIRED;
  }

  /** The only projects that it may touch; empty means all within its reach. */
  public Set<Slug> projects() {
    return reach instanceof Reach.Within(_, var projects) ? projects : Set.of();
  }

  /** What it may do, where, and until when, as far as it is bound; in words, by name. */
  public Map<String, String> granted() {
    var granted = new TreeMap<String, String>();
    granted.put("name", name.value());
    granted.put("scopes", String.join(" ", scopes.wireNames()));
    if (!projects().isEmpty()) {
      granted.put(
          "projects",
          projects().stream().map(Slug::value).sorted().collect(Collectors.joining(" ")));
    }
    expiresAt.ifPresent(end -> granted.put("expiresAt", end.toString()));
    return granted;
  }

  /** Whether it is accepted, and if not, why. */
  public enum State {
    ACTIVE,
    EXPIRED,
    REVOKED;

    /** In lower case. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it lets anybody in at this moment. */
  public boolean isAcceptedAt(Instant now) {
    return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
  }

  /** What it lets its bearer do. */
  public Access access() {
    return new Access(id.principal(), reach, scopes, expiresAt);
  }
}
