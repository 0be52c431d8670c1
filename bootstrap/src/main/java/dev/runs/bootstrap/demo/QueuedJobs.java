package dev.runs.bootstrap.demo;

import dev.runs.application.Receipt;
import dev.runs.bootstrap.demo.Fleet.Attempt;
import dev.runs.bootstrap.demo.Fleet.Fate;
import dev.runs.bootstrap.demo.Fleet.Task;
import dev.runs.domain.access.Role;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What waits in the queue for workers: mailings, pictures, films and reports. One kind is paused in
 * the end, and of others some wait, some are put off, and some are being executed.
 */
final class QueuedJobs implements Work {

  private static final Kind MAIL = new Kind("mail.send");
  private static final Kind DIGEST = new Kind("mail.digest");
  private static final Kind IMAGE = new Kind("image.resize");
  private static final Kind VIDEO = new Kind("video.encode");
  private static final Kind REPORT = new Kind("report.render");

  private static final Duration LAST_HOUR = Duration.ofMinutes(55);

  private final Stage stage;
  private final Dice dice;
  private final Fleet quick;
  private final Fleet films;
  private final Instant end;

  /**
   * @param end when the month ends
   */
  QueuedJobs(Stage stage, Instant end) {
    this.stage = stage;
    this.end = end;
    this.dice = stage.dice("queued jobs");
    this.quick =
        new Fleet(stage, "worker-quick-1", Set.of(MAIL, DIGEST, IMAGE, REPORT), Company.STUDIO, 8);
    this.films = new Fleet(stage, "worker-video-1", Set.of(VIDEO), Company.STUDIO, 4);
    quick.whenOver(this::lookAfter);
  }

  /** Says how each kind is to be treated, before the first run of it. */
  void prepare() {
    var admin = stage.company().as(Role.ADMIN);
    var kinds = stage.platform().workQueue().editKinds();
    for (var kind : List.of(MAIL, DIGEST, IMAGE, VIDEO, REPORT)) {
      kinds.put(admin, policy(kind, false));
    }
  }

  @Override
  public void plan(LocalDate day) {
    var calendar = stage.calendar();
    for (var i = 0; i < calendar.amount(day, 5); i++) {
      stage.time().at(calendar.officeMoment(day, dice), () -> pictures(dice.between(1, 4)));
    }
    for (var i = 0; i < calendar.amount(day, 2); i++) {
      stage.time().at(calendar.officeMoment(day, dice), () -> mailing(dice.between(3, 9)));
    }
    stage.time().at(Calendar.at(day, LocalTime.of(5, 30)), () -> report(Optional.empty()));
    stage.time().at(Calendar.at(day, LocalTime.of(6, 0)), this::digests);
    if (calendar.isWorkday(day)) {
      stage.time().at(calendar.officeMoment(day, dice), () -> film(2));
    }
    if (day.equals(calendar.last().minusDays(1))) {
      stage.time().at(Calendar.at(day, LocalTime.of(9, 12)), this::pause);
    }
    if (day.equals(calendar.last())) {
      stage.time().at(end.minus(LAST_HOUR), this::lastHour);
    }
  }

  /** An operator stops the digests, whose links are wrong. */
  private void pause() {
    stage
        .platform()
        .workQueue()
        .editKinds()
        .put(stage.company().as(Role.ADMIN), policy(DIGEST, true));
    digests();
  }

  /** What is still to be done when the month ends. */
  private void lastHour() {
    film(12);
    for (var i = 1; i <= 14; i++) {
      report(Optional.of(end.plus(Duration.ofHours(3L * i))));
    }
    digests();
    stage.time().at(end.minusSeconds(95), () -> mailing(26));
    stage.time().at(end.minusSeconds(40), () -> pictures(17));
  }

  private void pictures(int count) {
    enqueue(quick, IMAGE, count, Priority.USUAL, Optional.empty(), this::pictureFate);
  }

  private void mailing(int count) {
    enqueue(quick, MAIL, count, new Priority(10), Optional.empty(), this::mailFate);
  }

  private void digests() {
    enqueue(quick, DIGEST, 6, Priority.USUAL, Optional.empty(), this::mailFate);
  }

  private void report(Optional<Instant> notBefore) {
    enqueue(quick, REPORT, 1, new Priority(-10), notBefore, this::reportFate);
  }

  private void film(int count) {
    enqueue(
        films,
        VIDEO,
        count,
        Priority.USUAL,
        Optional.empty(),
        () ->
            new Fate(
                List.of(
                    new Attempt.Succeeds(
                        dice.seconds(25 * 60, 50 * 60), "{\"file\":\"spot.mp4\"}")),
                List.of(Price.CPU.times(dice.around(6_000, 20_000)))));
  }

  private void enqueue(
      Fleet fleet,
      Kind kind,
      int count,
      Priority priority,
      Optional<Instant> notBefore,
      Supplier<Fate> fate) {
    var tasks = new ArrayList<Task>();
    for (var i = 0; i < count; i++) {
      tasks.add(
          new Task(
              kind,
              "{\"batch\":\"%s\",\"item\":%d}".formatted(kind, dice.between(1_000, 99_999)),
              priority,
              notBefore,
              fate.get()));
    }
    fleet.enqueue(tasks, Optional.empty());
  }

  private Fate pictureFate() {
    var well = new Attempt.Succeeds(dice.seconds(2, 25), "{\"files\":4}");
    var uses = List.of(Price.CPU.times(dice.around(3, 40)));
    if (dice.chance(3)) {
      return new Fate(List.of(new Attempt.Dies(dice.seconds(2, 20)), well), uses);
    }
    return dice.chance(2)
        ? new Fate(
            List.of(
                new Attempt.Fails(
                    dice.seconds(1, 4), "unsupported colour profile: Adobe CMYK", false)),
            uses)
        : new Fate(List.of(well), uses);
  }

  private Fate mailFate() {
    var well = new Attempt.Succeeds(dice.seconds(1, 15), "{\"delivered\":true}");
    var uses = List.of(Price.MAIL.times(dice.around(150, 2_500)));
    var deferred =
        new Attempt.Fails(
            dice.seconds(2, 9), "421 4.7.0 try again later, closing connection", true);
    if (dice.chance(10)) {
      return new Fate(List.of(deferred, well), uses);
    }
    return dice.chance(2) ? new Fate(List.of(deferred), uses) : new Fate(List.of(well), uses);
  }

  private Fate reportFate() {
    var well = new Attempt.Succeeds(dice.seconds(60, 400), "{\"pages\":12}");
    var uses = List.of(Price.CPU.times(dice.around(200, 900)), Price.LARGE_INPUT.times(40_000));
    return dice.chance(12)
        ? new Fate(List.of(new Attempt.Dies(dice.seconds(30, 90)), well), uses)
        : new Fate(List.of(well), uses);
  }

  /** Some of what has failed for good is tried once more by hand. */
  private void lookAfter(Run run) {
    if (run.stateName() == StateName.FAILED && dice.chance(50)) {
      stage.time().in(Duration.ofMinutes(dice.between(10, 90)), () -> retry(run));
    }
  }

  private void retry(Run failed) {
    var again =
        stage
            .platform()
            .retryRun()
            .retry(stage.company().as(Role.OPERATOR), failed.id(), Receipt.none());
    stage.made().add(1);
    quick.expect(
        again.run(), new Fate(List.of(new Attempt.Succeeds(dice.seconds(5, 20), "{}")), List.of()));
  }

  private KindPolicy policy(Kind kind, boolean isPaused) {
    return new KindPolicy(
        stage.company().id(),
        kind,
        kind.equals(MAIL) ? 5 : 3,
        Fleet.BACKOFF,
        kind.equals(REPORT) ? Optional.of(Duration.ofMinutes(15)) : Optional.empty(),
        kind.equals(VIDEO) ? Optional.of(4) : Optional.empty(),
        Optional.empty(),
        isPaused,
        stage.time().instant());
  }
}
