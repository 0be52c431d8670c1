package dev.runs.adapters.rpc.watch;

import dev.runs.adapters.rpc.action.Documents;
import dev.runs.adapters.rpc.action.Moments;
import dev.runs.adapters.rpc.action.Phases;
import dev.runs.adapters.rpc.wire.common.EnrichedIdentity;
import dev.runs.adapters.rpc.wire.workflow.TaskGroup.ErrorCounts;
import dev.runs.application.action.TaskGroup;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionPhase;
import java.time.Duration;

/** Groups of runs as clients are told of them. */
final class GroupMessages {

  private static final double PER_MILLE = 1_000;

  private GroupMessages() {}

  static dev.runs.adapters.rpc.wire.workflow.TaskGroup of(TaskGroup group) {
    var message =
        dev.runs.adapters.rpc.wire.workflow.TaskGroup.newBuilder()
            .setTaskName(group.taskName())
            .setTotalRuns(group.runs())
            .setLatestRunTime(Moments.of(group.latestRun()))
            .setAverageFailureRate(group.failedPerMille() / PER_MILLE)
            .setErrorCounts(errors(group));
    group.environment().ifPresent(message::setEnvironmentName);
    group.shortName().ifPresent(message::setShortName);
    group.latestEnd().ifPresent(end -> message.setLatestFinishedTime(Moments.of(end)));
    group.averageDuration().ifPresent(it -> message.setAverageDuration(duration(it)));
    group.averageTimeToRunning().ifPresent(it -> message.setAverageTimeToRunning(duration(it)));
    for (var recent : group.recent()) {
      message.addRecentStatuses(
          dev.runs.adapters.rpc.wire.workflow.TaskGroup.RecentStatus.newBuilder()
              .setRunName(recent.name())
              .setPhase(Phases.of(recent.phase())));
    }
    for (var by : group.createdBy()) {
      message.addCreatedBy(Documents.read(by, EnrichedIdentity.newBuilder()));
    }
    for (var phase : ActionPhase.values()) {
      var count = group.phases().get(phase);
      if (count != null) {
        message.addPhaseCounts(
            dev.runs.adapters.rpc.wire.workflow.TaskGroup.PhaseCounts.newBuilder()
                .setPhase(Phases.of(phase))
                .setCount(count));
      }
    }
    return message.build();
  }

  private static ErrorCounts errors(TaskGroup group) {
    return ErrorCounts.newBuilder()
        .setUserError(count(group, ActionError.Kind.USER))
        .setSystemError(count(group, ActionError.Kind.SYSTEM))
        .setUnspecifiedError(count(group, ActionError.Kind.UNSPECIFIED))
        .build();
  }

  private static long count(TaskGroup group, ActionError.Kind kind) {
    return group.errors().getOrDefault(kind, 0L);
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.toSeconds())
        .setNanos(duration.toNanosPart())
        .build();
  }
}
