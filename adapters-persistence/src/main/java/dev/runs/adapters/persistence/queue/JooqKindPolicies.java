package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.KIND_POLICY;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.OwnedNames;
import dev.runs.adapters.persistence.generated.tables.records.KindPolicyRecord;
import dev.runs.application.queue.KindPolicies;
import dev.runs.application.queue.Leases.OwnedKind;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.queue.Backoff;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/** Keeps policies in the table {@code kind_policy}. */
public final class JooqKindPolicies implements KindPolicies {

  private final Database database;

  public JooqKindPolicies(Database database) {
    this.database = database;
  }

  @Override
  public void save(KindPolicy policy) {
    saveOr(policy, toRow(policy));
  }

  @Override
  public void savePaused(KindPolicy otherwise) {
    var row = new KindPolicyRecord();
    row.setPaused(otherwise.isPaused());
    row.setUpdatedAt(otherwise.updatedAt());
    saveOr(otherwise, row);
  }

  /** Adds a policy; where there is one, only these columns of it become others. */
  private void saveOr(KindPolicy policy, KindPolicyRecord changed) {
    var added = toRow(policy);
    added.setOrganizationId(policy.organization().value());
    added.setKind(policy.kind().value());
    added.setNextStartAt(Instant.EPOCH);
    database
        .db()
        .insertInto(KIND_POLICY)
        .set(added)
        .onConflict(KIND_POLICY.ORGANIZATION_ID, KIND_POLICY.KIND)
        .doUpdate()
        .set(changed)
        .execute();
  }

  @Override
  public boolean remove(OrganizationId organization, Kind kind) {
    return database.db().deleteFrom(KIND_POLICY).where(is(organization, kind)).execute() == 1;
  }

  @Override
  public Map<OwnedKind, KindPolicy> findAll(Collection<OwnedKind> kinds) {
    var found = new HashMap<OwnedKind, KindPolicy>();
    for (var some : anyOf(kinds)) {
      found.putAll(
          database
              .db()
              .selectFrom(KIND_POLICY)
              .where(some)
              .fetchMap(JooqKindPolicies::owned, JooqKindPolicies::toPolicy));
    }
    return found;
  }

  /** In the order of the kinds, so that nobody waits for another in a circle. */
  @Override
  public Map<OwnedKind, Limited> takeLimited(Collection<OwnedKind> kinds) {
    var limited = new HashMap<OwnedKind, Limited>();
    for (var some : anyOf(kinds)) {
      limited.putAll(takeLimited(some));
    }
    return limited;
  }

  private Map<OwnedKind, Limited> takeLimited(Condition some) {
    var limited =
        database
            .db()
            .selectFrom(KIND_POLICY)
            .where(some)
            .and(
                condition(KIND_POLICY.PAUSED)
                    .or(KIND_POLICY.MOST_RUNNING.isNotNull())
                    .or(KIND_POLICY.STARTS_PER_MINUTE.isNotNull()))
            .orderBy(KIND_POLICY.ORGANIZATION_ID, KIND_POLICY.KIND);
    return database
        .dialect()
        .take(limited)
        .fetchMap(JooqKindPolicies::owned, row -> new Limited(toPolicy(row), row.getNextStartAt()));
  }

  @Override
  public void saveNextStart(OwnedKind kind, Instant nextStart) {
    database
        .db()
        .update(KIND_POLICY)
        .set(KIND_POLICY.NEXT_START_AT, nextStart)
        .where(is(kind.organization(), kind.kind()))
        .execute();
  }

  @Override
  public List<KindPolicy> page(OrganizationId organization, Optional<Kind> after, int limit) {
    return database
        .db()
        .selectFrom(KIND_POLICY)
        .where(KIND_POLICY.ORGANIZATION_ID.eq(organization.value()))
        .and(after.map(kind -> KIND_POLICY.KIND.gt(kind.value())).orElse(noCondition()))
        .orderBy(KIND_POLICY.KIND)
        .limit(limit)
        .fetch(JooqKindPolicies::toPolicy);
  }

  private static Condition is(OrganizationId organization, Kind kind) {
    return KIND_POLICY
        .ORGANIZATION_ID
        .eq(organization.value())
        .and(KIND_POLICY.KIND.eq(kind.value()));
  }

  private static List<Condition> anyOf(Collection<OwnedKind> kinds) {
    return OwnedNames.anyOf(
        KIND_POLICY.ORGANIZATION_ID,
        KIND_POLICY.KIND,
        kinds,
        owned -> owned.organization().value(),
        owned -> owned.kind().value());
  }

  private static OwnedKind owned(KindPolicyRecord row) {
    return new OwnedKind(new OrganizationId(row.getOrganizationId()), new Kind(row.getKind()));
  }

  /** Everything that a policy says about its kind. */
  private static KindPolicyRecord toRow(KindPolicy policy) {
    var row = new KindPolicyRecord();
    row.setMaxAttempts(policy.maxAttempts());
    row.setBackoffBaseMs(policy.backoff().base().toMillis());
    row.setBackoffFactor(policy.backoff().factor());
    row.setBackoffCapMs(policy.backoff().cap().toMillis());
    row.setTimeoutMs(policy.timeout().map(Duration::toMillis).orElse(null));
    row.setMostRunning(policy.mostRunning().orElse(null));
    row.setStartsPerMinute(policy.startsPerMinute().orElse(null));
    row.setPaused(policy.isPaused());
    row.setUpdatedAt(policy.updatedAt());
    return row;
  }

  private static KindPolicy toPolicy(KindPolicyRecord row) {
    return new KindPolicy(
        new OrganizationId(row.getOrganizationId()),
        new Kind(row.getKind()),
        row.getMaxAttempts(),
        new Backoff(
            Duration.ofMillis(row.getBackoffBaseMs()),
            row.getBackoffFactor(),
            Duration.ofMillis(row.getBackoffCapMs())),
        Optional.ofNullable(row.getTimeoutMs()).map(Duration::ofMillis),
        Optional.ofNullable(row.getMostRunning()),
        Optional.ofNullable(row.getStartsPerMinute()),
        row.getPaused(),
        row.getUpdatedAt());
  }
}
