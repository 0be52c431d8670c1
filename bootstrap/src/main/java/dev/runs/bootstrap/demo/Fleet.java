package dev.runs.bootstrap.demo;

import dev.runs.application.ItemResult;
import dev.runs.application.Receipt;
import dev.runs.application.cost.NewCost;
import dev.runs.application.queue.ClaimRuns;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.ReportOutcomes.Report;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRun;
import dev.runs.bootstrap.demo.Company.Service;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Backoff;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.secret.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Workers that execute the queued runs of some kinds, as many at a time as they have places. What
 * becomes of each run is decided when it is enqueued, so that it does not matter who takes it when.
 */
final class Fleet {

  /** How each kind is tried again. */
  static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(30), 2, Duration.ofMinutes(4));

  private static final Duration LEASE = Duration.ofMinutes(2);

  /** Workers report together what they did in this time. */
  private static final long REPORTING_SECONDS = 5;

  /** What becomes of a run. */
  record Fate(List<Attempt> attempts, List<Step.Use> uses) {

    Fate {
      attempts = List.copyOf(attempts);
      uses = List.copyOf(uses);
    }

    private Attempt attempt(int number) {
      return attempts.get(Math.min(number, attempts.size()) - 1);
    }
  }

  /** What becomes of an attempt. */
  sealed interface Attempt {
    Duration lasts();

    record Succeeds(Duration lasts, String output) implements Attempt {}

    record Fails(Duration lasts, String error, boolean isRetryable) implements Attempt {}

    /** Nothing more is heard of its worker. */
    record Dies(Duration lasts) implements Attempt {}
  }

  /**
   * Work for the fleet.
   *
   * @param input a JSON object
   */
  record Task(Kind kind, String input, Priority priority, Optional<Instant> notBefore, Fate fate) {}

  private final Stage stage;
  private final String worker;
  private final Set<Kind> kinds;
  private final Slug project;
  private final int places;
  private final Map<RunId, Fate> fates = new HashMap<>();
  private final Set<RunId> held = new HashSet<>();
  private final TreeMap<Instant, List<Ended>> ending = new TreeMap<>();
  private Consumer<Run> whenOver = _ -> {};
  private boolean isLooking;

  private record Ended(Shown shown, Outcome outcome, List<Step.Use> uses) {}

  /**
   * @param project where all of its runs are
   * @param places how many runs are executed at a time
   */
  Fleet(Stage stage, String worker, Set<Kind> kinds, Slug project, int places) {
    this.stage = stage;
    this.worker = worker;
    this.kinds = Set.copyOf(kinds);
    this.project = project;
    this.places = places;
  }

  /** Tells of each run that has ended for good. */
  void whenOver(Consumer<Run> listener) {
    whenOver = listener;
  }

  /** Hands work in now. */
  List<Run> enqueue(List<Task> tasks, Optional<Run> parent) {
    var caller = stage.company().as(Service.WORKERS);
    var made = new ArrayList<Run>();
    for (var from = 0; from < tasks.size(); from += 1_000) {
      var some = tasks.subList(from, Math.min(tasks.size(), from + 1_000));
      stage
          .platform()
          .createRuns()
          .createAll(
              caller, some.stream().map(task -> newRun(task, parent)).toList(), Receipt.none())
          .stream()
          .map(MadeRun::run)
          .forEach(made::add);
    }
    for (var i = 0; i < made.size(); i++) {
      fates.put(made.get(i).id(), tasks.get(i).fate());
    }
    stage.made().add(made.size());
    lookSoon(Duration.ofSeconds(1));
    tasks.stream()
        .flatMap(task -> task.notBefore().stream())
        .distinct()
        .forEach(moment -> stage.time().at(moment.plusSeconds(1), this::lookForDue));
    return made;
  }

  /** A run that somebody else has handed in. */
  void expect(Run run, Fate fate) {
    fates.put(run.id(), fate);
    lookSoon(Duration.ofSeconds(1));
  }

  /** Looks for work, as a worker does now and then. */
  void lookSoon(Duration wait) {
    if (!isLooking) {
      isLooking = true;
      stage
          .time()
          .in(
              wait,
              () -> {
                isLooking = false;
                look();
              });
    }
  }

  private NewRun newRun(Task task, Optional<Run> parent) {
    return NewRun.queued(
        stage.company().id(),
        Optional.of(new ProjectRef.BySlug(project)),
        parent.map(above -> new NewRun.Parent.Existing(above.id())),
        new JobRequest(
            task.kind(),
            new Payload(task.input()),
            Optional.empty(),
            task.priority(),
            task.notBefore(),
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty()),
        new Input.Members(Map.of("kind", new Input.Text(task.kind().value()))));
  }

  private void lookForDue() {
    stage.platform().workQueue().readyDueRuns().ready();
    lookSoon(Duration.ZERO);
  }

  private void look() {
    var caller = stage.company().as(Service.WORKERS);
    var claims = stage.platform().workQueue().claimRuns();
    for (var free = places - held.size(); free > 0; free = places - held.size()) {
      var claimed =
          claims.claim(
              caller,
              new ClaimRuns.Request(
                  new WorkerId(worker), kinds, Math.min(free, ClaimRuns.MOST_AT_ONCE), LEASE),
              Duration.ZERO);
      claimed.forEach(this::execute);
      if (claimed.isEmpty()) {
        return;
      }
    }
  }

  private void execute(ClaimRuns.Claimed claimed) {
    var run = claimed.run();
    var shown = Shown.of(claimed.lease());
    var fate =
        Objects.requireNonNull(fates.get(run.id()), "a run of the demo is known to its workers");
    held.add(run.id());
    stage.beats().begin(shown);
    switch (fate.attempt(run.attempt())) {
      case Attempt.Succeeds(var lasts, var output) ->
          end(
              lasts,
              new Ended(
                  shown,
                  new Outcome.Succeeded(Optional.empty(), Optional.of(new Payload(output))),
                  fate.uses()));
      case Attempt.Fails(var lasts, var error, var isRetryable) ->
          end(
              lasts,
              new Ended(
                  shown, new Outcome.Failed(error, isRetryable, RunFailure.Kind.USER), List.of()));
      case Attempt.Dies(var lasts) -> stage.time().in(lasts.plus(LEASE), () -> lose(run));
    }
  }

  private void end(Duration lasts, Ended ended) {
    var seconds = stage.time().instant().plus(lasts).getEpochSecond();
    var moment = Instant.ofEpochSecond((seconds / REPORTING_SECONDS + 1) * REPORTING_SECONDS);
    ending
        .computeIfAbsent(
            moment,
            _ -> {
              stage.time().at(moment, () -> report(moment));
              return new ArrayList<>();
            })
        .add(ended);
  }

  private void report(Instant moment) {
    var all = Objects.requireNonNull(ending.remove(moment), "something ends then");
    var caller = stage.company().as(Service.WORKERS);
    var results =
        stage
            .platform()
            .workQueue()
            .reportOutcomes()
            .reportEach(
                caller, all.stream().map(its -> new Report(its.shown(), its.outcome())).toList());
    book(all);
    for (var i = 0; i < results.size(); i++) {
      release(all.get(i).shown().run());
      if (results.get(i) instanceof ItemResult.Done(var queued)) {
        settle(queued.run());
      }
    }
    lookSoon(Duration.ofSeconds(1));
  }

  private void book(List<Ended> ended) {
    var costs = new ArrayList<NewCost>();
    for (var its : ended) {
      its.uses().forEach(use -> costs.add(Tracking.cost(its.shown().run(), use)));
    }
    if (!costs.isEmpty()) {
      stage
          .platform()
          .addCosts()
          .addAll(stage.company().as(Service.WORKERS), costs, Receipt.none());
    }
  }

  /** What waits for its next attempt is looked for when that is due at the latest. */
  private void settle(Run run) {
    if (run.stateName().isLive()) {
      stage.time().in(BACKOFF.bound(run.attempt()).plusSeconds(1), this::lookForDue);
    } else {
      fates.remove(run.id());
      whenOver.accept(run);
    }
  }

  private void lose(Run run) {
    release(run.id());
    stage.beats().beat(stage.platform(), stage.company(), Optional.empty());
    stage.platform().workQueue().reapLeases().reap();
    settle(stage.platform().showRun().show(stage.company().as(Service.WORKERS), run.id()).run());
    lookSoon(Duration.ofSeconds(1));
  }

  private void release(RunId run) {
    held.remove(run);
    stage.beats().end(run);
  }
}
