package dev.runs.application.queue;

import dev.runs.application.queue.QueueClient.Claim;
import dev.runs.application.queue.QueueClient.Report;
import dev.runs.application.queue.QueueClient.Request;
import dev.runs.application.queue.QueueClient.Tenant;
import dev.runs.application.queue.QueueClient.View;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The queue as its documentation tells it, in plain variables, with nothing of the program in it:
 * what is written here twice is written twice on purpose.
 */
final class QueueModel {

  static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  /** Where a run stands. */
  enum Phase {
    READY("queued"),
    DELAYED("queued"),
    LEASED("running"),
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    TIMED_OUT("timed_out"),
    CANCELED("canceled");

    final String state;

    Phase(String state) {
      this.state = state;
    }

    boolean isOver() {
      return compareTo(SUCCEEDED) >= 0;
    }
  }

  /** A run. */
  static final class Job {
    final RunId id;
    final Tenant tenant;
    final Request request;
    final @Nullable Job parent;
    final List<String> told = new ArrayList<>(List.of("run.created", "run.enqueued"));
    Phase phase = Phase.READY;
    Instant readyAt;
    int attempt;
    int spent;
    boolean isCancelAsked;
    boolean isMarked;
    @Nullable String claimedBy;
    @Nullable String error;
    @Nullable UUID token;
    @Nullable UUID reportedBy;
    Instant expiresAt = Instant.MAX;
    Instant timesOutAt = Instant.MAX;
    Instant cancelBy = Instant.MAX;
    Duration lease = Duration.ZERO;

    Job(RunId id, Tenant tenant, Request request, @Nullable Job parent, Instant now) {
      this.id = id;
      this.tenant = tenant;
      this.request = request;
      this.parent = parent;
      this.readyAt = now.plus(request.putOff());
      if (!request.putOff().isZero()) {
        phase = Phase.DELAYED;
      }
    }

    View view() {
      return new View(
          id, phase.state, attempt, Optional.ofNullable(claimedBy), Optional.ofNullable(error));
    }

    boolean isBelow(Job other) {
      for (@Nullable Job above = this; above != null; above = above.parent) {
        if (above == other) {
          return true;
        }
      }
      return false;
    }

    private Instant dueAt() {
      var first = expiresAt.isBefore(timesOutAt) ? expiresAt : timesOutAt;
      return first.isBefore(cancelBy) ? first : cancelBy;
    }

    private void leave(Phase next, String event) {
      phase = next;
      token = null;
      expiresAt = Instant.MAX;
      timesOutAt = Instant.MAX;
      cancelBy = Instant.MAX;
      told.add(event);
    }
  }

  /** How a kind is treated. */
  private record Treatment(Optional<Integer> mostRunning, boolean isPaused) {}

  private record OwnedKind(Tenant tenant, String kind) {}

  final Map<RunId, Job> jobs = new LinkedHashMap<>();
  private final Map<OwnedKind, Treatment> treatments = new HashMap<>();

  /** What is to be answered: a job, or the code of a refusal. */
  record Expected(@Nullable Job job, @Nullable String code) {

    static Expected of(Job job) {
      return new Expected(job, null);
    }

    static Expected refused(String code) {
      return new Expected(null, code);
    }
  }

  /**
   * @return the run that is there already, a refusal, or neither where a new run is to be made
   */
  Expected beforeEnqueue(Tenant tenant, Request request) {
    for (var job : jobs.values()) {
      if (job.tenant == tenant
          && request.key().isPresent()
          && request.key().equals(job.request.key())) {
        return job.request.content() == request.content()
            ? Expected.of(job)
            : Expected.refused("idempotency.other_request");
      }
    }
    if (request.parent().isEmpty()) {
      return new Expected(null, null);
    }
    return beforeMaking(seen(tenant, request.parent().get()), "run.parent_not_found");
  }

  private static Expected beforeMaking(@Nullable Job parent, String code) {
    if (parent == null) {
      return Expected.refused(code);
    }
    for (@Nullable Job above = parent; above != null; above = above.parent) {
      if (above.isMarked || above.phase == Phase.CANCELED) {
        return Expected.refused("run.canceled_above");
      }
    }
    return new Expected(null, null);
  }

  void enqueued(RunId id, Tenant tenant, Request request, Instant now) {
    jobs.put(id, new Job(id, tenant, request, request.parent().map(jobs::get).orElse(null), now));
  }

  Expected beforeRetry(Tenant tenant, RunId id) {
    var old = seen(tenant, id);
    if (old == null) {
      return Expected.refused("run.not_found");
    }
    if (!old.phase.isOver()) {
      return Expected.refused("run.not_finished");
    }
    return old.parent == null ? new Expected(null, null) : beforeMaking(old.parent, "");
  }

  void retried(RunId id, Job old, Instant now) {
    var again =
        new Request(
            old.request.kind(),
            old.request.priority(),
            old.request.maxAttempts(),
            Optional.empty(),
            old.request.content(),
            old.request.parent(),
            Duration.ZERO,
            old.request.timeout());
    jobs.put(id, new Job(id, old.tenant, again, old.parent, now));
  }

  /** Of each tenant and kind what may be started, in the order in which it must be. */
  Map<Tenant, Map<String, List<Job>>> startable(Optional<Tenant> tenant, Set<String> kinds) {
    var startable = new EnumMap<Tenant, Map<String, List<Job>>>(Tenant.class);
    jobs.values().stream()
        .filter(job -> job.phase == Phase.READY)
        .filter(job -> tenant.isEmpty() || tenant.get() == job.tenant)
        .filter(job -> kinds.isEmpty() || kinds.contains(job.request.kind()))
        .sorted(
            Comparator.comparing((Job job) -> -job.request.priority())
                .thenComparing(job -> job.readyAt)
                .thenComparing(job -> job.id))
        .forEach(job -> {
          var ofKind =
              startable
                  .computeIfAbsent(job.tenant, _ -> new HashMap<>())
                  .computeIfAbsent(job.request.kind(), _ -> new ArrayList<>());
          if (ofKind.size() < allowed(job.tenant, job.request.kind())) {
            ofKind.add(job);
          }
        });
    return startable;
  }

  private long allowed(Tenant tenant, String kind) {
    var treatment = treatments.get(new OwnedKind(tenant, kind));
    if (treatment == null) {
      return Long.MAX_VALUE;
    }
    var running =
        jobs.values().stream()
            .filter(job -> job.phase == Phase.LEASED)
            .filter(job -> job.tenant == tenant && job.request.kind().equals(kind))
            .count();
    return treatment.isPaused()
        ? 0
        : treatment.mostRunning().map(most -> Math.max(0, most - running)).orElse(Long.MAX_VALUE);
  }

  void claimed(Job job, Claim claim, Duration lease, Instant now) {
    job.phase = Phase.LEASED;
    job.attempt++;
    job.claimedBy = claim.worker();
    job.token = claim.token();
    job.reportedBy = null;
    job.lease = lease;
    job.expiresAt = now.plus(lease);
    job.timesOutAt = job.request.timeout().map(now::plus).orElse(Instant.MAX);
    job.told.add("run.started");
  }

  Expected heartbeat(Tenant tenant, Claim claim, Instant now) {
    var job = seen(tenant, claim.run());
    if (job == null) {
      return Expected.refused("run.not_found");
    }
    if (!isHeld(job, claim)) {
      return Expected.refused("lease.stale");
    }
    job.expiresAt = now.plus(job.lease);
    return Expected.of(job);
  }

  Expected report(Tenant tenant, Claim claim, Report report, Instant now) {
    var job = seen(tenant, claim.run());
    if (job == null) {
      return Expected.refused("run.not_found");
    }
    if (isHeld(job, claim)) {
      end(job, report, now);
      job.reportedBy = claim.token();
      return Expected.of(job);
    }
    var isSuccess = report instanceof Report.Succeeded;
    return claim.token().equals(job.reportedBy)
            && claim.attempt() == job.attempt
            && isSuccess == (job.phase == Phase.SUCCEEDED)
        ? Expected.of(job)
        : Expected.refused("lease.stale");
  }

  private static boolean isHeld(Job job, Claim claim) {
    return job.phase == Phase.LEASED
        && claim.token().equals(job.token)
        && claim.attempt() == job.attempt
        && claim.worker().equals(job.claimedBy);
  }

  private static void end(Job job, Report report, Instant now) {
    switch (report) {
      case Report.Succeeded _ -> {
        job.error = null;
        job.leave(Phase.SUCCEEDED, "run.succeeded");
      }
      case Report.Failed(var error, var isRetryable) -> fail(job, error, isRetryable, now);
      case Report.Released _ -> {
        if (job.isCancelAsked) {
          job.leave(Phase.CANCELED, "run.canceled");
        } else {
          job.claimedBy = null;
          job.readyAt = now;
          job.leave(Phase.READY, "run.retried");
        }
      }
    }
  }

  private static void fail(Job job, String error, boolean isRetryable, Instant now) {
    job.error = error;
    if (job.isCancelAsked) {
      job.leave(Phase.CANCELED, "run.canceled");
      return;
    }
    job.spent++;
    if (!isRetryable || job.spent >= job.request.maxAttempts()) {
      job.leave(Phase.FAILED, "run.failed");
      return;
    }
    var delay = Duration.ofSeconds(1L << (job.spent - 1));
    job.claimedBy = null;
    job.readyAt = now.plus(delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY);
    job.leave(Phase.DELAYED, "run.retried");
  }

  Expected cancel(Tenant tenant, RunId id, Instant now) {
    var root = seen(tenant, id);
    if (root == null) {
      return Expected.refused("run.not_found");
    }
    if (root.phase == Phase.CANCELED) {
      return Expected.of(root);
    }
    if (root.phase.isOver()) {
      return Expected.refused("run.illegal_move");
    }
    root.isMarked = true;
    for (var job : jobs.values()) {
      if (job.isBelow(root)) {
        cancelOne(job, now);
      }
    }
    sweep();
    return Expected.of(root);
  }

  private static void cancelOne(Job job, Instant now) {
    if (job.phase == Phase.LEASED && !job.isCancelAsked) {
      job.isCancelAsked = true;
      job.cancelBy = now.plus(GRACE);
      job.told.add("run.cancel_requested");
    } else if (job.phase == Phase.READY || job.phase == Phase.DELAYED) {
      job.isCancelAsked = true;
      job.leave(Phase.CANCELED, "run.canceled");
    }
  }

  /** Marks stand as long as something below them lives. */
  void sweep() {
    for (var marked : jobs.values()) {
      if (marked.isMarked
          && jobs.values().stream().noneMatch(job -> job.isBelow(marked) && !job.phase.isOver())) {
        marked.isMarked = false;
      }
    }
  }

  void ready(Instant now) {
    for (var job : jobs.values()) {
      if (job.phase == Phase.DELAYED && !job.readyAt.isAfter(now)) {
        job.phase = Phase.READY;
      }
    }
  }

  void reap(Instant now) {
    for (var job : jobs.values()) {
      if (job.phase == Phase.LEASED && !job.dueAt().isAfter(now)) {
        var due = job.dueAt();
        job.reportedBy = null;
        if (due.equals(job.cancelBy)) {
          job.leave(Phase.CANCELED, "run.canceled");
        } else if (due.equals(job.timesOutAt)) {
          job.error = "The attempt took longer than it may.";
          job.spent++;
          job.leave(Phase.TIMED_OUT, "run.timed_out");
        } else {
          fail(job, "Its worker was not heard of before the lease ended.", true, now);
        }
      }
    }
  }

  Expected complete(Tenant tenant, RunId id) {
    var job = seen(tenant, id);
    if (job == null) {
      return Expected.refused("run.not_found");
    }
    return job.phase == Phase.SUCCEEDED
        ? Expected.of(job)
        : Expected.refused("run.leased_elsewhere");
  }

  Expected delete(Tenant tenant, RunId id) {
    var root = seen(tenant, id);
    if (root == null) {
      return Expected.refused("run.not_found");
    }
    jobs.values().removeIf(job -> job.isBelow(root));
    return Expected.of(root);
  }

  Expected show(Tenant tenant, RunId id) {
    var job = seen(tenant, id);
    return job == null ? Expected.refused("run.not_found") : Expected.of(job);
  }

  void treat(Tenant tenant, String kind, Optional<Integer> mostRunning, boolean isPaused) {
    treatments.put(new OwnedKind(tenant, kind), new Treatment(mostRunning, isPaused));
  }

  private @Nullable Job seen(Tenant tenant, RunId id) {
    var job = jobs.get(id);
    return job != null && job.tenant == tenant ? job : null;
  }
}
