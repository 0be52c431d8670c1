package dev.runs.bootstrap.demo;

import dev.runs.bootstrap.demo.Company.Service;
import dev.runs.bootstrap.demo.Step.Flow;
import dev.runs.bootstrap.demo.Step.Trouble;
import dev.runs.bootstrap.demo.Tracking.Order;
import dev.runs.domain.access.Role;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunLabels;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Campaigns for shops, made in office hours: a plan, texts for each channel, and pictures. */
final class Campaigns implements Work {

  private static final String STUDIO = "studio";
  private static final String MODELS = "model-gateway";
  private static final int A_DAY = 5;

  /** What fails is begun again by hand. */
  private static final int TRIED_AGAIN = 14;

  private static final List<String> CHANNELS =
      List.of("newsletter", "instagram", "search-ads", "landing-page", "sms");
  private static final List<String> BRANDS =
      List.of("bluebird", "fern-and-oak", "kite-bikes", "novak-coffee", "sundial", "tidewater");
  private static final List<String> OCCASIONS =
      List.of("autumn-sale", "new-arrivals", "win-back", "gift-guide", "loyalty-week");

  private final Stage stage;
  private final Tracking tracking;
  private final Dice dice;

  Campaigns(Stage stage, Tracking tracking) {
    this.stage = stage;
    this.tracking = tracking;
    this.dice = stage.dice("campaigns");
  }

  @Override
  public void plan(LocalDate day) {
    var count = stage.calendar().amount(day, dice.between(A_DAY - 2, A_DAY + 3));
    for (var i = 0; i < count; i++) {
      stage.time().at(stage.calendar().officeMoment(day, dice), this::begin);
    }
    if (day.equals(stage.calendar().dayOfTrouble())) {
      for (var i = 0; i < TRIED_AGAIN; i++) {
        stage.time().at(stage.calendar().troubledMoment(dice), this::begin);
      }
    }
  }

  private void begin() {
    var brand = dice.between(0, BRANDS.size() - 1);
    var order =
        new Order(
            () -> stage.company().as(Service.STUDIO_SERVICE),
            Company.STUDIO,
            new RunLabels("studio-web", BRANDS.get(brand), dice.oneOf(OCCASIONS)),
            Optional.of(stage.company().customers().get(brand)));
    var run = tracking.begin(order, campaign());
    if (dice.chance(6)) {
      stage.time().in(Duration.ofSeconds(dice.between(6, 20)), () -> thinkBetter(run));
    }
  }

  private void thinkBetter(Run run) {
    tracking.cancel(
        stage.company().as(Role.OPERATOR), run, "The shop wants another offer; begin again later.");
  }

  private Step campaign() {
    var channels = new ArrayList<Step>();
    for (var channel : CHANNELS.subList(0, dice.between(2, CHANNELS.size() - 1))) {
      channels.add(channel(channel));
    }
    return Step.of(
        STUDIO,
        "campaign",
        dice.seconds(1, 4),
        Flow.ONE_BY_ONE,
        List.of(
            model("plan", 2_500, 900),
            Step.of(STUDIO, "channels", dice.seconds(1, 3), Flow.TOGETHER, channels)));
  }

  private Step channel(String channel) {
    var steps = new ArrayList<Step>();
    steps.add(
        Step.of(
            STUDIO,
            "draft",
            dice.seconds(1, 2),
            Flow.ONE_BY_ONE,
            dice.chance(30)
                ? List.of(model("write", 1_800, 700), review())
                : List.of(model("write", 1_800, 700))));
    if (dice.chance(40)) {
      steps.add(picture());
    }
    return Step.of(STUDIO, "channel:" + channel, dice.seconds(1, 2), Flow.ONE_BY_ONE, steps);
  }

  /** One in forty is refused, five levels below the campaign. */
  private Step review() {
    var review =
        Step.leaf(
            "policy-check",
            "review",
            dice.seconds(1, 6),
            Price.SMALL_INPUT.times(dice.around(800, 2_400)),
            Price.SMALL_OUTPUT.times(dice.around(40, 200)));
    return dice.chance(3)
        ? review.failing(
            Trouble.of(
                "The text promises a discount of 70 % that the offer does not have (rule"
                    + " CLAIM-12). Nothing was published."))
        : review;
  }

  private Step picture() {
    var count = dice.between(1, 4);
    var picture =
        Step.leaf("image-service", "render", dice.seconds(8, 45), Price.IMAGE.times(count));
    return dice.chance(2) ? picture.failing(Trouble.timeout()) : picture;
  }

  /** While the gateway has trouble, two of three calls fail; else one in a hundred. */
  private Step model(String task, int input, int output) {
    var call =
        Step.leaf(
            MODELS,
            task,
            dice.seconds(6, 60),
            Price.LARGE_INPUT.times(dice.around(input / 2, input * 2)),
            Price.LARGE_OUTPUT.times(dice.around(output / 2, output * 2)));
    var isHit = stage.calendar().isTrouble(stage.time().instant()) && dice.chance(65);
    var isUnlucky = dice.chance(1);
    return isHit || isUnlucky
        ? call.failing(
            Trouble.ofSystem(
                "upstream answered 529 overloaded_error after 3 tries (request timed out after 60"
                    + " s)"))
        : call;
  }
}
