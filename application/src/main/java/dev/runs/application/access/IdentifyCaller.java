package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Says who shows a key, and what the key lets them do. */
public final class IdentifyCaller {

  /** How long a key that was found is believed without looking again: the bound of a revocation. */
  public static final Duration BELIEVED = Duration.ofSeconds(5);

  /** How long it is remembered that a use was told. */
  private static final Duration TOLD = Duration.ofMinutes(2);

  /** Who shows the key of the configuration. */
  public static final Principal CONFIGURED = new Principal("key:configured");

  private record Known(ApiKey key, Instant until) {}

  private final ApiKeys keys;
  private final Organizations organizations;
  private final Optional<byte[]> configuredHash;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Map<ApiKeyId, Instant> seen = new ConcurrentHashMap<>();
  private final Map<ApiKeyId, Instant> told = new ConcurrentHashMap<>();
  private final Map<String, OrganizationId> defaultOrganization = new ConcurrentHashMap<>();

  /**
   * @param configuredKey the platform key of the configuration; nothing when there is none
   */
  public IdentifyCaller(
      ApiKeys keys,
      Organizations organizations,
      Optional<String> configuredKey,
      InstantSource clock) {
    this.keys = keys;
    this.organizations = organizations;
    this.configuredHash = configuredKey.map(key -> bytes(ApiKeyText.hash(key)));
    this.clock = clock;
  }

  /**
   * What a key gives access to; nothing when it is not one of ours, or is revoked or expired. Keys
   * are compared by their hashes, in constant time. A text without the form and the checksum of a
   * key is refused without a look into the database.
   */
  public Optional<Access> access(String key) {
    var hash = ApiKeyText.hash(key);
    if (configuredHash.isPresent() && MessageDigest.isEqual(configuredHash.get(), bytes(hash))) {
      return Optional.of(Access.ofPlatform(CONFIGURED));
    }
    if (!ApiKeyText.isWellFormed(key)) {
      return Optional.empty();
    }
    var now = clock.instant();
    var found = remembered(hash, now).or(() -> lookedUp(hash, now));
    var accepted = found.filter(stored -> stored.isAcceptedAt(now));
    accepted.ifPresent(stored ->
        seen.merge(stored.id(), now.truncatedTo(ChronoUnit.MINUTES), IdentifyCaller::later));
    return accepted.map(ApiKey::access);
  }

  /**
   * A caller who acts in the organization it names, or in its own, or in {@code default}.
   *
   * @throws AccessRejected.OrganizationNotFound when there is no such organization within its reach
   */
  public Caller caller(Access access, Optional<OrganizationId> organization, Origin origin) {
    var actsIn =
        switch (access.reach()) {
          case Reach.Everywhere _ ->
              organization.map(this::existing).orElseGet(this::defaultOrganization);
          case Reach.Within(var own, _) -> {
            if (!organization.orElse(own).equals(own)) {
              throw new AccessRejected.OrganizationNotFound();
            }
            yield own;
          }
        };
    return new Caller(access, actsIn, origin);
  }

  /** Forgets what is known of a key, for it was changed right now. */
  public void forget(String hash) {
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
    found.ifPresent(stored -> known.put(hash, new Known(stored, now.plus(BELIEVED))));
    return found;
  }

  private OrganizationId existing(OrganizationId id) {
    return organizations
        .find(id)
        .map(Organization::id)
        .orElseThrow(AccessRejected.OrganizationNotFound::new);
  }

  private OrganizationId defaultOrganization() {
    return defaultOrganization.computeIfAbsent(
        Organization.DEFAULT.value(),
        _ ->
            organizations
                .find(Organization.DEFAULT)
                .map(Organization::id)
                .orElseThrow(AccessRejected.OrganizationNotFound::new));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
