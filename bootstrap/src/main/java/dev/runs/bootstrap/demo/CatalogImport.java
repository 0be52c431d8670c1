package dev.runs.bootstrap.demo;

import dev.runs.bootstrap.demo.Company.Service;
import dev.runs.bootstrap.demo.Fleet.Attempt;
import dev.runs.bootstrap.demo.Fleet.Fate;
import dev.runs.bootstrap.demo.Fleet.Task;
import dev.runs.bootstrap.demo.Tracking.Order;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One day a whole catalogue is described anew: a tree of many batches with many products each. */
final class CatalogImport implements Work {

  private static final Kind PRODUCT = new Kind("catalog.describe");
  private static final int A_BATCH = 50;
  private static final int WORKERS = 60;

  private final Stage stage;
  private final Tracking tracking;
  private final Fleet fleet;
  private final Order order;
  private final Dice dice;
  private final int batches;
  private final Map<RunId, Batch> open = new HashMap<>();

  /** A batch of which some products are not done yet. */
  private static final class Batch {

    private final Run run;
    private int left;

    Batch(Run run) {
      this.run = run;
      this.left = A_BATCH;
    }
  }

  /**
   * @param batches of how many batches the tree is made
   */
  CatalogImport(Stage stage, Tracking tracking, int batches) {
    this.stage = stage;
    this.tracking = tracking;
    this.batches = batches;
    this.dice = stage.dice("catalogue");
    this.fleet = new Fleet(stage, "worker-catalog-1", Set.of(PRODUCT), Company.DATA, WORKERS);
    this.order =
        new Order(
            () -> stage.company().as(Service.WORKERS),
            Company.DATA,
            new RunLabels("catalog", "fern-and-oak", null),
            Optional.empty());
    fleet.whenOver(this::countDown);
  }

  @Override
  public void plan(LocalDate day) {
    var calendar = stage.calendar();
    if (day.equals(calendar.workdayBefore(calendar.last()))) {
      stage.time().at(Calendar.at(day, LocalTime.of(13, 0)), this::begin);
    }
  }

  private void begin() {
    var root = tracking.beginOpen(order, "catalog", "describe-all");
    var steps = new ArrayList<Step>();
    for (var i = 1; i <= batches; i++) {
      steps.add(Step.leaf("catalog", "batch", Duration.ZERO));
    }
    var runs = tracking.beginOpen(order, steps, root);
    for (var run : runs) {
      open.put(run.id(), new Batch(run));
      fleet.enqueue(tasks(), Optional.of(run));
    }
  }

  private List<Task> tasks() {
    var tasks = new ArrayList<Task>();
    for (var i = 0; i < A_BATCH; i++) {
      tasks.add(
          new Task(
              PRODUCT,
              "{\"sku\":\"FO-%05d\"}".formatted(dice.between(1, 99_999)),
              Priority.USUAL,
              Optional.empty(),
              fate()));
    }
    return tasks;
  }

  private Fate fate() {
    var well = new Attempt.Succeeds(dice.seconds(6, 40), "{\"characters\":640}");
    var slow = new Attempt.Fails(dice.seconds(4, 30), "429 rate limit of the model", true);
    return new Fate(
        dice.chance(4) ? List.of(slow, well) : List.of(well),
        List.of(
            Price.SMALL_INPUT.times(dice.around(700, 1_900)),
            Price.SMALL_OUTPUT.times(dice.around(120, 420))));
  }

  /** A batch ends with its last product, and the whole with its last batch. */
  private void countDown(Run product) {
    var batch = Objects.requireNonNull(open.get(product.parent()), "a product is in an open batch");
    batch.left--;
    if (batch.left == 0) {
      open.remove(batch.run.id());
      tracking.succeed(order, batch.run.id());
      if (open.isEmpty()) {
        tracking.succeed(order, batch.run.path().root());
      }
    }
  }
}
