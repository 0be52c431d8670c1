package dev.runs.application;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Transactions one after the other. What a transaction has changed is undone when it fails. */
public final class InMemoryTransactions implements Transactions {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> undo = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private boolean isOpen;
  private int snapshots;

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    lock.lock();
    try {
      if (snapshots > 0) {
        throw new IllegalStateException("a snapshot is for reading");
      }
      return isOpen ? work.get() : undoneOnFailure(work);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    if (!lock.isHeldByCurrentThread() || !isOpen) {
      throw new IllegalStateException("no transaction is open");
    }
    afterwards.add(action);
  }

  @Override
  public <T> T inSnapshot(Supplier<T> work) {
    lock.lock();
    snapshots++;
    try {
      return work.get();
    } finally {
      snapshots--;
      lock.unlock();
    }
  }

  /** Whether the calling thread is in a transaction or a snapshot. */
  public boolean isWithin() {
    return lock.isHeldByCurrentThread();
  }

  /** Reads while nobody writes. */
  public <T> T reading(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Rows in the order of their keys.
   *
   * @param <V> immutable
   */
  public <K, V> Table<K, V> table(Comparator<? super K> order) {
    return new Table<>(order);
  }

  private <T> T undoneOnFailure(Supplier<T> work) {
    isOpen = true;
    var isDone = false;
    try {
      var result = work.get();
      isDone = true;
      return result;
    } finally {
      isOpen = false;
      if (!isDone) {
        undo.reversed().forEach(Runnable::run);
      }
      undo.clear();
      var actions = isDone ? List.copyOf(afterwards) : List.<Runnable>of();
      afterwards.clear();
      actions.forEach(Runnable::run);
    }
  }

  private void changing(Runnable undone) {
    if (!lock.isHeldByCurrentThread() || !isOpen) {
      throw new IllegalStateException("a store was written to outside any transaction");
    }
    if (snapshots > 0) {
      throw new IllegalStateException("a snapshot is for reading");
    }
    undo.add(undone);
  }

  /** Rows by their keys; whoever changes them is in a transaction. */
  public final class Table<K, V> {

    private final TreeMap<K, V> rows;

    private Table(Comparator<? super K> order) {
      this.rows = new TreeMap<>(order);
    }

    public @Nullable V get(K key) {
      return reading(() -> rows.get(key));
    }

    public boolean has(K key) {
      return reading(() -> rows.containsKey(key));
    }

    public @Nullable K lastKey() {
      return reading(() -> rows.isEmpty() ? null : rows.lastKey());
    }

    /** All rows as they are now, in the order of their keys. */
    public List<V> all() {
      return reading(() -> List.copyOf(rows.values()));
    }

    /** All keys as they are now, in order. */
    public List<K> keys() {
      return reading(() -> List.copyOf(rows.keySet()));
    }

    /** The rows between two keys, the first included, the last not. */
    public Collection<V> between(K from, K to) {
      return reading(() -> List.copyOf(rows.subMap(from, to).values()));
    }

    /** The keys between two keys, the first included, the last not. */
    public List<K> keysBetween(K from, K to) {
      return reading(() -> List.copyOf(rows.subMap(from, to).keySet()));
    }

    public int size() {
      return reading(rows::size);
    }

    public void put(K key, V row) {
      var before = rows.get(key);
      changing(() -> restore(key, before));
      rows.put(key, row);
    }

    public @Nullable V remove(K key) {
      var before = rows.get(key);
      changing(() -> restore(key, before));
      return rows.remove(key);
    }

    private void restore(K key, @Nullable V before) {
      if (before == null) {
        rows.remove(key);
      } else {
        rows.put(key, before);
      }
    }
  }
}
