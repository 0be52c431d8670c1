package dev.runs.application.access;

import dev.runs.application.InMemoryTransactions;
import java.util.Comparator;
import java.util.Optional;

/** Keys in memory. */
public final class InMemoryApiKeys implements ApiKeys {

  private final InMemoryTransactions.Table<String, ApiKey> rows;

  public InMemoryApiKeys(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.<String>naturalOrder());
  }

  @Override
  public boolean addFirst(ApiKey key) {
    if (rows.size() > 0) {
      return false;
    }
    rows.put(key.hash(), key);
    return true;
  }

  @Override
  public Optional<ApiKey> findByHash(String hash) {
    return Optional.ofNullable(rows.get(hash));
  }
}
