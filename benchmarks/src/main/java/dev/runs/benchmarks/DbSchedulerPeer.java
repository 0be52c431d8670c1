package dev.runs.benchmarks;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/** db-scheduler in this process, with its strategy for throughput. */
final class DbSchedulerPeer implements Peer {

  private static final TaskDescriptor<Void> NOTHING = TaskDescriptor.of("nothing");

  private static final String TABLE =
      """
      create table scheduled_tasks (
        task_name text not null, task_instance text not null, task_data bytea,
        execution_time timestamp with time zone not null, picked boolean not null, picked_by text,
        last_success timestamp with time zone, last_failure timestamp with time zone,
        consecutive_failures int, last_heartbeat timestamp with time zone, version bigint not null,
        priority smallint, primary key (task_name, task_instance));
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);\
      """;

  @Override
  public String name() {
    return "db-scheduler";
  }

  @Override
  public double jobsPerSecond(String url, int jobs) throws Exception {
    var left = new CountDownLatch(jobs);
    try (var pool = new HikariDataSource()) {
      pool.setJdbcUrl(Peer.jdbcUrl(url));
      pool.setMaximumPoolSize(20);
      try (var connection = pool.getConnection();
          var statement = connection.createStatement()) {
        statement.execute(TABLE);
      }
      var task = Tasks.oneTime(NOTHING).execute((_, _) -> left.countDown());
      var scheduler =
          Scheduler.create(pool, task)
              .threads(20)
              .pollUsingLockAndFetch(1.0, 4.0)
              .pollingInterval(Duration.ofMillis(100))
              .build();
      var now = Instant.now();
      scheduler.scheduleBatch(
          IntStream.range(0, jobs)
              .mapToObj(number -> NOTHING.instance(Integer.toString(number)).scheduledTo(now)));
      var begun = System.nanoTime();
      scheduler.start();
      left.await();
      var rate = jobs * 1e9 / (System.nanoTime() - begun);
      scheduler.stop();
      return rate;
    }
  }
}
