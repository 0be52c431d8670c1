package dev.runs.application.access;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.TeamId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keys in memory. */
public final class InMemoryApiKeys implements ApiKeys {

  private static final Comparator<ApiKey> NEWEST_FIRST =
      Comparator.comparing((ApiKey key) -> key.id().value()).reversed();

  private final InMemoryTransactions.Table<String, ApiKey> rows;

  public InMemoryApiKeys(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.<String>naturalOrder());
  }

  @Override
  public boolean addFirst(ApiKey key) {
    if (rows.all().stream().anyMatch(there -> there.owner().isEmpty())) {
      return false;
    }
    add(key);
    return true;
  }

  @Override
  public void add(ApiKey key) {
    rows.put(key.hash(), key);
  }

  @Override
  public Optional<ApiKey> findByHash(String hash) {
    return Optional.ofNullable(rows.get(hash));
  }

  @Override
  public Optional<ApiKey> find(ApiKeyId id) {
    return byId(id);
  }

  @Override
  public Optional<ApiKey> find(Optional<TeamId> owner, ApiKeyId id) {
    return byId(id).filter(key -> key.owner().equals(owner));
  }

  @Override
  public List<ApiKey> list(Optional<TeamId> owner, Optional<ApiKeyId> after, int limit) {
    return rows.all().stream()
        .filter(key -> key.owner().equals(owner))
        .filter(key -> after.isEmpty() || key.id().value().compareTo(after.get().value()) < 0)
        .sorted(NEWEST_FIRST)
        .limit(limit)
        .toList();
  }

  @Override
  public boolean hasAccepted(TeamId owner, Instant now) {
    return rows.all().stream()
        .anyMatch(key -> key.owner().equals(Optional.of(owner)) && key.isAcceptedAt(now));
  }

  @Override
  public boolean revoke(ApiKeyId id, Instant at) {
    var key = byId(id).filter(there -> there.revokedAt().isEmpty());
    key.ifPresent(
        there -> add(with(there, there.expiresAt(), Optional.of(at), there.lastUsedAt())));
    return key.isPresent();
  }

  @Override
  public void endAt(ApiKeyId id, Instant at) {
    byId(id)
        .filter(key -> key.expiresAt().map(at::isBefore).orElse(true))
        .ifPresent(key -> add(with(key, Optional.of(at), key.revokedAt(), key.lastUsedAt())));
  }

  @Override
  public void noteUses(List<Use> uses) {
    for (var use : uses) {
      byId(use.id())
          .filter(key -> key.lastUsedAt().map(use.at()::isAfter).orElse(true))
          .ifPresent(
              key -> add(with(key, key.expiresAt(), key.revokedAt(), Optional.of(use.at()))));
    }
  }

  /** A team is removed with its keys. */
  void removeOf(TeamId owner) {
    rows.all().stream()
        .filter(key -> key.owner().equals(Optional.of(owner)))
        .map(ApiKey::hash)
        .toList()
        .forEach(rows::remove);
  }

  private Optional<ApiKey> byId(ApiKeyId id) {
    return rows.all().stream().filter(key -> key.id().equals(id)).findFirst();
  }

  private static ApiKey with(
      ApiKey key,
      Optional<Instant> expiresAt,
      Optional<Instant> revokedAt,
      Optional<Instant> lastUsedAt) {
    return new ApiKey(
        key.id(),
        key.owner(),
        key.name(),
        key.hint(),
        key.hash(),
        key.reach(),
        key.scopes(),
        key.createdBy(),
        key.createdAt(),
        expiresAt,
        revokedAt,
        lastUsedAt);
  }
}
