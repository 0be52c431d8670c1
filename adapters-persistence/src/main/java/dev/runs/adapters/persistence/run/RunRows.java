package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN_DELETION;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import dev.runs.adapters.persistence.generated.tables.records.AttemptRecord;
import dev.runs.adapters.persistence.generated.tables.records.RunRecord;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.Dispatch;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Between runs and the rows of {@code run}. */
public final class RunRows {

  private RunRows() {}

  /** Leaves out runs of a subtree that is being deleted. There are few such subtrees at a time. */
  public static Condition isNotBeingDeleted() {
    return notExists(
        selectOne()
            .from(RUN_DELETION)
            .where(condition("substr({0}, 1, length({1})) = {1}", RUN.PATH, RUN_DELETION.PATH)));
  }

  /** Leaves out what somebody deletes, and not what goes for its age, which summaries count on. */
  public static Condition isCounted() {
    return notExists(
        selectOne()
            .from(RUN_DELETION)
            .where(not(RUN_DELETION.RETAINS))
            .and(condition("substr({0}, 1, length({1})) = {1}", RUN.PATH, RUN_DELETION.PATH)));
  }

  /** What a caller may touch. */
  public static Condition isWithin(Reach reach) {
    return switch (reach) {
      case Reach.Everywhere _ -> noCondition();
      case Reach.Within(var organization, var projects) when projects.isEmpty() ->
          RUN.ORGANIZATION_ID.eq(organization.value());
      case Reach.Within(var organization, var projects) ->
          RUN.ORGANIZATION_ID
              .eq(organization.value())
              .and(RUN.PROJECT.in(projects.stream().map(Slug::value).sorted().toList()));
    };
  }

  /** The subtree of a run, itself included. */
  public static Condition isWithin(RunPath path) {
    return RUN.PATH.ge(path.toBytes()).and(RUN.PATH.lt(path.endOfSubtree()));
  }

  public static Run toRun(RunRecord row) {
    return new Run(
        RunPath.ofBytes(row.getPath()),
        new OrganizationId(row.getOrganizationId()),
        new RunSpace(new Slug(row.getProject()), row.getDomain()),
        new RunName(row.getName()),
        new RunOrigin(row.getService(), row.getTask()),
        new RunLabels(row.getAppId(), row.getBrandId(), row.getCampaignId()),
        userId(row.getUserId()),
        Dispatch.valueOf(row.getDispatch().toUpperCase(Locale.ROOT)),
        toState(row),
        row.getAttempt(),
        row.getStartedAt(),
        row.getCreatedAt(),
        row.getUpdatedAt(),
        row.getVersion());
  }

  /** Every column is set, so that an update leaves no trace of the state before. */
  static RunRecord toRow(Run run) {
    var row = new RunRecord();
    var parent = run.parent();
    var user = run.user();
    var failure = failure(run);
    row.setId(run.id().value());
    row.setOrganizationId(run.organization().value());
    row.setParentId(parent == null ? null : parent.value());
    row.setRootId(run.path().root().value());
    row.setPath(run.path().toBytes());
    row.setDepth(run.path().depth());
    row.setProject(run.space().project().value());
    row.setDomain(run.space().domain());
    row.setName(run.name().value());
    row.setService(run.origin().service());
    row.setTask(run.origin().task());
    row.setAppId(run.labels().app());
    row.setBrandId(run.labels().brand());
    row.setCampaignId(run.labels().campaign());
    row.setUserId(user == null ? null : user.value());
    row.setDispatch(run.dispatch().name().toLowerCase(Locale.ROOT));
    row.setState(run.stateName().wireName());
    row.setFailureKind(failure == null ? null : failure.kind().name());
    row.setFailureMessage(failure == null ? null : failure.message());
    row.setAttempt(run.attempt());
    row.setStartedAt(run.startedAt());
    row.setEndedAt(run.endedAt());
    row.setCreatedAt(run.createdAt());
    row.setUpdatedAt(run.updatedAt());
    row.setVersion(run.version());
    return row;
  }

  /** Every column is set, as with runs. */
  static AttemptRecord toRow(Attempt attempt) {
    var row = new AttemptRecord();
    row.setRunId(attempt.run().value());
    row.setNumber(attempt.number());
    row.setPhase(attempt.phase().wireName());
    var failure = attempt.failure();
    row.setStartedAt(attempt.startedAt());
    row.setEndedAt(attempt.endedAt());
    row.setWorker(attempt.worker());
    row.setFailureKind(failure == null ? null : failure.kind().name());
    row.setFailureMessage(failure == null ? null : failure.message());
    row.setOutputRef(attempt.outputRef());
    row.setReleased(attempt.isReleased());
    return row;
  }

  private static RunState toState(RunRecord row) {
    var name = StateName.ofWireName(row.getState()).orElseThrow();
    return switch (name) {
      case SUCCEEDED -> new RunState.Succeeded(endedAt(row));
      case FAILED ->
          new RunState.Failed(
              endedAt(row),
              new RunFailure(
                  RunFailure.Kind.valueOf(row.getFailureKind()), row.getFailureMessage()));
      case TIMED_OUT -> new RunState.TimedOut(endedAt(row));
      case CANCELED -> new RunState.Canceled(endedAt(row));
      case PENDING, QUEUED, WAITING_FOR_RESOURCES, INITIALIZING, RUNNING, PAUSED ->
          RunState.live(name);
    };
  }

  private static Instant endedAt(RunRecord row) {
    return Objects.requireNonNull(row.getEndedAt(), "a run that has ended has an end");
  }

  private static @Nullable RunFailure failure(Run run) {
    return run.state() instanceof RunState.Failed(_, var failure) ? failure : null;
  }

  private static @Nullable UserId userId(@Nullable UUID id) {
    return id == null ? null : new UserId(id);
  }
}
