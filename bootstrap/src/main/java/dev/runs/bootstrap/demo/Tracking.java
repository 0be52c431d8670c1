package dev.runs.bootstrap.demo;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.cost.NewCost;
import dev.runs.application.run.NewRun;
import dev.runs.bootstrap.demo.Step.Flow;
import dev.runs.bootstrap.demo.Step.Trouble;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Plays runs that services execute themselves: they begin them, report their end and the costs. */
final class Tracking {

  /**
   * In whose name and for whom.
   *
   * @param caller asked for each request, as a service shows its key each time
   * @param user nothing when it is for nobody in particular
   */
  record Order(Supplier<Caller> caller, Slug project, RunLabels labels, Optional<UserId> user) {}

  private static final int BATCHES = 100;

  private final Stage stage;

  /** Roots of trees that somebody has canceled. */
  private final Set<RunId> canceled = new HashSet<>();

  Tracking(Stage stage) {
    this.stage = stage;
  }

  /** Begins a tree now. */
  Run begin(Order order, Step root) {
    return begin(order, root, _ -> {});
  }

  /**
   * Begins a tree now.
   *
   * @param afterwards told whether it succeeded
   */
  Run begin(Order order, Step root, Consumer<Boolean> afterwards) {
    var run = made(order, List.of(root), Optional.empty()).getFirst();
    play(order, root, run, afterwards);
    return run;
  }

  /** Begins a root now whose end is told by somebody else. */
  Run beginOpen(Order order, String service, String task) {
    return made(order, List.of(Step.leaf(service, task, Duration.ZERO)), Optional.empty())
        .getFirst();
  }

  /** Begins runs below another one now whose ends are told by somebody else. */
  List<Run> beginOpen(Order order, List<Step> steps, Run parent) {
    return made(order, steps, Optional.of(parent));
  }

  /** Tells the success of a run. */
  void succeed(Order order, RunId run) {
    end(order, run, Optional.empty());
  }

  private void end(Order order, RunId run, Optional<Trouble> trouble) {
    stage
        .platform()
        .reportRun()
        .report(
            order.caller().get(),
            run,
            now -> {
              var state = state(trouble, now);
              return RunReport.byClient(state, Set.of(state.name()), now);
            });
  }

  /** Somebody cancels a whole tree; what was planned in it does not happen. */
  void cancel(Caller who, Run root, String why) {
    stage.platform().workQueue().cancelRuns().cancelIfLive(who, root.id(), why, BATCHES);
    canceled.add(root.id());
  }

  /** Books what a run used. */
  void book(Order order, RunId run, List<Step.Use> uses) {
    book(order, uses.stream().map(use -> cost(run, use)).toList());
  }

  /** Books what many runs used. */
  void book(Order order, List<NewCost> costs) {
    if (!costs.isEmpty()) {
      stage.platform().addCosts().addAll(order.caller().get(), costs, Receipt.none());
    }
  }

  static NewCost cost(RunId run, Step.Use use) {
    return new NewCost(
        run,
        use.price().costName(),
        new Quantity(BigDecimal.valueOf(use.quantity())),
        Optional.empty());
  }

  private void play(Order order, Step step, Run run, Consumer<Boolean> afterwards) {
    Consumer<Boolean> below =
        isFine ->
            stage
                .time()
                .in(
                    step.lasts(),
                    () -> {
                      if (isCanceled(run)) {
                        return;
                      }
                      var trouble = isFine ? step.trouble() : step.trouble().or(() -> below(step));
                      book(order, run.id(), step.uses());
                      end(order, run.id(), trouble);
                      afterwards.accept(trouble.isEmpty());
                    });
    if (step.steps().isEmpty()) {
      below.accept(true);
    } else if (step.flow() == Flow.ONE_BY_ONE) {
      playFrom(0, order, step, run, below);
    } else {
      playTogether(order, step, run, below);
    }
  }

  private void playFrom(int place, Order order, Step step, Run run, Consumer<Boolean> afterwards) {
    if (isCanceled(run)) {
      return;
    }
    if (place == step.steps().size()) {
      afterwards.accept(true);
      return;
    }
    var next = step.steps().get(place);
    var child = made(order, List.of(next), Optional.of(run)).getFirst();
    play(
        order,
        next,
        child,
        isFine -> {
          if (isFine) {
            playFrom(place + 1, order, step, run, afterwards);
          } else {
            afterwards.accept(false);
          }
        });
  }

  private void playTogether(Order order, Step step, Run run, Consumer<Boolean> afterwards) {
    var children = made(order, step.steps(), Optional.of(run));
    var open = new AtomicInteger(children.size());
    var failed = new AtomicInteger();
    for (var i = 0; i < children.size(); i++) {
      play(
          order,
          step.steps().get(i),
          children.get(i),
          isFine -> {
            failed.addAndGet(isFine ? 0 : 1);
            if (open.decrementAndGet() == 0) {
              afterwards.accept(failed.get() == 0 || step.flow() != Flow.TOGETHER);
            }
          });
    }
  }

  private static Optional<Trouble> below(Step step) {
    return Optional.of(Trouble.of("A step of %s failed.".formatted(step.task())));
  }

  private List<Run> made(Order order, List<Step> steps, Optional<Run> parent) {
    var runs =
        steps.stream()
            .map(step ->
                NewRun.tracked(
                    owner(order),
                    parent.isPresent()
                        ? Optional.empty()
                        : Optional.of(new ProjectRef.BySlug(order.project())),
                    new RunOrigin(step.service(), step.task()),
                    order.labels(),
                    parent.map(above -> new NewRun.Parent.Existing(above.id()))))
            .toList();
    var made = stage.platform().createRuns().createAll(order.caller().get(), runs, Receipt.none());
    stage.made().add(made.size());
    return made.stream().map(its -> its.run()).toList();
  }

  private static NewRun.Owner owner(Order order) {
    return new NewRun.Owner.Registered(order.caller().get().organization(), order.user());
  }

  private boolean isCanceled(Run run) {
    return canceled.contains(run.path().root());
  }

  private static RunState state(Optional<Trouble> trouble, Instant now) {
    return trouble
        .<RunState>map(why ->
            why.isTimeout()
                ? new RunState.TimedOut(now)
                : new RunState.Failed(
                    now,
                    new RunFailure(
                        why.isOurs() ? RunFailure.Kind.SYSTEM : RunFailure.Kind.USER,
                        why.message())))
        .orElseGet(() -> new RunState.Succeeded(now));
  }
}
