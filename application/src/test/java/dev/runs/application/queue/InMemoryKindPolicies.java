package dev.runs.application.queue;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.queue.Leases.OwnedKind;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies in memory. */
public final class InMemoryKindPolicies implements KindPolicies {

  private final InMemoryTransactions transactions;
  private final InMemoryTransactions.Table<OwnedKind, Limited> rows;

  public InMemoryKindPolicies(InMemoryTransactions transactions) {
    this.transactions = transactions;
    this.rows =
        transactions.table(
            Comparator.comparing((OwnedKind owned) -> owned.organization().value())
                .thenComparing(OwnedKind::kind));
  }

  @Override
  public void save(KindPolicy policy) {
    var owned = owned(policy);
    var before = rows.get(owned);
    rows.put(owned, new Limited(policy, before == null ? Instant.EPOCH : before.nextStart()));
  }

  @Override
  public void savePaused(KindPolicy otherwise) {
    var before = rows.get(owned(otherwise));
    save(
        before == null
            ? otherwise
            : before.policy().paused(otherwise.isPaused(), otherwise.updatedAt()));
  }

  @Override
  public boolean remove(OrganizationId organization, Kind kind) {
    return rows.remove(new OwnedKind(organization, kind)) != null;
  }

  @Override
  public Map<OwnedKind, KindPolicy> findAll(Collection<OwnedKind> kinds) {
    var found = new LinkedHashMap<OwnedKind, KindPolicy>();
    stored(kinds).forEach((kind, row) -> found.put(kind, row.policy()));
    return found;
  }

  @Override
  public Map<OwnedKind, Limited> takeLimited(Collection<OwnedKind> kinds) {
    var limited = stored(kinds);
    limited.values().removeIf(row -> !row.policy().limitsStarts());
    return limited;
  }

  @Override
  public void saveNextStart(OwnedKind kind, Instant nextStart) {
    var before = rows.get(kind);
    if (before != null) {
      rows.put(kind, new Limited(before.policy(), nextStart));
    }
  }

  @Override
  public List<KindPolicy> page(OrganizationId organization, Optional<Kind> after, int limit) {
    return rows.all().stream()
        .map(Limited::policy)
        .filter(policy -> policy.organization().equals(organization))
        .filter(policy -> after.isEmpty() || policy.kind().compareTo(after.get()) > 0)
        .limit(limit)
        .toList();
  }

  private Map<OwnedKind, Limited> stored(Collection<OwnedKind> kinds) {
    return transactions.reading(() -> {
      var found = new LinkedHashMap<OwnedKind, Limited>();
      for (var kind : kinds) {
        var row = rows.get(kind);
        if (row != null) {
          found.put(kind, row);
        }
      }
      return found;
    });
  }

  private static OwnedKind owned(KindPolicy policy) {
    return new OwnedKind(policy.organization(), policy.kind());
  }
}
