package dev.runs.bootstrap.demo;

import dev.runs.application.queue.Leases.Shown;
import dev.runs.bootstrap.Platform;
import dev.runs.bootstrap.demo.Company.Service;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The leases of all workers that are alive. */
final class Heartbeats {

  private final Map<RunId, Shown> alive = new LinkedHashMap<>();

  void begin(Shown lease) {
    alive.put(lease.run(), lease);
  }

  void end(RunId run) {
    alive.remove(run);
  }

  /**
   * All workers say that they are alive.
   *
   * @param length how long the leases last from now on; nothing for as long as they did
   */
  void beat(Platform platform, Company company, Optional<Duration> length) {
    if (!alive.isEmpty()) {
      platform
          .workQueue()
          .keepLeases()
          .keepEach(company.as(Service.WORKERS), List.copyOf(alive.values()), length);
    }
  }
}
