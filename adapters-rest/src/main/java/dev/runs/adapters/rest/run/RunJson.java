package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.json.Times;
import dev.runs.application.run.RunFacts;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.Job.Claim;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunState;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is shown: first what the cost tracker's clients know, then what the run table's know,
 * then what only we have. What does not apply is null.
 *
 * @param finishedAt the same as {@code completedAt}, as the run table calls it
 * @param error why the newest attempt failed
 * @param timeout how long an attempt may take, in seconds
 * @param retryOf the run that is done again
 */
public record RunJson(
    String id,
    @Nullable String parentRunId,
    String organizationId,
    @Nullable String userId,
    @Nullable String appId,
    @Nullable String brandId,
    @Nullable String campaignId,
    String serviceName,
    String taskName,
    String status,
    @Nullable String startedAt,
    @Nullable String completedAt,
    String createdAt,
    String updatedAt,
    String state,
    String rootRunId,
    String project,
    String domain,
    String name,
    int attempt,
    String projectId,
    @Nullable String kind,
    @Nullable Integer maxAttempts,
    @Nullable Integer priority,
    @Nullable String scheduledAt,
    @Nullable Long timeout,
    @Nullable String idempotencyKey,
    @Nullable String claimedBy,
    @Nullable String claimedAt,
    @Nullable String cancelRequestedAt,
    @Nullable String finishedAt,
    @Nullable String outputRef,
    @Nullable String error,
    @Nullable String failureKind,
    @Nullable String retryOf) {

  public static RunJson of(Run run, RunFacts facts) {
    var job = facts.job();
    var ended = Times.writtenOrNull(run.endedAt());
    return new RunJson(
        run.id().toString(),
        textOrNull(run.parent()),
        run.organization().toString(),
        textOrNull(run.user()),
        run.labels().app(),
        run.labels().brand(),
        run.labels().campaign(),
        run.origin().service(),
        run.origin().task(),
        TrackerStatus.of(run.stateName()).word(),
        Times.writtenOrNull(run.startedAt()),
        ended,
        Times.written(run.createdAt()),
        Times.written(run.updatedAt()),
        run.stateName().wireName(),
        run.path().root().toString(),
        run.space().project().value(),
        run.space().domain(),
        run.name().value(),
        run.attempt(),
        facts.project().toString(),
        job.map(its -> its.kind().value()).orElse(null),
        job.map(Job::maxAttempts).orElse(null),
        job.map(its -> its.priority().value()).orElse(null),
        job.flatMap(Job::scheduledAt).map(Times::written).orElse(null),
        job.flatMap(Job::timeout).map(Duration::toSeconds).orElse(null),
        job.flatMap(Job::key).map(Object::toString).orElse(null),
        job.flatMap(Job::claim).map(claim -> claim.worker().value()).orElse(null),
        job.flatMap(Job::claim).map(Claim::at).map(Times::written).orElse(null),
        job.flatMap(Job::cancelRequestedAt).map(Times::written).orElse(null),
        ended,
        job.flatMap(Job::outputRef).map(Object::toString).orElse(null),
        job.flatMap(Job::error).or(() -> message(run)).orElse(null),
        run.state() instanceof RunState.Failed(_, var failure)
            ? failure.kind().name().toLowerCase(Locale.ROOT)
            : null,
        job.flatMap(Job::retryOf).map(Object::toString).orElse(null));
  }

  private static Optional<String> message(Run run) {
    return run.state() instanceof RunState.Failed(_, var failure)
        ? Optional.ofNullable(failure.message())
        : Optional.empty();
  }

  private static @Nullable String textOrNull(@Nullable Object id) {
    return id == null ? null : id.toString();
  }
}
