package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.ItemResult;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Scope;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets workers say that they are alive, and tells them what they must stop. */
public final class KeepLeases {

  /** The most leases that are kept at once. */
  public static final int MOST_AT_ONCE = 1_000;

  private final Runs runs;
  private final Leases leases;
  private final Transactions transactions;

  public KeepLeases(Runs runs, Leases leases, Transactions transactions) {
    this.runs = runs;
    this.leases = leases;
    this.transactions = transactions;
  }

  /**
   * Lets a lease last longer.
   *
   * @param length counted from now; nothing for what it was when it was given
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws QueueRejected.StaleLease when the lease was taken away, or its outcome reported
   */
  public Lease keep(Caller caller, Shown shown, Optional<Duration> length) {
    return switch (keepEach(caller, List.of(shown), length).getFirst()) {
      case ItemResult.Done<Lease>(var lease) -> lease;
      case ItemResult.Refused<Lease>(var rejection) -> throw rejection;
    };
  }

  /** As {@link #keep}, for each of them. */
  public List<ItemResult<Lease>> keepEach(
      Caller caller, List<Shown> shown, Optional<Duration> length) {
    caller.require(Scope.RUNS_CLAIM);
    if (shown.isEmpty() || shown.size() > MOST_AT_ONCE) {
      throw new RequestRejected.TooManyItems(MOST_AT_ONCE, shown.size());
    }
    length.ifPresent(JobLimits::checkLease);
    return transactions.inTransaction(() -> {
      var kept = leases.extendAll(caller.reach(), shown, length);
      var others =
          kept.size() == shown.size()
              ? Map.<RunId, Run>of()
              : runs.findAll(
                  caller.reach(), shown.stream().map(Shown::run).collect(Collectors.toSet()));
      return shown.stream().map(one -> result(one, kept.get(one.run()), others)).toList();
    });
  }

  private static ItemResult<Lease> result(
      Shown shown, @Nullable Lease kept, Map<RunId, Run> others) {
    if (kept != null && Shown.of(kept).equals(shown)) {
      return new ItemResult.Done<>(kept);
    }
    var run = others.get(shown.run());
    return new ItemResult.Refused<>(
        run == null
            ? new RunRejected.NotFound()
            : new QueueRejected.StaleLease(run.id(), run.stateName()));
  }
}
