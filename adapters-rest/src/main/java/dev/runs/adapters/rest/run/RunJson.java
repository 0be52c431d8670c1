package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.run.Run;
import org.jspecify.annotations.Nullable;

/** A run as it is shown: first what the cost tracker's clients know, then what only we have. */
record RunJson(
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
    int attempt) {

  static RunJson of(Run run) {
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
        Times.writtenOrNull(run.endedAt()),
        Times.written(run.createdAt()),
        Times.written(run.updatedAt()),
        run.stateName().wireName(),
        run.path().root().toString(),
        run.space().project().value(),
        run.space().domain(),
        run.name().value(),
        run.attempt());
  }

  private static @Nullable String textOrNull(@Nullable Object id) {
    return id == null ? null : id.toString();
  }
}
