package dev.runs.application.access;

import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys that this node has looked up a moment ago, and when each was last seen. Shared by the
 * use cases that ask for keys and those that change them. Many threads may use it.
 */
public final class BelievedKeys {

  /** How long a key that was found is believed without looking again: the bound of a revocation. */
  public static final Duration LONGEST = Duration.ofSeconds(5);

  /** How long it is remembered that a use was told. */
  private static final Duration TOLD = Duration.ofMinutes(2);

  private record Known(ApiKey key, Instant until) {}

  private final ApiKeys keys;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Map<ApiKeyId, Instant> seen = new ConcurrentHashMap<>();
  private final Map<ApiKeyId, Instant> told = new ConcurrentHashMap<>();

  public BelievedKeys(ApiKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** The key of a hash, seen now; nothing when there is none, or it is revoked or expired. */
  Optional<ApiKey> accepted(String hash) {
    var now = clock.instant();
    var found = remembered(hash, now).or(() -> lookedUp(hash, now));
    var accepted = found.filter(stored -> stored.isAcceptedAt(now));
    accepted.ifPresent(stored ->
        seen.merge(stored.id(), now.truncatedTo(ChronoUnit.MINUTES), BelievedKeys::later));
    return accepted;
  }

  /** Forgets what is known of a key, for it was changed right now. */
  void forget(String hash) {
    known.remove(hash);
  }

  /** Which keys were seen since this was asked the last time, each in a minute not told before. */
  List<ApiKeys.Use> takeUses() {
    var now = clock.instant();
    known.values().removeIf(entry -> !now.isBefore(entry.until()));
    var uses = new ArrayList<ApiKeys.Use>();
    for (var id : List.copyOf(seen.keySet())) {
      var minute = seen.remove(id);
      if (minute != null && !minute.equals(told.put(id, minute))) {
        uses.add(new ApiKeys.Use(id, minute));
      }
    }
    told.values().removeIf(minute -> minute.isBefore(now.minus(TOLD)));
    return uses;
  }

  private Optional<ApiKey> remembered(String hash, Instant now) {
    return Optional.ofNullable(known.get(hash))
        .filter(entry -> now.isBefore(entry.until()))
        .map(Known::key);
  }

  private Optional<ApiKey> lookedUp(String hash, Instant now) {
    var found = keys.findByHash(hash);
    found.ifPresent(stored -> known.put(hash, new Known(stored, now.plus(LONGEST))));
    return found;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
