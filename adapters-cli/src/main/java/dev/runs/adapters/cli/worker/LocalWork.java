package dev.runs.adapters.cli.worker;

import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.connection.LocalInstallation;
import dev.runs.application.ItemResult;
import dev.runs.application.queue.ClaimRuns;
import dev.runs.application.queue.ClaimRuns.Claimed;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.ReportOutcomes.Report;
import dev.runs.domain.Rejection;
import dev.runs.domain.queue.Lease;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Work of the installation that this process has opened. */
public final class LocalWork implements WorkSource {

  private final LocalInstallation here;

  /**
   * @param here is closed with it
   */
  public LocalWork(LocalInstallation here) {
    this.here = here;
  }

  @Override
  public List<ClaimedRun> claim(Wish wish) {
    var request = new ClaimRuns.Request(wish.worker(), wish.kinds(), wish.limit(), wish.lease());
    return answered(() -> here.claimRuns().claim(here.caller(), request, wish.patience())).stream()
        .map(LocalWork::claimed)
        .toList();
  }

  @Override
  public Map<RunId, Kept> keep(WorkerId worker, List<ClaimedRun> held, Duration lease) {
    var shown = held.stream().map(run -> shown(worker, run)).toList();
    var results =
        answered(() -> here.keepLeases().keepEach(here.caller(), shown, Optional.of(lease)));
    var kept = new HashMap<RunId, Kept>();
    for (var i = 0; i < results.size(); i++) {
      kept.put(held.get(i).id(), kept(results.get(i)));
    }
    return kept;
  }

  @Override
  public void report(WorkerId worker, ClaimedRun run, Outcome outcome) {
    refuseWhatCannotBeKept(outcome);
    try {
      answered(() ->
          here.reportOutcomes().report(here.caller(), new Report(shown(worker, run), outcome)));
    } catch (QueueRejected.StaleLease | RunRejected.NotFound e) {
      throw new LeaseLost(e.sentence());
    } catch (Rejection e) {
      throw new ReportRefused(e.sentence());
    }
  }

  @Override
  public void close() {
    here.close();
  }

  private void refuseWhatCannotBeKept(Outcome outcome) {
    if (outcome instanceof Outcome.Succeeded(_, var output) && output.isPresent()) {
      here.requests()
          .fault(Documents.read(output.get().json()))
          .ifPresent(fault -> {
            throw new ReportRefused("The output " + fault + ".");
          });
    }
  }

  private static Kept kept(ItemResult<Lease> result) {
    return switch (result) {
      case ItemResult.Done<Lease>(var lease) ->
          lease.cancelBy().isPresent() ? Kept.ASKED_TO_STOP : Kept.HELD;
      case ItemResult.Refused<Lease> _ -> Kept.LOST;
    };
  }

  private static Shown shown(WorkerId worker, ClaimedRun run) {
    return new Shown(run.id(), run.attempt(), run.token(), worker);
  }

  private static ClaimedRun claimed(Claimed claimed) {
    var run = claimed.run();
    var job = claimed.job();
    return new ClaimedRun(
        run.id(),
        run.path().root(),
        job.kind(),
        run.space().project().value(),
        run.attempt(),
        job.maxAttempts(),
        waited(run, job.scheduledAt(), job.claim().map(claim -> claim.at())),
        claimed.lease().token(),
        claimed.input().json());
  }

  private static Duration waited(
      Run run, Optional<Instant> scheduledAt, Optional<Instant> claimedAt) {
    var ready = scheduledAt.filter(at -> at.isAfter(run.createdAt())).orElse(run.createdAt());
    return claimedAt.map(at -> Duration.between(ready, at)).orElse(Duration.ZERO);
  }

  /** What is no refusal is a database that is busy, or away for a moment. */
  private static <T> T answered(Supplier<T> work) {
    try {
      return work.get();
    } catch (Rejection e) {
      throw e;
    } catch (RuntimeException e) {
      throw new WorkSourceUnavailable("The database does not answer as it should.", e);
    }
  }
}
