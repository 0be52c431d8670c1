package dev.runs.adapters.persistence.access;

import static dev.runs.adapters.persistence.generated.Tables.API_KEY;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.ApiKeyRecord;
import dev.runs.application.access.ApiKeys;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.TeamId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;

/** Keeps the hashes of API keys in the table {@code api_key}. */
public final class JooqApiKeys implements ApiKeys {

  /** Taken by whoever makes a first key, so that two nodes that start together make one. */
  private static final long FIRST_KEY = 0x72756e732d6b6579L;

  private final Database database;

  public JooqApiKeys(Database database) {
    this.database = database;
  }

  @Override
  public boolean addFirst(ApiKey key) {
    var db = database.db();
    if (!database.dialect().tryLock(db, FIRST_KEY)
        || db.fetchExists(API_KEY, API_KEY.TEAM_ID.isNull())) {
      return false;
    }
    add(key);
    return true;
  }

  @Override
  public void add(ApiKey key) {
    database.add(List.of(toRow(key)));
  }

  @Override
  public Optional<ApiKey> findByHash(String hash) {
    return database
        .db()
        .selectFrom(API_KEY)
        .where(API_KEY.HASH.eq(hash))
        .fetchOptional(JooqApiKeys::toKey);
  }

  @Override
  public Optional<ApiKey> find(ApiKeyId id) {
    return database
        .db()
        .selectFrom(API_KEY)
        .where(API_KEY.ID.eq(id.value()))
        .fetchOptional(JooqApiKeys::toKey);
  }

  @Override
  public Optional<ApiKey> find(Optional<TeamId> owner, ApiKeyId id) {
    return database
        .db()
        .selectFrom(API_KEY)
        .where(API_KEY.ID.eq(id.value()))
        .and(isOf(owner))
        .fetchOptional(JooqApiKeys::toKey);
  }

  @Override
  public List<ApiKey> list(Optional<TeamId> owner, Optional<ApiKeyId> after, int limit) {
    return database
        .db()
        .selectFrom(API_KEY)
        .where(isOf(owner))
        .and(after.map(id -> API_KEY.ID.lt(id.value())).orElse(noCondition()))
        .orderBy(API_KEY.ID.desc())
        .limit(limit)
        .fetch(JooqApiKeys::toKey);
  }

  @Override
  public boolean hasAccepted(TeamId owner, Instant now) {
    return database
        .db()
        .fetchExists(
            API_KEY,
            API_KEY
                .TEAM_ID
                .eq(owner.value())
                .and(API_KEY.REVOKED_AT.isNull())
                .and(API_KEY.EXPIRES_AT.isNull().or(API_KEY.EXPIRES_AT.gt(now))));
  }

  @Override
  public boolean revoke(ApiKeyId id, Instant at) {
    return database
            .db()
            .update(API_KEY)
            .set(API_KEY.REVOKED_AT, at)
            .where(API_KEY.ID.eq(id.value()))
            .and(API_KEY.REVOKED_AT.isNull())
            .execute()
        == 1;
  }

  @Override
  public void endAt(ApiKeyId id, Instant at) {
    database
        .db()
        .update(API_KEY)
        .set(API_KEY.EXPIRES_AT, at)
        .where(API_KEY.ID.eq(id.value()))
        .and(API_KEY.EXPIRES_AT.isNull().or(API_KEY.EXPIRES_AT.gt(at)))
        .execute();
  }

  /** In the order of the ids, so that two nodes never wait for each other in a circle. */
  @Override
  public void noteUses(List<Use> uses) {
    var db = database.db();
    var update =
        db.update(API_KEY)
            .set(API_KEY.LAST_USED_AT, val(null, API_KEY.LAST_USED_AT))
            .where(API_KEY.ID.eq(val(null, API_KEY.ID)))
            .and(
                API_KEY
                    .LAST_USED_AT
                    .isNull()
                    .or(API_KEY.LAST_USED_AT.lt(val(null, API_KEY.LAST_USED_AT))));
    var batch = db.batch(update);
    for (var use : uses.stream().sorted(Comparator.comparing(use -> use.id().value())).toList()) {
      batch = batch.bind(use.at(), use.id().value(), use.at());
    }
    batch.execute();
  }

  private static Condition isOf(Optional<TeamId> owner) {
    return owner.map(team -> API_KEY.TEAM_ID.eq(team.value())).orElseGet(API_KEY.TEAM_ID::isNull);
  }

  private static ApiKeyRecord toRow(ApiKey key) {
    var within =
        key.reach() instanceof Reach.Within bound
            ? Optional.of(bound)
            : Optional.<Reach.Within>empty();
    var row = new ApiKeyRecord();
    row.setId(key.id().value());
    row.setTeamId(key.owner().map(TeamId::value).orElse(null));
    row.setOrganizationId(within.map(reach -> reach.organization().value()).orElse(null));
    row.setName(key.name().value());
    row.setHint(key.hint());
    row.setHash(key.hash());
    row.setScopes(String.join(" ", key.scopes().wireNames()));
    row.setProjects(
        within.stream()
            .flatMap(reach -> reach.projects().stream())
            .map(Slug::value)
            .sorted()
            .collect(Collectors.joining(" ")));
    row.setCreatedBy(key.createdBy().value());
    row.setCreatedAt(key.createdAt());
    row.setExpiresAt(key.expiresAt().orElse(null));
    row.setRevokedAt(key.revokedAt().orElse(null));
    row.setLastUsedAt(key.lastUsedAt().orElse(null));
    return row;
  }

  private static ApiKey toKey(ApiKeyRecord row) {
    return new ApiKey(
        new ApiKeyId(row.getId()),
        Optional.ofNullable(row.getTeamId()).map(TeamId::new),
        new DisplayName(row.getName()),
        row.getHint(),
        row.getHash(),
        reach(row),
        new Scopes(
            words(row.getScopes())
                .map(name -> Scope.ofWireName(name).orElseThrow())
                .collect(Collectors.toSet())),
        new Principal(row.getCreatedBy()),
        row.getCreatedAt(),
        Optional.ofNullable(row.getExpiresAt()),
        Optional.ofNullable(row.getRevokedAt()),
        Optional.ofNullable(row.getLastUsedAt()));
  }

  private static Reach reach(ApiKeyRecord row) {
    Set<Slug> projects = words(row.getProjects()).map(Slug::new).collect(Collectors.toSet());
    return row.getOrganizationId() == null
        ? Reach.everywhere()
        : new Reach.Within(new OrganizationId(row.getOrganizationId()), projects);
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty());
  }
}
