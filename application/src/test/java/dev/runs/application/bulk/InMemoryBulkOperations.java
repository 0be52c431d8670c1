package dev.runs.application.bulk;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.RunId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Bulk operations in memory. */
public final class InMemoryBulkOperations implements BulkOperations {

  private static final Comparator<BulkId> IN_ORDER =
      Comparator.comparing(id -> new RunId(id.value()));

  private record Row(BulkOperation operation, BulkChoice choice) {}

  private final InMemoryTransactions.Table<BulkId, Row> rows;

  public InMemoryBulkOperations(InMemoryTransactions transactions) {
    this.rows = transactions.table(IN_ORDER);
  }

  @Override
  public boolean add(BulkOperation operation, BulkChoice choice) {
    if (rows.has(operation.id())) {
      return false;
    }
    rows.put(operation.id(), new Row(operation, choice));
    return true;
  }

  @Override
  public int takeRunning(OrganizationId organization) {
    return (int)
        rows.all().stream()
            .map(Row::operation)
            .filter(BulkOperation::isRunning)
            .filter(operation -> operation.organization().equals(organization))
            .count();
  }

  @Override
  public Optional<BulkOperation> find(Reach.Within reach, BulkId id) {
    return Optional.ofNullable(rows.get(id))
        .map(Row::operation)
        .filter(operation -> reach.includes(operation.organization()));
  }

  @Override
  public List<BulkOperation> newestFirst(Reach.Within reach, int limit) {
    return rows.all().reversed().stream()
        .map(Row::operation)
        .filter(operation -> reach.includes(operation.organization()))
        .limit(limit)
        .toList();
  }

  @Override
  public BulkChoice choice(BulkId id) {
    return get(id).choice();
  }

  @Override
  public Optional<BulkOperation> nextRunning(Optional<BulkId> after) {
    return rows.all().stream()
        .map(Row::operation)
        .filter(BulkOperation::isRunning)
        .filter(operation -> after.isEmpty() || IN_ORDER.compare(operation.id(), after.get()) > 0)
        .findFirst();
  }

  @Override
  public BulkOperation take(BulkId id) {
    return get(id).operation();
  }

  @Override
  public void save(BulkOperation operation) {
    var before = get(operation.id());
    if (before.operation().version() != operation.version() - 1) {
      throw new IllegalStateException("another version of bulk operation " + operation.id());
    }
    rows.put(operation.id(), new Row(operation, before.choice()));
  }

  private Row get(BulkId id) {
    return Objects.requireNonNull(rows.get(id), "there is no such operation");
  }
}
