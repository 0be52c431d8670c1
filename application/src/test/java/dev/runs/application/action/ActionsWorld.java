package dev.runs.application.action;

import static dev.runs.domain.run.RunFixtures.ACME;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Stores;
import dev.runs.application.run.SuccessReports;
import dev.runs.application.secret.InputCheck;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionEvent;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.AttemptLog;
import dev.runs.domain.action.ClusterEvent;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.NewAction;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.action.StatusReport;
import dev.runs.domain.action.TaskGiven;
import dev.runs.domain.action.TaskId;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.secret.Input;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The use cases of actions over some stores, and what tests say to them. */
public final class ActionsWorld {

  public static final Principal ACTOR = new Principal("key:executor");
  public static final RunAddress NIGHTLY =
      new RunAddress(ACME.id(), "shop", "development", "nightly");
  public static final Document SPEC = new Document("{\"taskTemplate\":{\"type\":\"python\"}}");

  private final Stores stores;
  private final NewActions newActions;
  private final Hearing hearing;
  private final EarlyHearing earlyHearing;
  private final InstantSource clock;

  public ActionsWorld(Stores stores, Ids ids, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
    this.newActions =
        new NewActions(
            stores.runs(),
            stores.actions(),
            stores.triggers(),
            stores.projects(),
            new InputCheck(stores.organizations()),
            stores.cancellations(),
            stores.ledger(),
            stores.runEvents(),
            ids,
            clock,
            new SplittableRandom(7));
    this.hearing =
        new Hearing(
            newActions,
            stores.runs(),
            stores.actions(),
            stores.attemptReports(),
            stores.earlyReports(),
            stores.endReasons(),
            new SuccessReports(stores.validations()),
            stores.ledger(),
            stores.runEvents(),
            clock);
    this.earlyHearing =
        new EarlyHearing(hearing, stores.actions(), stores.earlyReports(), stores.transactions());
  }

  public StartRun startRun() {
    return new StartRun(newActions, hearing, earlyHearing, stores.transactions());
  }

  public ReportActions reports() {
    return new ReportActions(hearing, earlyHearing, stores.transactions());
  }

  public SignalCondition signals() {
    return new SignalCondition(
        stores.actions(),
        stores.runs(),
        stores.ledger(),
        stores.runEvents(),
        stores.transactions(),
        clock);
  }

  public ShowActions shows() {
    return new ShowActions(
        stores.actions(),
        stores.shownActions(),
        stores.endReasons(),
        stores.ledger(),
        stores.transactions());
  }

  public ListActions lists() {
    return new ListActions(stores.actions(), stores.actionList(), stores.transactions());
  }

  public ShowTaskGroups groups() {
    return new ShowTaskGroups(stores.actionList(), stores.transactions());
  }

  public SweepEarlyReports sweeps() {
    return new SweepEarlyReports(earlyHearing, stores.earlyReports(), stores.transactions(), clock);
  }

  /** Somebody who may do everything in one organization. */
  public static Caller callerOf(OrganizationId organization) {
    return new Caller(
        new Access(ACTOR, Reach.within(organization), Scopes.ofOrganization(), Optional.empty()),
        organization,
        Origin.LOCAL);
  }

  public static TaskGiven task(String name) {
    return new TaskGiven(
        new TaskId("acme", "shop", "development", name, "v1"), "python", name, "env", "main", SPEC);
  }

  public static StartRun.Request run(RunAddress address, TaskGiven task) {
    return run(address, task, Map.of());
  }

  public static StartRun.Request run(
      RunAddress address, TaskGiven task, Map<String, String> labels) {
    return new StartRun.Request(
        address.organization(),
        address.project(),
        address.domain(),
        Optional.of(address.name()),
        new StartRun.Work.Task(task),
        Optional.of(new Payload("{\"literals\":[]}")),
        "s3://inputs",
        "hash",
        new Document("{\"queue\":\"fast\"}"),
        labels,
        "RUN_SOURCE_CLI",
        null,
        new Document("{\"user\":{\"id\":{\"subject\":\"ada\"}}}"),
        "ada",
        new Document("{\"relationType\":\"RELATION_TYPE_RERUN\"}"),
        new Input.Members(Map.of()));
  }

  public static NewAction action(ActionAddress address, @Nullable String parent) {
    return new NewAction(
        address,
        parent,
        ActionType.TASK,
        "load",
        task("load"),
        new Document("{\"cacheKey\":\"k\"}"),
        "group",
        "subject",
        "s3://" + address.name(),
        null,
        null,
        null,
        null);
  }

  public static NewAction of(ActionAddress address, ActionType type, Document spec) {
    return new NewAction(
        address, null, type, "named", null, spec, null, null, null, null, null, null, null);
  }

  public static StatusReport status(ActionPhase phase, int attempts) {
    return new StatusReport(phase, attempts, "CACHE_MISS", null, null, null, null, null, null);
  }

  public static ActionEvent event(
      ActionAddress address, int attempt, ActionPhase phase, long version, Instant at) {
    return event(address, attempt, phase, version, at, List.of(), List.of());
  }

  public static ActionEvent event(
      ActionAddress address,
      int attempt,
      ActionPhase phase,
      long version,
      Instant at,
      List<AttemptLog> logs,
      List<ClusterEvent> events) {
    return new ActionEvent(
        address,
        attempt,
        phase,
        version,
        at,
        at,
        phase == ActionPhase.FAILED
            ? new ActionError(ActionError.Kind.SYSTEM, "attempt %d broke".formatted(attempt))
            : null,
        phase == ActionPhase.SUCCEEDED ? new Document("{\"outputUri\":\"s3://out\"}") : null,
        "cluster-1",
        null,
        null,
        logs,
        null,
        events);
  }
}
