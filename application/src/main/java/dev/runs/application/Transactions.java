package dev.runs.application;

import java.util.function.Supplier;

/** Units of work: all of it happens, or nothing of it. */
public interface Transactions {

  /**
   * Does the work in one transaction, or as part of the one that is already open, and returns when
   * it is durable. Work may be done again from the start when it met another transaction in the
   * way; it therefore has no effect but through the stores, and it waits for nothing outside.
   *
   * @throws RuntimeException whatever the work threw, after everything it did was undone
   */
  <T> T inTransaction(Supplier<T> work);

  /**
   * Does something once the open transaction is durable, and not when it is undone or done again
   * from the start. It is done on the thread that waits for the transaction, so it is short; it
   * throws nothing, for the transaction cannot be taken back any more.
   *
   * @throws IllegalStateException when no transaction is open
   */
  void afterCommit(Runnable action);

  /** Lets the work read everything as it was at one moment. It writes nothing. */
  <T> T inSnapshot(Supplier<T> work);

  /** As {@link #inTransaction(Supplier)}, with the answer kept beside the effect. */
  default <T> T inTransaction(Receipt<T> receipt, Supplier<T> work) {
    return inTransaction(() -> {
      receipt.open();
      var result = work.get();
      receipt.record(result);
      return result;
    });
  }
}
