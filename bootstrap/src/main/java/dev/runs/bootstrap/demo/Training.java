package dev.runs.bootstrap.demo;

import dev.runs.application.action.StartRun;
import dev.runs.bootstrap.demo.Company.Service;
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
import dev.runs.domain.action.TrackedUpdate;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.secret.Input;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rankers that are trained every night on a cluster: its executor tells of phases, attempts and
 * what happens to pods. One is being trained when the month ends, and another waits for machines.
 */
final class Training implements Work {

  private static final String DOMAIN = "production";
  private static final int SHARDS = 4;
  private static final Duration MACHINES_FOUND = Duration.ofSeconds(22);
  private static final Duration TOLD_TOGETHER = Duration.ofSeconds(10);
  private static final Duration IMAGE_PULLED = Duration.ofSeconds(58);

  /**
   * An action of a run.
   *
   * @param begins so long after the run
   * @param attempts how long each takes; all but the last run out of memory
   * @param isGood whether the last one succeeds
   */
  private record Plan(
      String name, String task, Duration begins, List<Duration> attempts, boolean isGood) {

    Duration ends() {
      return attempts.stream().reduce(begins, Duration::plus);
    }
  }

  private final Stage stage;
  private final Tracking.Order order;
  private final Tracking tracking;
  private final Instant end;
  private final Dice dice;
  private final List<TrackedUpdate> untold = new ArrayList<>();

  /**
   * @param end when the month ends
   */
  Training(Stage stage, Tracking tracking, Instant end) {
    this.stage = stage;
    this.tracking = tracking;
    this.end = end;
    this.dice = stage.dice("training");
    this.order =
        new Tracking.Order(
            () -> stage.company().as(Service.TRAINER),
            Company.RESEARCH,
            RunLabels.NONE,
            Optional.empty());
  }

  @Override
  public void plan(LocalDate day) {
    var night = Calendar.at(day, LocalTime.of(1, dice.between(0, 9)));
    stage.time().at(night, () -> begin(day + "-nightly", "train_ranker", plans()));
    if (stage.calendar().isWorkday(day)) {
      var moment = stage.calendar().officeMoment(day, dice);
      stage.time().at(moment, () -> begin(day + "-ablation", "ablation", plans()));
    }
    if (day.equals(stage.calendar().last())) {
      stage
          .time()
          .at(
              end.minus(Duration.ofMinutes(24)),
              () -> begin(day + "-candidate", "train_ranker", slowPlans()));
      stage.time().at(end.minus(Duration.ofMinutes(6)), () -> beginWaiting(day + "-large"));
    }
  }

  private List<Plan> plans() {
    var plans = new ArrayList<Plan>();
    var load = new Plan("load", "load_events", Duration.ofSeconds(70), one(90, 400), true);
    plans.add(load);
    var featurized = load.ends();
    for (var shard = 1; shard <= SHARDS; shard++) {
      var plan = new Plan("shard-" + shard, "featurize", load.ends(), one(120, 500), true);
      plans.add(plan);
      featurized = featurized.compareTo(plan.ends()) > 0 ? featurized : plan.ends();
    }
    var isHard = dice.chance(25);
    var train =
        new Plan(
            "train",
            "train",
            featurized,
            isHard ? List.of(dice.seconds(200, 500), dice.seconds(600, 2_400)) : one(600, 2_400),
            !isHard || dice.chance(70));
    plans.add(train);
    if (train.isGood()) {
      plans.add(new Plan("evaluate", "evaluate", train.ends(), one(60, 200), true));
    }
    return plans;
  }

  /** Is not through when the month ends. */
  private List<Plan> slowPlans() {
    var load = new Plan("load", "load_events", Duration.ofSeconds(70), one(90, 200), true);
    return List.of(
        load, new Plan("train", "train", load.ends(), List.of(Duration.ofHours(5)), true));
  }

  private List<Duration> one(int least, int most) {
    return List.of(dice.seconds(least, most));
  }

  private void begin(String name, String task, List<Plan> plans) {
    var root = start(name, task);
    var address = address(name);
    var from = stage.time().instant();
    run(address.root(), from, 1, null);
    plans.forEach(plan -> play(address.action(plan.name()), plan, from));
    var ends =
        plans.stream()
            .map(Plan::ends)
            .reduce((one, other) -> one.compareTo(other) > 0 ? one : other);
    var isGood = plans.stream().allMatch(Plan::isGood);
    stage
        .time()
        .at(
            from.plus(ends.orElse(Duration.ZERO)).plusSeconds(5),
            () -> {
              tracking.book(
                  order,
                  root,
                  List.of(
                      Price.GPU.times(dice.around(900, 9_000)),
                      Price.CPU.times(dice.around(2_000, 20_000))));
              finish(
                  address.root(),
                  1,
                  isGood
                      ? Optional.empty()
                      : Optional.of(
                          new ActionError(
                              ActionError.Kind.USER, "action train failed after 2 attempts")));
            });
  }

  /** Finds no machine before the month ends. */
  private void beginWaiting(String name) {
    start(name, "train_large_ranker");
    var now = stage.time().instant();
    tell(
        new TrackedUpdate(
            null,
            event(
                address(name).root(),
                1,
                ActionPhase.WAITING_FOR_RESOURCES,
                null,
                List.of(
                    new ClusterEvent(
                        now,
                        "0/14 nodes are available: 14 Insufficient nvidia.com/gpu.",
                        "TYPE_WARNING",
                        "FailedScheduling",
                        "default-scheduler",
                        9))),
            null));
  }

  private RunId start(String name, String task) {
    var started =
        stage
            .platform()
            .runActions()
            .startRun()
            .start(
                stage.company().as(Service.TRAINER),
                new StartRun.Request(
                    stage.company().id(),
                    Company.RESEARCH.value(),
                    DOMAIN,
                    Optional.of(name),
                    new StartRun.Work.Task(task(task)),
                    Optional.of(new Payload("{}")),
                    null,
                    null,
                    null,
                    Map.of("team", "research"),
                    null,
                    null,
                    null,
                    null,
                    null,
                    new Input.Members(Map.of("task", new Input.Text(task)))));
    stage.made().add(1);
    return started.run().id();
  }

  private void play(ActionAddress action, Plan plan, Instant from) {
    var begins = from.plus(plan.begins());
    stage
        .time()
        .at(
            begins,
            () -> {
              stage.made().add(1);
              attempt(action, plan, 1, made(action, plan.task()));
            });
  }

  private void attempt(ActionAddress action, Plan plan, int number, @Nullable NewAction made) {
    run(action, stage.time().instant(), number, made);
    var isLast = number == plan.attempts().size();
    stage
        .time()
        .in(
            plan.attempts().get(number - 1),
            () -> {
              if (isLast) {
                finish(
                    action, number, plan.isGood() ? Optional.empty() : Optional.of(outOfMemory()));
              } else {
                fail(action, number);
                attempt(action, plan, number + 1, null);
              }
            });
  }

  /** Brings an attempt from the queue to where it runs. */
  private void run(ActionAddress action, Instant from, int attempt, @Nullable NewAction made) {
    var pod = pod(action, attempt);
    tell(new TrackedUpdate(made, event(action, attempt, ActionPhase.QUEUED), null));
    tell(new TrackedUpdate(null, event(action, attempt, ActionPhase.WAITING_FOR_RESOURCES), null));
    stage
        .time()
        .at(
            from.plus(MACHINES_FOUND),
            () ->
                tell(
                    action,
                    attempt,
                    ActionPhase.INITIALIZING,
                    normal("Scheduled", "Assigned %s to gpu-node-3".formatted(pod)),
                    normal("Pulling", "Pulling image lumen/ranker:2.8.1")));
    stage
        .time()
        .at(
            from.plus(IMAGE_PULLED),
            () ->
                tell(
                    action,
                    attempt,
                    ActionPhase.RUNNING,
                    normal("Started", "Started container primary")));
  }

  private void fail(ActionAddress action, int attempt) {
    tell(
        new TrackedUpdate(
            null,
            event(
                action,
                attempt,
                ActionPhase.FAILED,
                outOfMemory(),
                List.of(
                    new ClusterEvent(
                        stage.time().instant(),
                        "Container primary of %s was killed: it used more than 32Gi."
                            .formatted(pod(action, attempt)),
                        "TYPE_WARNING",
                        "OOMKilled",
                        "kubelet",
                        1))),
            null));
  }

  private void finish(ActionAddress action, int attempt, Optional<ActionError> error) {
    var phase = error.isPresent() ? ActionPhase.FAILED : ActionPhase.SUCCEEDED;
    var now = stage.time().instant();
    tell(
        new TrackedUpdate(
            null,
            event(action, attempt, phase, error.orElse(null), List.of()),
            new StatusReport(
                phase, attempt, null, null, now, error.orElse(null), null, null, null)));
  }

  private static ActionError outOfMemory() {
    return new ActionError(
        ActionError.Kind.SYSTEM, "OOMKilled: the container used more than 32Gi of memory");
  }

  private void tell(
      ActionAddress action, int attempt, ActionPhase phase, ClusterEvent... clusterEvents) {
    tell(
        new TrackedUpdate(null, event(action, attempt, phase, null, List.of(clusterEvents)), null));
  }

  /** The executor sends together what it has to say of a short time. */
  private void tell(TrackedUpdate update) {
    if (untold.isEmpty()) {
      stage.time().in(TOLD_TOGETHER, this::send);
    }
    untold.add(update);
  }

  private void send() {
    var updates = List.copyOf(untold);
    untold.clear();
    stage
        .platform()
        .runActions()
        .reportActions()
        .updates(stage.company().as(Service.TRAINER), updates);
  }

  private ActionEvent event(ActionAddress action, int attempt, ActionPhase phase) {
    return event(action, attempt, phase, null, List.of());
  }

  private ActionEvent event(
      ActionAddress action,
      int attempt,
      ActionPhase phase,
      @Nullable ActionError error,
      List<ClusterEvent> clusterEvents) {
    var now = stage.time().instant();
    var isStarted = phase.compareTo(ActionPhase.INITIALIZING) > 0;
    return new ActionEvent(
        action,
        attempt,
        phase,
        0,
        now,
        now,
        error,
        null,
        "lumen-gpu-eu",
        null,
        null,
        isStarted ? List.of(log(action, attempt)) : List.of(),
        null,
        clusterEvents);
  }

  private static AttemptLog log(ActionAddress action, int attempt) {
    var name = "Kubernetes logs";
    return new AttemptLog(
        name,
        new Document(
            "{\"name\":\"%s\",\"uri\":\"https://logs.lumen.example/pods/%s\"}"
                .formatted(name, pod(action, attempt))));
  }

  private ClusterEvent normal(String reason, String message) {
    return new ClusterEvent(stage.time().instant(), message, "TYPE_NORMAL", reason, "kubelet", 1);
  }

  private static String pod(ActionAddress action, int attempt) {
    return "%s-%s-%d".formatted(action.run().name(), action.name(), attempt - 1);
  }

  private NewAction made(ActionAddress action, String task) {
    return new NewAction(
        action,
        null,
        ActionType.TASK,
        task,
        task(task),
        null,
        task.equals("featurize") ? "features" : null,
        null,
        null,
        null,
        stage.time().instant(),
        null,
        null);
  }

  private TaskGiven task(String name) {
    return new TaskGiven(
        new TaskId(
            stage.company().externalId().value(),
            Company.RESEARCH.value(),
            DOMAIN,
            "ranking." + name,
            "v28"),
        "python",
        name,
        "ranking",
        name,
        null);
  }

  private RunAddress address(String name) {
    return new RunAddress(stage.company().id(), Company.RESEARCH.value(), DOMAIN, name);
  }
}
