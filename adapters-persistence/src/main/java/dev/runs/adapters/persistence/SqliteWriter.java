package dev.runs.adapters.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes to a SQLite file. It takes whole units of work, does up to {@value
 * #MOST_TOGETHER} of them in one transaction, each in a savepoint of its own, commits, and only
 * then answers: a flush to the disk is shared by all who came while the last one was made.
 */
final class SqliteWriter implements AutoCloseable {

  private static final int MOST_TOGETHER = 128;
  private static final long LONGEST_NANOS = 2_000_000;

  private final Connection connection;
  private final DSLContext db;
  private final BlockingQueue<Unit<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean isClosed;

  private SqliteWriter(Connection connection) {
    this.connection = connection;
    this.db = Database.context(connection, SQLDialect.SQLITE);
    this.thread = Thread.ofPlatform().name("sqlite-writer").daemon().unstarted(this::run);
  }

  static SqliteWriter start(Connection connection) {
    var writer = new SqliteWriter(connection);
    writer.thread.start();
    return writer;
  }

  /** Does the work and returns when it is on the disk. */
  <T> T write(Supplier<T> work) {
    var unit = new Unit<>(work);
    queue.add(unit);
    if (isClosed) {
      unit.refuse(new IllegalStateException("the database is closed"));
    }
    return unit.join();
  }

  /** How many units of work have not begun. */
  int waiting() {
    return queue.size();
  }

  @Override
  public void close() {
    isClosed = true;
    queue.add(new Unit<>(() -> null));
    try {
      thread.join();
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw new DataAccessException("the file did not close", e);
    }
  }

  private void run() {
    while (!isClosed) {
      try {
        writeTogether(queue.take());
      } catch (InterruptedException e) {
        isClosed = true;
      }
    }
    for (var unit = queue.poll(); unit != null; unit = queue.poll()) {
      unit.refuse(new IllegalStateException("the database is closed"));
    }
  }

  private void writeTogether(Unit<?> first) {
    var done = new ArrayList<Unit<?>>();
    try {
      execute("begin immediate");
      var start = System.nanoTime();
      for (@Nullable Unit<?> unit = first;
          unit != null;
          unit = isFull(done, start) ? null : queue.poll()) {
        done.add(unit);
        writeAlone(unit);
      }
      execute("commit");
      done.forEach(Unit::answer);
    } catch (SQLException | RuntimeException e) {
      giveUp(first, done, e);
    }
  }

  private static boolean isFull(List<Unit<?>> done, long start) {
    return done.size() >= MOST_TOGETHER || System.nanoTime() - start > LONGEST_NANOS;
  }

  /** What a unit did is taken back when it fails; the others of its group keep theirs. */
  private void writeAlone(Unit<?> unit) throws SQLException {
    execute("savepoint unit");
    if (!unit.run(db)) {
      execute("rollback to unit");
    }
    execute("release unit");
  }

  /** Nothing of the group is on the disk, and everybody in it is told so. */
  private void giveUp(Unit<?> first, List<Unit<?>> done, Exception cause) {
    var failure =
        cause instanceof RuntimeException runtime
            ? runtime
            : new DataAccessException("the transaction did not end as it should", cause);
    try {
      execute("rollback");
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
    first.refuse(failure);
    done.forEach(unit -> unit.refuse(failure));
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A piece of work, and who waits for it. */
  private static final class Unit<T> {

    private final Supplier<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable Throwable failure;

    Unit(Supplier<T> work) {
      this.work = work;
    }

    /**
     * @return whether the work went well
     */
    @SuppressWarnings("NullAway") // a use case may well answer null
    boolean run(DSLContext db) {
      try {
        result = Database.within(db, true, work);
        return true;
      } catch (RuntimeException | Error e) {
        failure = e;
        return false;
      }
    }

    @SuppressWarnings("NullAway")
    void answer() {
      if (failure == null) {
        answer.complete(result);
      } else {
        answer.completeExceptionally(failure);
      }
    }

    void refuse(RuntimeException cause) {
      answer.completeExceptionally(cause);
    }

    T join() {
      try {
        return answer.join();
      } catch (CompletionException e) {
        switch (e.getCause()) {
          case RuntimeException cause -> throw cause;
          case Error cause -> throw cause;
          case null, default -> throw e;
        }
      }
    }
  }
}
