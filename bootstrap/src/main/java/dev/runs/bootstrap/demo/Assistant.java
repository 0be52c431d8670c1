package dev.runs.bootstrap.demo;

import dev.runs.bootstrap.demo.Company.Service;
import dev.runs.bootstrap.demo.Step.Flow;
import dev.runs.bootstrap.demo.Step.Trouble;
import dev.runs.bootstrap.demo.Tracking.Order;
import dev.runs.domain.run.RunLabels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers to customers of shops, around the clock and most of them by day. */
final class Assistant implements Work {

  private static final String ASSISTANT = "assistant";
  private static final int BY_DAY = 7;
  private static final int AROUND_THE_CLOCK = 6;

  /** Who gets no answer asks again. */
  private static final int ASKED_AGAIN = 25;

  private static final List<String> BRANDS = List.of("bluebird", "kite-bikes", "tidewater");
  private static final List<String> TOOLS =
      List.of("order-status", "return-label", "stock", "opening-hours");

  private final Stage stage;
  private final Tracking tracking;
  private final Dice dice;

  Assistant(Stage stage, Tracking tracking) {
    this.stage = stage;
    this.tracking = tracking;
    this.dice = stage.dice("assistant");
  }

  @Override
  public void plan(LocalDate day) {
    for (var i = 0; i < stage.calendar().amount(day, BY_DAY); i++) {
      stage.time().at(stage.calendar().officeMoment(day, dice), this::begin);
    }
    for (var i = 0; i < AROUND_THE_CLOCK; i++) {
      stage.time().at(stage.calendar().anyMoment(day, dice), this::begin);
    }
    if (day.equals(stage.calendar().dayOfTrouble())) {
      for (var i = 0; i < ASKED_AGAIN; i++) {
        stage.time().at(stage.calendar().troubledMoment(dice), this::begin);
      }
    }
  }

  /** Answers one question now. */
  void begin() {
    var order =
        new Order(
            () -> stage.company().as(Service.ASSISTANT),
            Company.SUPPORT,
            new RunLabels("shop-chat", dice.oneOf(BRANDS), null),
            dice.chance(70)
                ? Optional.of(dice.oneOf(stage.company().customers()))
                : Optional.empty());
    tracking.begin(order, answer());
  }

  private Step answer() {
    var steps = new ArrayList<Step>();
    steps.add(
        Step.leaf(
            ASSISTANT,
            "retrieve",
            dice.seconds(0, 2),
            Price.EMBEDDING.times(dice.around(200, 1_500))));
    for (var i = dice.between(0, 3) / 2; i > 0; i--) {
      steps.add(call());
      steps.add(tool());
    }
    steps.add(call());
    return Step.of(ASSISTANT, "answer", dice.seconds(0, 1), Flow.ONE_BY_ONE, steps);
  }

  private Step tool() {
    var tool = Step.leaf("tools", dice.oneOf(TOOLS), dice.seconds(0, 4));
    return dice.chance(2)
        ? tool.failing(Trouble.of("The shop's order service answered 404 for this order number."))
        : tool;
  }

  private Step call() {
    var call =
        Step.leaf(
            "model-gateway",
            "chat",
            dice.seconds(1, 12),
            Price.SMALL_INPUT.times(dice.around(1_500, 9_000)),
            Price.SMALL_OUTPUT.times(dice.around(80, 600)));
    var isHit = stage.calendar().isTrouble(stage.time().instant()) && dice.chance(55);
    return isHit ? call.failing(Trouble.timeout()) : call;
  }
}
