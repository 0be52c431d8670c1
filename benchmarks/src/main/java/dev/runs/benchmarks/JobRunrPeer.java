package dev.runs.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.BackgroundJobRequest;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr in this process, polling as often as it may. */
final class JobRunrPeer implements Peer {

  private static final AtomicReference<CountDownLatch> LEFT =
      new AtomicReference<>(new CountDownLatch(0));

  /** A job. */
  public record Nothing() implements JobRequest {

    @Override
    public Class<NothingHandler> getJobRequestHandler() {
      return NothingHandler.class;
    }
  }

  /** Does it. */
  public static final class NothingHandler implements JobRequestHandler<Nothing> {

    @Override
    public void run(Nothing job) {
      LEFT.get().countDown();
    }
  }

  @Override
  public String name() {
    return "JobRunr";
  }

  @Override
  public double jobsPerSecond(String url, int jobs) throws Exception {
    LEFT.set(new CountDownLatch(jobs));
    try (var pool = new HikariDataSource()) {
      pool.setJdbcUrl(Peer.jdbcUrl(url));
      pool.setMaximumPoolSize(16);
      var server =
          BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
              .andPollInterval(Duration.ofSeconds(5))
              .andWorkerCount(64);
      var begun = new long[1];
      try (var _ = autoClosed()) {
        JobRunr.configure()
            .useStorageProvider(new PostgresStorageProvider(pool))
            .useBackgroundJobServer(server, false)
            .initialize();
        BackgroundJobRequest.enqueue(Stream.generate(Nothing::new).limit(jobs));
        begun[0] = System.nanoTime();
        JobRunr.getBackgroundJobServer().start();
        LEFT.get().await();
        return jobs * 1e9 / (System.nanoTime() - begun[0]);
      }
    }
  }

  private static AutoCloseable autoClosed() {
    return JobRunr::destroy;
  }
}
