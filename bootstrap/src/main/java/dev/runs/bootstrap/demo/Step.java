package dev.runs.bootstrap.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run that some service is going to make, with all that it makes below it.
 *
 * @param lasts how long it takes itself, beside what it waits for
 * @param flow how the steps below it follow each other
 * @param uses what it has to pay for
 * @param trouble why it fails itself; nothing when it does not
 */
record Step(
    String service,
    String task,
    Duration lasts,
    Flow flow,
    List<Step> steps,
    List<Use> uses,
    Optional<Trouble> trouble) {

  /** How steps follow each other. */
  enum Flow {
    /** The next begins when the one before has succeeded. */
    ONE_BY_ONE,
    /** All begin together, and the failure of any fails the whole. */
    TOGETHER,
    /** All begin together, and the whole gets by without those that fail. */
    TOGETHER_AS_FAR_AS_POSSIBLE
  }

  /** What is to be paid for. */
  record Use(Price price, int quantity) {}

  /**
   * @param isTimeout whether it took too long, and so has nothing to say
   */
  record Trouble(boolean isOurs, boolean isTimeout, String message) {

    /** The work itself was wrong. */
    static Trouble of(String message) {
      return new Trouble(false, false, message);
    }

    /** What the work ran on was wrong. */
    static Trouble ofSystem(String message) {
      return new Trouble(true, false, message);
    }

    static Trouble timeout() {
      return new Trouble(true, true, "");
    }
  }

  Step {
    steps = List.copyOf(steps);
    uses = List.copyOf(uses);
  }

  /** One with nothing below it. */
  static Step leaf(String service, String task, Duration lasts, Use... uses) {
    return new Step(
        service, task, lasts, Flow.ONE_BY_ONE, List.of(), List.of(uses), Optional.empty());
  }

  static Step of(String service, String task, Duration lasts, Flow flow, List<Step> steps) {
    return new Step(service, task, lasts, flow, steps, List.of(), Optional.empty());
  }

  /** The same that fails. */
  Step failing(Trouble why) {
    return new Step(service, task, lasts, flow, steps, uses, Optional.of(why));
  }

  /** The same that pays for more. */
  Step using(Use... more) {
    var all = new ArrayList<>(uses);
    all.addAll(List.of(more));
    return new Step(service, task, lasts, flow, steps, all, trouble);
  }
}
