package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Says who shows a key, and what the key lets them do. */
public final class IdentifyCaller {

  /** Who shows the key of the configuration. */
  public static final Principal CONFIGURED = new Principal("key:configured");

  private final BelievedKeys keys;
  private final Organizations organizations;
  private final Optional<byte[]> configuredHash;
  private final Map<String, OrganizationId> defaultOrganization = new ConcurrentHashMap<>();

  /**
   * @param configuredKey the platform key of the configuration; nothing when there is none
   */
  public IdentifyCaller(
      BelievedKeys keys, Organizations organizations, Optional<String> configuredKey) {
    this.keys = keys;
    this.organizations = organizations;
    this.configuredHash = configuredKey.map(key -> bytes(ApiKeyText.hash(key)));
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
    return ApiKeyText.isWellFormed(key)
        ? keys.accepted(hash).map(ApiKey::access)
        : Optional.empty();
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
