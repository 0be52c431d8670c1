package dev.runs.application;

import java.util.ArrayList;
import java.util.List;

/** Writes down what happens to it, and that it happens in a transaction. */
public final class RecordedReceipt<T> implements Receipt<T> {

  private final InMemoryTransactions transactions;
  private final List<T> recorded = new ArrayList<>();
  private int opened;

  public RecordedReceipt(InMemoryTransactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public void open() {
    requireTransaction();
    opened++;
  }

  @Override
  public void record(T result) {
    requireTransaction();
    recorded.add(result);
  }

  public int opened() {
    return opened;
  }

  public List<T> recorded() {
    return List.copyOf(recorded);
  }

  private void requireTransaction() {
    if (!transactions.isWithin()) {
      throw new IllegalStateException("a receipt is written in the transaction of the effect");
    }
  }
}
