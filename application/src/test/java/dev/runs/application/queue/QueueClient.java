package dev.runs.application.queue;

import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What programs do with a queue, whatever way they take to it, in plain words: states and refusals
 * are what stands on the wire.
 */
public interface QueueClient {

  /** Two who know nothing of each other. */
  enum Tenant {
    ACME,
    GLOBEX
  }

  /** What was answered: something, or the code of a refusal. */
  sealed interface Answer<T> {

    record Given<T>(T value) implements Answer<T> {}

    record Refused<T>(String code) implements Answer<T> {}
  }

  /**
   * Work that is wanted.
   *
   * @param content tells two requests apart
   * @param putOff how much later it is to be started; zero for at once
   */
  record Request(
      String kind,
      int priority,
      int maxAttempts,
      Optional<String> key,
      int content,
      Optional<RunId> parent,
      Duration putOff,
      Optional<Duration> timeout) {}

  /** A run as it is shown. */
  record View(
      RunId id, String state, int attempt, Optional<String> claimedBy, Optional<String> error) {}

  /** What a worker got with a run. */
  record Claim(RunId run, int attempt, UUID token, String worker, int content) {}

  /**
   * What is told to a worker that is alive.
   *
   * @param isToStop whether somebody asked for the end of the run
   */
  record Kept(Instant expiresAt, boolean isToStop) {}

  /** How a worker says that an attempt ended. */
  sealed interface Report {

    record Succeeded() implements Report {}

    record Failed(String error, boolean isRetryable) implements Report {}

    record Released() implements Report {}
  }

  Answer<View> enqueue(Tenant tenant, Request request);

  List<Answer<View>> enqueueAll(Tenant tenant, List<Request> requests);

  /**
   * @param tenant for whom; nothing for a worker that serves both
   * @param kinds the only ones; empty means all
   */
  List<Claim> claim(
      Optional<Tenant> tenant, Set<String> kinds, int limit, Duration lease, String worker);

  Answer<Kept> heartbeat(Tenant tenant, Claim claim);

  Answer<View> report(Tenant tenant, Claim claim, Report report);

  /** One report for each claim. */
  List<Answer<View>> reportAll(Tenant tenant, List<Claim> claims, List<Report> reports);

  Answer<View> cancel(Tenant tenant, RunId run);

  Answer<View> retry(Tenant tenant, RunId run);

  /**
   * @return the run as it was shown last
   */
  Answer<RunId> delete(Tenant tenant, RunId run);

  /** Says without a lease that a run has succeeded. */
  Answer<View> complete(Tenant tenant, RunId run);

  Answer<View> show(Tenant tenant, RunId run);

  /** Says how a kind is to be treated; nothing and not paused means as usual. */
  void treat(Tenant tenant, String kind, Optional<Integer> mostRunning, boolean isPaused);
}
