package dev.runs.benchmarks;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The same rows as the service writes, by plain JDBC and nothing around it: what the database
 * itself can do.
 */
final class Yardstick implements AutoCloseable {

  private static final String RUN =
      """
      insert into run (id, organization_id, root_id, path, depth, project, domain, name, service,
        task, dispatch, state, attempt, started_at, created_at, updated_at, version)
      values (?, ?, ?, ?, 1, 'default', 'production', ?, 'yardstick', 'task', 'tracked', 'running',
        1, %1$s, %1$s, %1$s, 1)\
      """;
  private static final String ATTEMPT =
      "insert into attempt (run_id, number, phase, started_at) values (?, 1, 'running', %1$s)";
  private static final String EVENT =
      """
      insert into event_inbox (run_id, root_id, organization_id, type, version, actor, at, details,
        path, project, domain, service, task)
      values (?, ?, ?, 'run.created', 1, 'yardstick', %1$s,
        '{"state":"running","service":"yardstick","task":"task"}', ?, 'default', 'production',
        'yardstick', 'task')\
      """;
  private static final String LINE =
      """
      insert into cost_line (id, run_id, cost_name, quantity_hi, quantity_lo, unit_price, total_hi,
        total_lo, created_at)
      values (?, ?, 'tokens', 0, 1000000, 1, 0, 1, now())\
      """;
  private static final String ANCESTOR =
      """
      insert into rollup (run_id, measure, own_hi, own_lo, total_hi, total_lo)
      values (?, ?, 0, 0, 0, 1)
      on conflict (run_id, measure) do update set total_lo = (rollup.total_lo + 1) % 1000000000\
      """;

  private final Connection connection;
  private final Object organization;
  private final boolean isSqlite;
  private final PreparedStatement run;
  private final PreparedStatement attempt;
  private final PreparedStatement event;

  Yardstick(String url, String organization) throws SQLException {
    this.isSqlite = url.startsWith("jdbc:sqlite:");
    this.connection = DriverManager.getConnection(url);
    this.organization = isSqlite ? organization : UUID.fromString(organization);
    if (isSqlite) {
      try (var statement = connection.createStatement()) {
        statement.execute("pragma synchronous = full");
        statement.execute("pragma busy_timeout = 10000");
        statement.execute("pragma foreign_keys = on");
      }
    }
    connection.setAutoCommit(false);
    this.run = connection.prepareStatement(now(RUN));
    this.attempt = connection.prepareStatement(now(ATTEMPT));
    this.event = connection.prepareStatement(now(EVENT));
  }

  /** All rows of one run that was made, in one transaction. */
  int createRun() throws SQLException {
    bindRun();
    run.executeUpdate();
    attempt.executeUpdate();
    event.executeUpdate();
    connection.commit();
    return 1;
  }

  /** The rows of many runs, a statement for each table, in one transaction. */
  int createRuns(int count) throws SQLException {
    for (var i = 0; i < count; i++) {
      bindRun();
      run.addBatch();
      attempt.addBatch();
      event.addBatch();
    }
    run.executeBatch();
    attempt.executeBatch();
    event.executeBatch();
    connection.commit();
    return count;
  }

  /** A cost line that adds itself to every run above it, in one transaction. */
  int addCostUpdatingAncestors(String run, String... ancestors) throws SQLException {
    try (var line = connection.prepareStatement(LINE);
        var sum = connection.prepareStatement(ANCESTOR)) {
      line.setObject(1, UuidCreator.getTimeOrderedEpochPlus1());
      line.setObject(2, UUID.fromString(run));
      line.executeUpdate();
      for (var ancestor : ancestors) {
        for (var measure : new String[] {"yard/cost", "yard/used"}) {
          sum.setObject(1, UUID.fromString(ancestor));
          sum.setString(2, measure);
          sum.executeUpdate();
        }
      }
      connection.commit();
    }
    return 1;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void bindRun() throws SQLException {
    var uuid = UuidCreator.getTimeOrderedEpochPlus1();
    Object id = isSqlite ? uuid.toString() : uuid;
    run.setObject(1, id);
    run.setObject(2, organization);
    run.setObject(3, id);
    run.setBytes(4, UuidCreator.toBytes(uuid));
    run.setString(5, uuid.toString().substring(9, 36));
    attempt.setObject(1, id);
    event.setObject(1, id);
    event.setObject(2, id);
    event.setObject(3, organization);
    event.setBytes(4, UuidCreator.toBytes(uuid));
  }

  private String now(String sql) {
    return sql.formatted(isSqlite ? "'2026-01-01T00:00:00.000000Z'" : "now()");
  }
}
