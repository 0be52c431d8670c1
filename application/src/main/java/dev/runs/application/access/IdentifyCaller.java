package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Says who shows a key. */
public final class IdentifyCaller {

  /** How long a key that was found is believed without looking again. */
  private static final Duration BELIEVED = Duration.ofSeconds(5);

  private record Known(Principal principal, Instant until) {}

  private final ApiKeys keys;
  private final Organizations organizations;
  private final Optional<byte[]> configuredHash;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
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
   * Finds nobody when the key is not one of ours. Keys are compared by their hashes, in constant
   * time; a key that is found is kept in mind, one that is not is looked up again each time.
   */
  public Optional<Principal> principal(String key) {
    var hash = ApiKeyText.hash(key);
    if (configuredHash.isPresent() && MessageDigest.isEqual(configuredHash.get(), bytes(hash))) {
      return Optional.of(new Principal("key:configured"));
    }
    if (!ApiKeyText.isWellFormed(key)) {
      return Optional.empty();
    }
    var now = clock.instant();
    var remembered = known.get(hash);
    if (remembered != null && now.isBefore(remembered.until())) {
      return Optional.of(remembered.principal());
    }
    var found = keys.findByHash(hash).map(stored -> new Principal("key:" + stored.id()));
    found.ifPresentOrElse(
        principal -> known.put(hash, new Known(principal, now.plus(BELIEVED))),
        () -> known.remove(hash));
    return found;
  }

  /**
   * A caller with a platform key, who acts in the organization it names or in {@code default}.
   *
   * @throws AccessRejected.OrganizationNotFound when there is no such organization
   */
  public Caller platformCaller(Principal principal, Optional<OrganizationId> organization) {
    var actsIn = organization.map(this::existing).orElseGet(this::defaultOrganization);
    return new Caller(principal, actsIn, Reach.everywhere());
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
